"""What of a reading is compared with another: numbers by stack and the process's own book-keeping, without the text."""

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
    """Whether a number can go down again: what was ever allocated or waited for only rises."""
    cumulative = ("alloc_", "inuse_objects", "contentions", "delay")
    return kind == HEAP or not kind.name.startswith(cumulative)


class Weight(NamedTuple):
    """How much of one kind stands on one stack.

    `variance` is what sampling adds to the value, 0 where all is counted; `turnover` the variance of all that was ever
    allocated there, which tells how much of the value is the same objects as before.
    """

    stack: Stack
    value: int
    variance: float = 0.0
    turnover: float = 0.0
    state: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The numbers of one reading.

    `newest_goroutine` is the largest goroutine id; `residents` are the oldest goroutines, unknown of a text that is
    gone. `collected_at` are the Unix seconds of the last garbage collection and of the one before it, as far as
    MemStats tells. `run` is another number for each run of the process, where its restarts are known from elsewhere.
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
    """Takes from a reading what can be compared; several captures of one kind in an input are added.

    `known` collects the stacks of a series, so that a stack which hundreds of snapshots have is kept once.
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
    """Equal stacks as one object; within a reading, which shares its stacks already, each is hashed once."""

    def __init__(self, known: dict[Stack, Stack]) -> None:
        self._known = known
        self._by_object: dict[int, Stack] = {}

    def __call__(self, stack: Stack) -> Stack:
        shared = self._by_object.get(id(stack))
        if shared is None:
            shared = self._by_object[id(stack)] = self._known.setdefault(stack, stack)
        return shared


def _collections(memstats: MemStats | None) -> tuple[float, ...]:
    """PauseEnd is a ring: the newest is at (NumGC+255)%256 (runtime/mstats.go), the one before it one place back."""
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
    """How far chance may have moved a record's estimate, and that of all it ever allocated.

    The runtime takes an object of s bytes with the probability p = 1 - exp(-s/rate) (runtime/malloc.go nextSample), so
    n taken ones stand for n/p, with the variance n(1-p)/p²; times s² for bytes.
    """
    objects = sample.inuse.objects if kind.name.startswith("inuse") else sample.alloc.objects
    if rate <= 1 or not sample.alloc.objects or not sample.alloc.bytes:
        return 0.0, 0.0
    size = sample.alloc.bytes / sample.alloc.objects
    taken = 1 - exp(-size / rate)
    of_one = (1 - taken) / taken**2 * (1.0 if kind.unit == "count" else size * size)
    return objects * of_one, sample.alloc.objects * of_one


def noise_between(before: Iterable[Weight], after: Iterable[Weight]) -> float:
    """The standard error by sampling alone of what one stack gained between two readings.

    Objects that live in both readings were sampled once and move nothing: only those that came (a) and went (f) do,
    and never more than those that are there. A cache that turns over is noisy, a leak is not.
    """
    first, last = list(before), list(after)
    held = sum(weight.variance for weight in first), sum(weight.variance for weight in last)
    came = sum(weight.turnover for weight in last) - sum(weight.turnover for weight in first)
    went = came - (held[1] - held[0])
    variance = came + went if came >= 0 and went >= 0 else sum(held)
    return sqrt(max(0.0, min(variance, sum(held))))  # a damaged text may count fewer than none
