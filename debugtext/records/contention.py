"""block and mutex profiles at debug=1 (runtime/pprof/pprof.go writeProfileInternal)."""

from collections.abc import Iterable
from dataclasses import dataclass

from debugtext.records.frames import Stack
from debugtext.records.samples import SampleKind

CONTENTION_KINDS = (SampleKind("contentions", "count"), SampleKind("delay", "nanoseconds"))


@dataclass(frozen=True, slots=True)
class ContentionSample:
    """`count` waits on one stack, which lasted `cycles` processor cycles in total."""

    cycles: int
    count: int
    stack: Stack
    line: int


@dataclass(frozen=True, slots=True)
class ContentionProfile:
    """`--- contention:` (kind "block") or `--- mutex:` (kind "mutex").

    `sampling_period` is printed for mutex profiles only. Numbers are kept as printed; `note` says what that means.
    """

    kind: str
    cycles_per_second: int
    samples: tuple[ContentionSample, ...]
    sampling_period: int | None = None

    @property
    def sample_kinds(self) -> tuple[SampleKind, ...]:
        """The two kinds that pprof has, in its order."""
        return CONTENTION_KINDS

    @property
    def note(self) -> str:
        """How to read the numbers of a mutex text, in one line; empty if there is no doubt.

        Up to Go 1.19 they must be multiplied by the sampling period; since 1.20 the runtime does it (runtime/mprof.go
        saveBlockEventStack). The text does not show which version wrote it. `go tool pprof` always multiplies.
        """
        period = self.sampling_period or 0
        if period <= 1:
            return ""
        return f"As printed; if Go 1.19 or older wrote it, multiply by {period:,} (sampling period)."

    def delay_ns(self, cycles: int) -> int:
        """Cycles in nanoseconds, rounded down as by pprof."""
        return int(cycles / (self.cycles_per_second / 1e9)) if self.cycles_per_second else 0

    def weighted_stacks(self, kind: SampleKind) -> Iterable[tuple[Stack, int]]:
        """Each record's stack with its count or its delay."""
        for sample in self.samples:
            yield sample.stack, self.delay_ns(sample.cycles) if kind.name == "delay" else sample.count
