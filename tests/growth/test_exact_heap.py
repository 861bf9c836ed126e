"""What was live, by numbers that are not sampled."""

import pytest

from debugtext.growth.bookkeeping import new_collections, record_times
from debugtext.growth.exact_heap import live_heap
from debugtext.growth.snapshots import snapshot

MIB = 1 << 20
NOW = 1_795_000_000


@pytest.fixture
def texts(heap):
    """Snapshots of which each is a mapping of fields of MemStats, bytes in MiB."""

    def make(*of_each, taken_at=None):
        found = []
        for index, fields in enumerate(of_each):
            numbers = {name: int(n * MIB) if name.endswith("bytes") else n for name, n in fields.items()}
            found.append(snapshot(heap({}, taken_at=taken_at[index] if taken_at else None, **numbers)))
        return found

    return make


def test_right_after_a_forced_collection_it_is_heap_alloc(texts):
    found = texts(
        {"num_gc": 4, "num_forced_gc": 1, "heap_alloc_bytes": 5, "next_gc_bytes": 11},
        {"num_gc": 7, "num_forced_gc": 2, "heap_alloc_bytes": 6, "next_gc_bytes": 13},
    )
    assert live_heap(found) == [5 * MIB, 6 * MIB]


def test_gogc_of_50_shows_in_the_balance_of_bytes(texts):
    """The heap goes to the goal, 10 MiB a cycle are freed, the rest lives; the texts are taken late in their cycle."""
    cycles = [(3, 30, 22, 22), (4, 45, 32, 42), (5, 60, 43, 63)]
    found = texts(
        *(
            {"num_gc": gc, "next_gc_bytes": goal, "heap_alloc_bytes": heap, "total_alloc_bytes": total}
            for gc, goal, heap, total in cycles
        )
    )
    freed = [total - heap for _, _, heap, total in cycles]
    assert freed == [0, 10, 20]
    # 45 lived on 30 - 10 = 20: the factor is 2.25 there; 60 on 35: 1.71; their median is 1.98, and that is GOGC=100
    assert live_heap(found) == [15 * MIB, 22.5 * MIB, 30 * MIB]


def test_before_the_first_collection_all_is_alive(texts):
    found = texts(
        {"num_gc": 0, "next_gc_bytes": 4, "heap_alloc_bytes": 1},
        {"num_gc": 2, "next_gc_bytes": 12, "heap_alloc_bytes": 6},
    )
    assert live_heap(found) == [MIB, 6 * MIB]


def test_the_smallest_goal_says_nothing(texts):
    found = texts(
        {"num_gc": 1, "next_gc_bytes": 4, "heap_alloc_bytes": 0.5},
        {"num_gc": 2, "next_gc_bytes": 10, "heap_alloc_bytes": 8},
    )
    assert live_heap(found) == [3.2 * MIB, 8 * MIB]


def test_until_the_first_collection_records_are_of_the_text_and_then_of_two_cycles_ago(texts):
    def ends(*seconds):
        return {"last_gc_ns": (NOW + seconds[-1]) * 10**9, "pause_end_ns": tuple((NOW + s) * 10**9 for s in seconds)}

    found = texts(
        {"num_gc": 0},
        {"num_gc": 1, **ends(5)},  # repeats the text before: nothing was published yet
        {"num_gc": 2, **ends(5, 14)},
        {"num_gc": 3, **ends(5, 14, 29)},
        taken_at=[NOW, NOW + 10, NOW + 20, NOW + 30],
    )
    assert new_collections(found) == [0, 2, 3]
    assert record_times([found[index] for index in (0, 2, 3)]) == [NOW, NOW + 5, NOW + 14]


def test_times_since_the_first_text_do_not_mix_with_those_of_collections(texts):
    found = texts(
        {"num_gc": 0},
        {"num_gc": 2, "last_gc_ns": NOW * 10**9, "pause_end_ns": ((NOW - 9) * 10**9, NOW * 10**9)},
        taken_at=[0.0, 30.0],
    )
    assert record_times(found) is None
