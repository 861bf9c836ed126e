"""Readings as series, and what MemStats says about them."""

from itertools import pairwise

import pytest

from debugtext.growth.bookkeeping import new_collections, restarts
from debugtext.growth.forecasts import forecast
from debugtext.growth.snapshots import snapshot
from debugtext.growth.trends import trends
from debugtext.records.growth import Shape, Trend

MIB = 1 << 20


@pytest.fixture
def stacks_of():
    """The trends of stacks, by their first function."""
    return lambda found: {trend.functions[0]: trend for trend in found if not trend.name}


def test_the_growing_stack_comes_first_with_its_share(goroutines):
    readings = [
        goroutines({"main.leak": 5 * i + 1, "main.slow": i + 3, "main.pool": 40}, taken_at=10 * i) for i in range(6)
    ]
    found = trends(readings)
    assert [(t.functions or t.name, t.shape.value) for t in found if t.grew] == [
        (("main.leak",), "growing"),
        (("main.slow",), "growing"),
        ("total", "growing"),
    ]
    assert (found[0].slope, found[0].per_hour, round(found[0].share, 3)) == (0.5, 1800, round(5 / 6, 3))
    assert found[0].values == (1, 6, 11, 16, 21, 26)


def test_a_stack_that_is_missing_counts_as_none(goroutines, stacks_of):
    readings = [goroutines({"main.f": 3} if i % 2 else {"main.g": 1}, taken_at=i) for i in range(5)]
    assert stacks_of(trends(readings))["main.f"].values == (0, 3, 0, 3, 0)


def test_without_times_growth_is_per_snapshot(goroutines):
    first, *_ = trends([goroutines({"main.leak": 10 * i}) for i in range(6)])
    assert (first.slope, first.per, first.per_hour) == (10, "snapshot", None)


def test_too_few_snapshots_are_said(goroutines, stacks_of):
    assert stacks_of(trends([goroutines({"main.f": n}) for n in (1, 99)]))["main.f"].shape is Shape.UNKNOWN


def test_a_rebuild_in_the_middle_does_not_cut_a_series(goroutines, stacks_of):
    closures = ["main.f.func1:9+5"] * 3 + ["main.f.func2:14+5"] * 3
    readings = [goroutines({closure: 10 * i + 1}, taken_at=i) for i, closure in enumerate(closures)]
    assert stacks_of(trends(readings))["main.f.func2"].values == (1, 11, 21, 31, 41, 51)


def test_a_restart_is_seen_by_counters_that_fall(heap):
    readings = [heap({}, num_gc=n, mallocs=1000) for n in (5, 9, 2, 3)]
    assert restarts([snapshot(reading) for reading in readings]) == (2,)


def test_a_restart_is_seen_by_goroutine_ids(dump, stack):
    readings = [dump((stack("main.f"), "select"), first_id=n) for n in (900, 950, 4, 7)]
    assert restarts([snapshot(reading) for reading in readings]) == (2,)


def test_the_longest_run_is_judged(heap, stacks_of):
    """After the restart the heap is small again: over all, nothing seems to grow."""
    sizes = [40, 44] + [2 + 4 * i for i in range(8)]
    cycles = [50, 51, *range(1, 9)]
    readings = [
        heap({"main.leak": size * MIB}, taken_at=10 * i, num_gc=gc)
        for i, (size, gc) in enumerate(zip(sizes, cycles, strict=True))
    ]
    leak = stacks_of(trends(readings))["main.leak"]
    assert (leak.shape, leak.points, round(leak.slope / MIB, 3)) == (Shape.GROWING, 8, 0.4)


def test_two_texts_of_one_collection_count_once(heap, stacks_of):
    cycles = [3, 7, 8, 9, 10, 10, 10]
    readings = [heap({"main.leak": (10 + gc) * MIB}, taken_at=i, num_gc=gc) for i, gc in enumerate(cycles)]
    assert new_collections([snapshot(reading) for reading in readings]) == [0, 1, 2, 3, 4]
    assert stacks_of(trends(readings))["main.leak"].points == 5


def test_heap_records_stand_for_the_collection_before_the_last(heap, stacks_of):
    """2 MiB a second; the texts come every 4 s, collections when they come."""
    ends = [1.0, 2.5, 4.0, 6.5, 10.0, 15.5, 22.0]
    readings = [
        heap(
            {"main.leak": int(2 * MIB * before)},
            taken_at=4.0 * i,
            num_gc=i + 2,
            last_gc_ns=int(last * 1e9),
            pause_end_ns=tuple(int(end * 1e9) for end in ends[: i + 2]),
        )
        for i, (before, last) in enumerate(pairwise(ends))
    ]
    assert stacks_of(trends(readings))["main.leak"].slope == pytest.approx(2 * MIB, rel=1e-6)


def forced(heap, held, live, index, objects=1000, each=8192):
    """A text with `gc=1`, every 10 s."""
    return heap(
        held,
        rate=524288,
        each=each,
        taken_at=10.0 * index,
        num_gc=5 + index,
        num_forced_gc=index + 1,
        last_gc_ns=int((1000 + 10 * index) * 1e9),
        heap_alloc_bytes=live,
        heap_objects=objects,
    )


