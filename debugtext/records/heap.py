"""heap and allocs profiles at debug=1: raw samples as printed, and the estimates that pprof makes of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp
from operator import attrgetter

from debugtext.records.frames import Stack
from debugtext.records.memstats import MemStats
from debugtext.records.samples import SampleKind

HEAP_KINDS = (
    SampleKind("alloc_objects", "count"),
    SampleKind("alloc_space", "bytes"),
    SampleKind("inuse_objects", "count"),
    SampleKind("inuse_space", "bytes"),
)

TOTALS = tuple(
    f"{raw}{side}_{what}" for raw in ("", "raw_") for side in ("inuse", "alloc") for what in ("bytes", "objects")
)

DEFAULT_RATE = 512 * 1024
"""The default of runtime.MemProfileRate."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """A number of objects and their bytes."""

    objects: int
    bytes: int

    def estimated(self, rate: int) -> "Allocation":
        """An estimate of all allocations from the sampled ones (google/pprof profile/legacy_profile.go, parseHeap).

        `rate` is the average number of bytes between samples (runtime.MemProfileRate), half of the header's number.
        """
        if not self.objects or not self.bytes:
            return Allocation(0, 0)
        if rate <= 1:
            return self
        try:
            scale = 1 / (1 - exp(-(float(self.bytes) / float(self.objects)) / rate))
        except (OverflowError, ZeroDivisionError):
            return self  # a damaged text: objects of far less than a byte, or one negative number
        return Allocation(int(self.objects * scale), int(self.bytes * scale))


@dataclass(frozen=True, slots=True)
class HeapSample:
    """One (stack, object size) bucket with its raw numbers; `estimated` makes the program's real numbers of them."""

    inuse: Allocation
    alloc: Allocation
    stack: Stack
    line: int


@dataclass(frozen=True, slots=True)
class HeapProfile:
    """`heap profile: …` with its samples and the MemStats below.

    `header_inuse` and `header_alloc` are the raw sums in the header, None if it is missing. Since Go 1.20, alloc bytes
    that equal the bytes in use are printed one too large. `rate` is half of the printed `heap/N` (0: profiling is off,
    1: every allocation is counted); without a header it is Go's default, and `header_kind` is empty.
    """

    samples: tuple[HeapSample, ...]
    rate: int
    header_inuse: Allocation | None = None
    header_alloc: Allocation | None = None
    header_kind: str = "heap"
    memstats: MemStats | None = None

    @property
    def sample_kinds(self) -> tuple[SampleKind, ...]:
        """The four kinds that pprof has, in its order."""
        return HEAP_KINDS

    def weighted_stacks(self, kind: SampleKind) -> Iterable[tuple[Stack, int]]:
        """The stack of each record with its estimated number of this kind."""
        side, _, what = kind.name.partition("_")
        raw_of, number_of = attrgetter(side), attrgetter("objects" if what == "objects" else "bytes")
        estimates: dict[int, int] = {}
        for sample in self.samples:
            raw = raw_of(sample)
            estimate = estimates.get(id(raw))  # equal numbers are mostly one object: each is estimated once
            if estimate is None:
                estimate = estimates[id(raw)] = number_of(raw.estimated(self.rate))
            yield sample.stack, estimate

    def totals(self) -> dict[str, int]:
        """The sums of all records, estimated and raw, by the names in TOTALS."""
        totals = dict.fromkeys(TOTALS, 0)
        for side, raws in (("inuse", [s.inuse for s in self.samples]), ("alloc", [s.alloc for s in self.samples])):
            # Equal numbers are mostly one object: each is estimated once
            times = Counter(map(id, raws))
            for raw in {id(raw): raw for raw in raws}.values():
                number, estimate = times[id(raw)], raw.estimated(self.rate)
                totals[f"{side}_bytes"] += number * estimate.bytes
                totals[f"{side}_objects"] += number * estimate.objects
                totals[f"raw_{side}_bytes"] += number * raw.bytes
                totals[f"raw_{side}_objects"] += number * raw.objects
        return totals
