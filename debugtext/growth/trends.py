"""Many readings as series: what every stack, the totals and the fields of MemStats do over time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from debugtext.growth import live_heap
from debugtext.growth.matching import Matcher
from debugtext.growth.series import LEAST, Series
from debugtext.growth.snapshots import HEAP, Snapshot, Weight, can_leak, noise_between, snapshot
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
"""The fields of MemStats that are followed; `held_bytes` is Sys less HeapReleased, what the system sees."""


def trends(readings: Iterable[Reading]) -> tuple[Trend, ...]:
    """What grows over several readings in time order; those that know `taken_at` give slopes per second.

    Heap records count once a collection. After a restart the longest run of the process is judged.
    """
    known: dict[Stack, Stack] = {}
    return snapshot_trends([snapshot(reading, known) for reading in readings])


def snapshot_trends(snapshots: Sequence[Snapshot]) -> tuple[Trend, ...]:
    """As `trends`, of readings whose text is gone. Growing stacks come first, by their share of the growth."""
    found: list[Trend] = []
    for kind in dict.fromkeys(kind for one in snapshots for kind in one.weights if can_leak(kind)):
        found += _kind_trends(kind, [one for one in snapshots if kind in one.weights])
    found += _memstats_trends([one for one in snapshots if one.memstats])
    return tuple(sorted(found, key=_growing_stacks_first))


def _growing_stacks_first(trend: Trend) -> tuple[bool, bool, float, float]:
    return not trend.grew, bool(trend.name), -trend.share, -trend.growth


def _kind_trends(kind: SampleKind, snapshots: Sequence[Snapshot]) -> list[Trend]:
    series = Series.of(snapshots, heap_records=kind == HEAP)
    ends = [_by_stack(snapshots[series.points[end]].weights.get(kind, ())) for end in (0, -1)]
    found = []
    for place in _places(kind, snapshots):
        noise = noise_between(*(place.weights_among(end) for end in ends)) if kind == HEAP else 0.0
        found.append(_trend(kind, place.values, series, place.largest.stack, noise=noise))
    found.append(_trend(kind, [one.total(kind) for one in snapshots], series, name="total"))
    if kind == HEAP:
        found = live_heap.checked(found, [snapshots[index] for index in series.points], series)
    return _with_shares(found)


@dataclass(slots=True)
class _Place:
    """One place of the program through all snapshots: its values, its stacks, and its largest weight."""

    largest: Weight
    values: list[int]
    stacks: set[int] = field(default_factory=set)

    def weights_among(self, by_stack: Mapping[int, Sequence[Weight]]) -> list[Weight]:
        """The weights that stand here."""
        return [weight for stack in self.stacks for weight in by_stack.get(stack, ())]


def _by_stack(weights: Iterable[Weight]) -> dict[int, list[Weight]]:
    found: dict[int, list[Weight]] = {}
    for weight in weights:
        found.setdefault(id(weight.stack), []).append(weight)
    return found


def _places(kind: SampleKind, snapshots: Sequence[Snapshot]) -> Iterable[_Place]:
    matcher = Matcher()
    places: dict[int, _Place] = {}
    for index, one in enumerate(snapshots):
        weights = one.weights.get(kind, ())
        for identity, weight in zip(matcher.identify([w.stack for w in weights]), weights, strict=True):
            place = places.get(identity)
            if place is None:
                place = places[identity] = _Place(weight, [0] * len(snapshots))
            place.values[index] += weight.value
            place.stacks.add(id(weight.stack))
            if weight.value >= place.largest.value:
                place.largest = weight
    return places.values()


def _trend(
    kind: SampleKind,
    values: Sequence[int],
    series: Series,
    stack: Stack | None = None,
    name: str = "",
    noise: float = 0.0,
) -> Trend:
    fit = series.fit(values, LEAST.get(name, LEAST.get(kind.unit, 0)), noise)
    return Trend(
        kind=kind.name,
        unit=kind.unit,
        values=tuple(values),
        shape=fit.shape,
        functions=stack.functions if stack else (),
        stack=stack,
        name=name,
        slope=fit.slope,
        per=series.per,
        p_value=fit.p_value,
        growth=fit.growth,
        noise=noise,
        points=fit.points,
    )


def _with_shares(found: Sequence[Trend]) -> list[Trend]:
    """Each growing stack's part of all growth: of the total's, or of the sum of all that grow where that is more."""
    whole = max(sum(trend.growth for trend in found if trend.grew and not trend.name), found[-1].growth)
    return [replace(trend, share=trend.growth / whole) if trend.grew else trend for trend in found]


def _memstats_trends(snapshots: Sequence[Snapshot]) -> list[Trend]:
    if not snapshots:
        return []
    series = Series.of(snapshots)
    found = []
    for name, unit in FIELDS.items():
        values = [_field(one.memstats, name) for one in snapshots if one.memstats]
        kept = [value for value in values if value is not None]
        if len(kept) == len(snapshots):
            found.append(_trend(SampleKind("memstats", unit), kept, series, name=name))
    return found


def _field(memstats: MemStats, name: str) -> int | None:
    if name != "held_bytes":
        value: int | None = getattr(memstats, name)
        return value
    if memstats.sys_bytes is None or memstats.heap_released_bytes is None:
        return None
    return memstats.sys_bytes - memstats.heap_released_bytes
