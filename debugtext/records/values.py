"""Profiles that Go does not print as text: CPU profiles, and profiles made by other programs."""

from collections.abc import Iterable
from dataclasses import dataclass

from debugtext.records.frames import Stack
from debugtext.records.goroutines import Labels
from debugtext.records.samples import SampleKind


@dataclass(frozen=True, slots=True)
class ValueSample:
    """One stack with a number of each kind; `numbers` are the labels whose values are numbers."""

    values: tuple[int, ...]
    stack: Stack
    labels: Labels = ()
    numbers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ValueProfile:
    """Kinds of numbers, and samples with one number of each; `default_kind` names the kind that is shown by default."""

    sample_kinds: tuple[SampleKind, ...]
    samples: tuple[ValueSample, ...]
    default_kind: str = ""

    def weighted_stacks(self, kind: SampleKind) -> Iterable[tuple[Stack, int]]:
        """The stack of each sample with its number of this kind."""
        index = self.sample_kinds.index(kind)
        return ((sample.stack, sample.values[index]) for sample in self.samples)
