"""Count profiles: goroutine, goroutineleak, threadcreate and custom ones at debug=1 (runtime/pprof/pprof.go)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from debugtext.records.frames import Stack
from debugtext.records.goroutines import GoroutineGroup, Labels
from debugtext.records.samples import SampleKind


@dataclass(frozen=True, slots=True)
class CountSample:
    """`count` things on one stack; `line` of the sample line in the original input, from 1."""

    count: int
    stack: Stack
    line: int
    labels: Labels = ()


@dataclass(frozen=True, slots=True)
class CountProfile:
    """`NAME profile: total N` and its samples; `total` is None if the header line is missing."""

    name: str
    total: int | None
    samples: tuple[CountSample, ...]
    _count: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_count", sum(sample.count for sample in self.samples))  # read very often

    @property
    def count(self) -> int:
        """The number of goroutines (threads, …) in the samples."""
        return self._count

    @property
    def blanks(self) -> int:
        """The number of goroutines (threads, …) whose record has no stack at all, as in `1 @` above `#	0x0`."""
        return sum(one.count for one in self.samples if not one.stack.frames and not one.stack.addresses)

    @property
    def sample_kinds(self) -> tuple[SampleKind, ...]:
        """A single kind, named like the profile."""
        return (SampleKind(self.name, "count"),)

    def weighted_stacks(self, kind: SampleKind) -> Iterable[tuple[Stack, int]]:
        """Each sample's stack and count."""
        del kind
        return ((sample.stack, sample.count) for sample in self.samples)

    def groups(self) -> tuple[GoroutineGroup, ...]:
        """The samples grouped by functions and lines, largest group first; Go groups by exact addresses and labels."""
        members: dict[tuple[object, ...], list[int]] = {}
        for index, sample in enumerate(self.samples):
            frames = sample.stack.frames
            key = tuple((f.function, f.file, f.line) for f in frames) if frames else sample.stack.addresses
            members.setdefault(key, []).append(index)
        groups = (self._group(indexes) for indexes in members.values())
        return tuple(sorted(groups, key=lambda group: -group.count))

    def _group(self, indexes: list[int]) -> GoroutineGroup:
        first = self.samples[indexes[0]]
        count = sum(self.samples[i].count for i in indexes)
        members = tuple(indexes)
        return GoroutineGroup(first.stack, None, count, first.line, first.labels, (), lambda: members)
