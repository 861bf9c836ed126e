"""What of a reading is compared with another: numbers by stack and the process's own book-keeping, without the text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import exp

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


@dataclass(frozen=True, slots=True)
class Weight:
    """How much of one kind stands on one stack; `variance` is what sampling adds to it (0 where all is counted)."""

    stack: Stack
    value: int
    variance: float = 0.0
    state: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The numbers of one reading. `newest_goroutine` is the largest goroutine id: only a restart makes it smaller."""

    name: str
    taken_at: float | None = None
    weights: Mapping[SampleKind, tuple[Weight, ...]] = field(default_factory=dict)
    memstats: MemStats | None = None
    newest_goroutine: int | None = None

    def total(self, kind: SampleKind) -> int:
        """The sum over all stacks."""
        return sum(weight.value for weight in self.weights.get(kind, ()))


def snapshot(reading: Reading, known: dict[Stack, Stack] | None = None) -> Snapshot:
    """Takes from a reading what can be compared; several captures of one kind in an input are added.

    `known` collects the stacks of a series, so that a stack which hundreds of snapshots have is kept once.
    """
    known = {} if known is None else known
    weights: dict[SampleKind, list[Weight]] = {}
    memstats: MemStats | None = None
    newest: int | None = None
    for capture in reading.captures:
        for kind, of_kind in _weights(capture):
            shared = (replace(weight, stack=known.setdefault(weight.stack, weight.stack)) for weight in of_kind)
            weights.setdefault(kind, []).extend(shared)
        body = capture.body
        memstats = body if isinstance(body, MemStats) else getattr(body, "memstats", None) or memstats
        if isinstance(body, GoroutineDump | Crash) and body.goroutines:
            newest = max(newest or 0, _newest_id(body))
    kinds = {kind: tuple(of_kind) for kind, of_kind in weights.items()}
    return Snapshot(reading.name, reading.taken_at, kinds, memstats, newest)


def _newest_id(body: GoroutineDump | Crash) -> int:
    ids: Iterable[int] = getattr(body.goroutines, "ids", None) or (goroutine.id for goroutine in body.goroutines)
    return max(ids)


def _weights(capture: Capture) -> Iterator[tuple[SampleKind, Iterable[Weight]]]:
    match capture.body:
        case HeapProfile() as heap:
            for kind in heap.sample_kinds:
                yield kind, heap_weights(heap, kind)
        case GoroutineDump() | Crash():
            groups = capture.groups()
            yield GOROUTINES, (Weight(g.stack, g.count, 0.0, g.state.status if g.state else "") for g in groups)
        case CountProfile() | ContentionProfile() as profile:
            for kind in profile.sample_kinds:
                yield kind, (Weight(stack, value) for stack, value in profile.weighted_stacks(kind))


def heap_weights(heap: HeapProfile, kind: SampleKind) -> Iterator[Weight]:
    """Each record's estimate, and how far chance may have moved it.

    The runtime takes an object of s bytes with the probability p = 1 - exp(-s/rate) (runtime/malloc.go
    nextSample), so n taken ones stand for n/p, with the variance n(1-p)/p².
    """
    for sample, (stack, value) in zip(heap.samples, heap.weighted_stacks(kind), strict=True):
        yield Weight(stack, value, _variance(sample, kind, heap.rate))


def _variance(sample: HeapSample, kind: SampleKind, rate: int) -> float:
    raw = sample.inuse if kind.name.startswith("inuse") else sample.alloc
    if rate <= 1 or not raw.objects or not raw.bytes:
        return 0.0
    size = raw.bytes / raw.objects
    taken = 1 - exp(-size / rate)
    return raw.objects * (1 - taken) / taken**2 * (1.0 if kind.unit == "count" else size * size)
