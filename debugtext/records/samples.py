"""What every profile has in common: stacks with numbers, each kind of number with a name and a unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from debugtext.records.frames import Stack


@dataclass(frozen=True, slots=True)
class SampleKind:
    """One of the numbers of a profile, named as pprof names it: `inuse_space` in `bytes`."""

    name: str
    unit: str


class Profile(Protocol):
    """A record that pprof's views can show: flat and cum are sums over its weighted stacks."""

    @property
    def sample_kinds(self) -> tuple[SampleKind, ...]:
        """The kinds of numbers, the one to show by default last, as pprof does."""

    def weighted_stacks(self, kind: SampleKind) -> Iterable[tuple[Stack, int]]:
        """Each record's stack with its number of this kind, estimates where the text holds samples."""
