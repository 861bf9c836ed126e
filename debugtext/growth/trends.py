"""The trends of a series of readings: what each stack, the totals and the fields of MemStats do over time."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from debugtext.growth import exact_heap, live_heap
from debugtext.growth.places import by_stack, places_of
from debugtext.growth.series import LEAST, Series
from debugtext.growth.shapes import fit
from debugtext.growth.snapshots import HEAP, Snapshot, can_leak, noise_between, snapshot
from debugtext.records.captures import Reading
from debugtext.records.frames import Stack
from debugtext.records.growth import Trend
from debugtext.records.memstats import MemStats
from debugtext.records.samples import SampleKind

FIELDS = {
    "heap_alloc_bytes": "bytes",
    "heap_objects": "count",
    "stack_inuse_bytes": "bytes",
    "held_bytes": "bytes",
}
"""The fields of MemStats that are followed; `held_bytes` is Sys - HeapReleased, which is what the system sees."""
LIVE_HEAP = "heap_alloc_bytes"
OF_COLLECTIONS = {LIVE_HEAP, "heap_objects"}
"""The fields that are judged by their values at collections: between two of them, both rise in every program."""


def trends(readings: Iterable[Reading]) -> tuple[Trend, ...]:
    """The trends of several readings in time order; slopes are per second if each reading has a `taken_at`.

    Heap records count once per garbage collection. If the process restarted, its longest run is judged.
    """
    known: dict[Stack, Stack] = {}
    return snapshot_trends([snapshot(reading, known) for reading in readings])


def snapshot_trends(snapshots: Sequence[Snapshot]) -> tuple[Trend, ...]:
    """As `trends`, for readings of which only the numbers were kept.

    Growing stacks come first, by their share of the growth.
    """
    found: list[Trend] = []
    for kind in dict.fromkeys(kind for one in snapshots for kind in one.weights if can_leak(kind)):
        found += _kind_trends(kind, [one for one in snapshots if kind in one.weights])
    found += _memstats_trends([one for one in snapshots if one.memstats])
    return tuple(sorted(found, key=_growing_stacks_first))


def _growing_stacks_first(trend: Trend) -> tuple[bool, bool, float, float]:
    return not trend.grew, bool(trend.name), -trend.share, -trend.growth


def _kind_trends(kind: SampleKind, snapshots: Sequence[Snapshot]) -> list[Trend]:
    series = Series.of_records(snapshots) if kind == HEAP else Series.of(snapshots)
    ends = [by_stack(snapshots[series.points[end]].weights.get(kind, ())) for end in (0, -1)]
    places, found = places_of(kind, snapshots), []
    for place in places:
        noise = noise_between(*(place.weights_among(end) for end in ends)) if kind == HEAP else 0.0
        found.append(_trend(kind, place.values, series, place.largest.stack, noise=noise))
    totals = [sum(column) for column in zip(*(place.values for place in places), strict=True)]
    found.append(_trend(kind, totals or [0] * len(snapshots), series, name="total"))
    if kind == HEAP:
        found = live_heap.checked(found, places, [snapshots[index] for index in series.points], series)
    return _with_shares(found)


def _trend(
    kind: SampleKind,
    values: Sequence[int],
    series: Series,
    stack: Stack | None = None,
    name: str = "",
    noise: float = 0.0,
) -> Trend:
    found = series.fit(values, LEAST.get(name, LEAST.get(kind.unit, 0)), noise)
    return Trend(
        kind=kind.name,
        unit=kind.unit,
        values=tuple(values),
        shape=found.shape,
        functions=stack.functions if stack else (),
        stack=stack,
        name=name,
        slope=found.slope,
        per=series.per,
        p_value=found.p_value,
        growth=found.growth,
        noise=noise,
        points=found.points,
        span=series.span,
    )


def _with_shares(found: Sequence[Trend]) -> list[Trend]:
    """The trends with the share of each growing stack in all growth.

    All growth is that of the total, or the sum of all growing stacks if that is more.
    """
    whole = max(sum(trend.growth for trend in found if trend.grew and not trend.name), found[-1].growth)
    return [replace(trend, share=trend.growth / whole) if trend.grew else trend for trend in found]


def _memstats_trends(snapshots: Sequence[Snapshot]) -> list[Trend]:
    if not snapshots:
        return []
    series, collected = Series.of(snapshots), Series.of_collections(snapshots)
    found = []
    for name, unit in FIELDS.items():
        values = [_field(one.memstats, name) for one in snapshots if one.memstats]
        kept = [value for value in values if value is not None]
        if len(kept) == len(snapshots):
            kind = SampleKind("memstats", unit)
            found.append(_trend(kind, kept, collected if name in OF_COLLECTIONS else series, name=name))
    return [_of_live_heap(trend, snapshots, collected) if trend.name == LIVE_HEAP else trend for trend in found]


def _of_live_heap(trend: Trend, snapshots: Sequence[Snapshot], collected: Series) -> Trend:
    """The trend of HeapAlloc, judged by the live heap instead: between two collections it rises in every program."""
    live = exact_heap.live_heap([snapshots[index] for index in collected.points])
    if live is None:
        return trend
    found = fit(collected.times, live, least=LEAST[LIVE_HEAP])
    return replace(trend, shape=found.shape, slope=found.slope, growth=found.growth, p_value=found.p_value)


def _field(memstats: MemStats, name: str) -> int | None:
    if name != "held_bytes":
        value: int | None = getattr(memstats, name)
        return value
    if memstats.sys_bytes is None or memstats.heap_released_bytes is None:
        return None
    return memstats.sys_bytes - memstats.heap_released_bytes