def test_a_flat_live_heap_overrules_what_sampling_makes_of_a_full_cache(heap, stacks_of):
    sampled = [20, 25, 30, 35, 40, 50]
    readings = [forced(heap, {"main.cache": n * 8192}, 25 * MIB + i, i) for i, n in enumerate(sampled)]
    assert stacks_of(trends(readings))["main.cache"].shape is Shape.WARM_UP


def test_the_live_heap_gives_the_slope_that_sampling_blurs(heap, stacks_of):
    """The heap grows by 10 MiB in 10 s; what was sampled of it says 12."""
    readings = [forced(heap, {"main.leak": (i + 1) * 24 * 8192}, (1 + 10 * i) * MIB, i) for i in range(6)]
    assert stacks_of(trends(readings))["main.leak"].slope == pytest.approx(MIB, rel=0.001)


def test_a_few_sampled_objects_grow_if_the_live_heap_does(heap, stacks_of):
    """25 KiB a second, of which five objects were sampled, beside a cache that churns: it alone rises."""
    leaked = [0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 5]

    def texts(step):
        return [
            forced(
                heap, {"main.leak": n * 4096, "main.cache": (60 + 7 * i % 5) * 4096}, 30 * MIB + i * step, i, each=4096
            )
            for i, n in enumerate(leaked)
        ]

    assert stacks_of(trends(texts(step=0)))["main.leak"].shape is not Shape.GROWING
    leak = stacks_of(trends(texts(step=MIB // 4)))["main.leak"]
    assert (leak.shape, leak.slope) == (Shape.GROWING, pytest.approx(MIB / 40, rel=0.01))


@pytest.mark.parametrize("objects", [(0, 0, 0, 3, 4), (0, 1, 1, 2, 2)], ids=["load behind a rest", "one and two"])
def test_a_few_sampled_objects_of_five_texts_prove_nothing(heap, stacks_of, objects):
    readings = [
        forced(heap, {"main.job": count * 4096, "main.keep": 60 * 4096}, (30 + i) * MIB, i, each=4096)
        for i, count in enumerate(objects)
    ]
    assert stacks_of(trends(readings))["main.job"].shape is not Shape.GROWING


def test_a_map_that_doubles_grows_if_the_number_of_objects_does(heap, stacks_of):
    sizes = [4, 8, 16, 32, 32, 32, 32, 32, 32]
    readings = [
        forced(heap, {"main.put": n * MIB}, (n + 1) * MIB, i, objects=32_000 * (i + 1), each=n * MIB)
        for i, n in enumerate(sizes)
    ]
    assert stacks_of(trends(readings))["main.put"].shape is Shape.GROWING
    still = [forced(heap, {"main.put": n * MIB}, (n + 1) * MIB, i, each=n * MIB) for i, n in enumerate(sizes)]
    assert stacks_of(trends(still))["main.put"].shape is Shape.WARM_UP


def test_memstats_show_growth_that_no_sample_shows(heap):
    readings = [heap({}, rate=0, taken_at=i, stack_inuse_bytes=(2 + i) * MIB, num_gc=i + 1) for i in range(6)]
    found = {trend.name: trend for trend in trends(readings) if trend.grew}
    assert (found["stack_inuse_bytes"].kind, found["stack_inuse_bytes"].slope) == ("memstats", MIB)


def test_what_was_ever_allocated_is_no_trend(heap):
    assert {trend.kind for trend in trends([heap({"main.f": i * MIB}) for i in range(6)])} == {"inuse_space"}


def test_when_a_limit_of_memory_is_reached(heap):
    readings = [
        heap({}, taken_at=10 * i, sys_bytes=(60 + i) * MIB, heap_released_bytes=50 * MIB, num_gc=i + 1)
        for i in range(6)
    ]
    found = forecast(25 * MIB, "bytes", trends(readings))
    assert (found.name, found.now, found.seconds) == ("held_bytes", 15 * MIB, pytest.approx(100))


def test_when_a_limit_of_goroutines_is_reached(goroutines):
    found = trends([goroutines({"main.leak": 10 * i}, taken_at=i) for i in range(6)])
    assert forecast(100, "count", found).seconds == pytest.approx(5)
    assert forecast(10, "count", found).seconds == 0
    assert forecast(1 << 30, "bytes", found) is None


def test_what_does_not_grow_reaches_no_limit(goroutines):
    assert forecast(100, "count", trends([goroutines({"main.pool": 9}, taken_at=i) for i in range(6)])).seconds is None


@pytest.mark.parametrize(
    ("per", "span", "pace"),
    [
        pytest.param("second", 20.0, (120.0, "a minute"), id="nobody has seen the hour of twenty seconds"),
        pytest.param("second", 599.0, (120.0, "a minute"), id="nor of ten minutes"),
        pytest.param("second", 600.0, (7200.0, "an hour"), id="ten minutes"),
        pytest.param("snapshot", 20.0, (2.0, "a snapshot"), id="times that nobody knows"),
    ],
)
def test_a_pace_is_told_by_what_was_seen(per, span, pace):
    assert Trend("heap", "bytes", (1, 2), Shape.GROWING, slope=2.0, per=per, span=span).pace == pace
