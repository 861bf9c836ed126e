"""The part of a reading that is compared with others: numbers by stack, MemStats, goroutine ids; without the text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import exp, sqrt
from typing import NamedTuple

from debugtext.growth.residents import Residents, residents
from debugtext.records.captures import Capture, Reading
from debugtext.records.contention import ContentionProfile
from debugtext.records.counts import CountProfile
from debugtext.records.crashes import Crash
from debugtext.records.frames import Stack
from debugtext.records.goroutines import GoroutineDump
from debugtext.records.heap import HeapProfile, HeapSample
from debugtext.records.memstats import MemStats
from debugtext.records.samples import SampleKind

GOROUTINES = SampleKind("goroutine", "count")
HEAP = SampleKind("inuse_space", "bytes")


def can_leak(kind: SampleKind) -> bool:
    """True if a number of this kind can also fall, so that its rise may be a leak; allocations ever made only rise."""
    cumulative = ("alloc_", "inuse_objects", "contentions", "delay")
    return kind == HEAP or not kind.name.startswith(cumulative)


class Weight(NamedTuple):
    """The value of one stack in one kind of number.

    `variance` is that of the value by sampling, 0 if everything is counted. `turnover` is the variance of all that was
    ever allocated there: it shows how many of the objects are the same as before.
    """

    stack: Stack
    value: int
    variance: float = 0.0
    turnover: float = 0.0
    state: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The numbers of one reading.

    `newest_goroutine` is the largest goroutine id; `residents` are the oldest goroutines, empty if only the numbers
    were kept. `collected_at` are the Unix seconds of the last garbage collection and of the one before it, as far as
    MemStats says. `run` numbers the runs of the process, if its restarts are known from another text.
    """

    name: str
    taken_at: float | None = None
    weights: Mapping[SampleKind, tuple[Weight, ...]] = field(default_factory=dict)
    memstats: MemStats | None = None
    newest_goroutine: int | None = None
    collected_at: tuple[float, ...] = ()
    run: int = 0
    residents: Residents = field(default_factory=dict, repr=False)

    def total(self, kind: SampleKind) -> int:
        """The sum over all stacks."""
        return sum(weight.value for weight in self.weights.get(kind, ()))


def snapshot(reading: Reading, known: dict[Stack, Stack] | None = None) -> Snapshot:
    """The numbers of a reading; several captures of one kind are added up.

    `known` collects the stacks of a series, so that a stack of hundreds of snapshots is kept in memory once.
    """
    shared = _Shared({} if known is None else known)
    weights: dict[SampleKind, list[Weight]] = {}
    memstats: MemStats | None = None
    newest: int | None = None
    oldest: Residents = {}
    for capture in reading.captures:
        for kind, of_kind in _weights(capture, shared):
            weights.setdefault(kind, []).extend(of_kind)
        body = capture.body
        memstats = body if isinstance(body, MemStats) else getattr(body, "memstats", None) or memstats
        if isinstance(body, GoroutineDump | Crash) and body.goroutines:
            newest = max(newest or 0, _newest_id(body))
            oldest = oldest or residents(body.goroutines)
    kinds = {kind: tuple(of_kind) for kind, of_kind in weights.items()}
    collected_at = _collections(memstats)
    return Snapshot(reading.name, reading.taken_at, kinds, memstats, newest, collected_at, residents=oldest)


class _Shared:
    """Gives equal stacks as one object. A reading shares its stacks already, so each of its objects is hashed once."""

    def __init__(self, known: dict[Stack, Stack]) -> None:
        self._known = known
        self._by_object: dict[int, Stack] = {}

    def __call__(self, stack: Stack) -> Stack:
        shared = self._by_object.get(id(stack))
        if shared is None:
            shared = self._by_object[id(stack)] = self._known.setdefault(stack, stack)
        return shared


def _collections(memstats: MemStats | None) -> tuple[float, ...]:
    """The Unix seconds of the last two collections, the last one first.

    PauseEnd is a ring: the newest is at (NumGC+255)%256 (runtime/mstats.go), the one before it one place back.
    """
    if memstats is None or not memstats.last_gc_ns:
        return ()
    count, ring = memstats.num_gc or 0, memstats.pause_end_ns
    before = ring[(count - 2) % len(ring)] if count > 1 and ring else 0
    return tuple(moment / 1e9 for moment in (memstats.last_gc_ns, before) if moment)


def _newest_id(body: GoroutineDump | Crash) -> int:
    ids: Iterable[int] = getattr(body.goroutines, "ids", None) or (goroutine.id for goroutine in body.goroutines)
    return max(ids)


def _weights(capture: Capture, shared: _Shared) -> Iterator[tuple[SampleKind, Iterable[Weight]]]:
    match capture.body:
        case HeapProfile() as heap:
            for kind in heap.sample_kinds:
                yield kind, _heap_weights(heap, kind, shared)
        case GoroutineDump() | Crash():
            groups = capture.groups()
            yield (
                GOROUTINES,
                (Weight(shared(g.stack), g.count, state=g.state.status if g.state else "") for g in groups),
            )
        case CountProfile() | ContentionProfile() as profile:
            for kind in profile.sample_kinds:
                yield kind, (Weight(shared(stack), value) for stack, value in profile.weighted_stacks(kind))


def _heap_weights(heap: HeapProfile, kind: SampleKind, shared: _Shared) -> Iterator[Weight]:
    for sample, (stack, value) in zip(heap.samples, heap.weighted_stacks(kind), strict=True):
        yield Weight(shared(stack), value, *_variances(sample, kind, heap.rate))


def _variances(sample: HeapSample, kind: SampleKind, rate: int) -> tuple[float, float]:
    """The variances by sampling of a record's value, and of all that was ever allocated there.

    The runtime samples an object of s bytes with the probability p = 1 - exp(-s/rate) (runtime/malloc.go nextSample).
    So n sampled objects stand for n/p objects, with the variance n(1-p)/p²; times s² for bytes.
    """
    objects = sample.inuse.objects if kind.name.startswith("inuse") else sample.alloc.objects
    if rate <= 1 or not sample.alloc.objects or not sample.alloc.bytes:
        return 0.0, 0.0
    size = sample.alloc.bytes / sample.alloc.objects
    taken = 1 - exp(-size / rate)
    of_one = (1 - taken) / taken**2 * (1.0 if kind.unit == "count" else size * size)
    return objects * of_one, sample.alloc.objects * of_one


def noise_between(before: Iterable[Weight], after: Iterable[Weight]) -> float:
    """The standard error, by sampling alone, of what one stack gained between two readings.

    Objects that live in both readings were sampled once and add no error. Only objects that came or went do, and never
    more than all that are there. So a cache that turns over is noisy, and a leak is not.
    """
    first, last = list(before), list(after)
    held = sum(weight.variance for weight in first), sum(weight.variance for weight in last)
    came = sum(weight.turnover for weight in last) - sum(weight.turnover for weight in first)
    went = came - (held[1] - held[0])
    variance = came + went if came >= 0 and went >= 0 else sum(held)
    return sqrt(max(0.0, min(variance, sum(held))))  # negative if a damaged text has negative counts
