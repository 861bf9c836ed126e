"""Any other profile than those that Go prints as text: a CPU profile, or one that another program made."""

from collections.abc import Iterable
from dataclasses import dataclass

from debugtext.records.frames import Stack
from debugtext.records.goroutines import Labels
from debugtext.records.samples import SampleKind


@dataclass(frozen=True, slots=True)
class ValueSample:
    """One stack with a number of each kind; `numbers` are labels that are numbers."""

    values: tuple[int, ...]
    stack: Stack
    labels: Labels = ()
    numbers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ValueProfile:
    """Kinds of numbers, and samples that hold one of each; `default_kind` is the name of the one to show first."""

    sample_kinds: tuple[SampleKind, ...]
    samples: tuple[ValueSample, ...]
    default_kind: str = ""

    def weighted_stacks(self, kind: SampleKind) -> Iterable[tuple[Stack, int]]:
        """Each sample's stack with its number of this kind."""
        index = self.sample_kinds.index(kind)
        return ((sample.stack, sample.values[index]) for sample in self.samples)
