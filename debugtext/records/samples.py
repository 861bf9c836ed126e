"""The common form of all profiles: stacks with numbers, each kind of number with a name and a unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from debugtext.records.frames import Stack


@dataclass(frozen=True, slots=True)
class SampleKind:
    """A kind of number in a profile, with pprof's name and unit: `inuse_space` in `bytes`."""

    name: str
    unit: str


class Profile(Protocol):
    """A record that pprof's views can show: flat and cum are sums over its weighted stacks."""

    @property
    def sample_kinds(self) -> tuple[SampleKind, ...]:
        """The kinds of numbers; as in pprof, the last one is shown by default."""

    def weighted_stacks(self, kind: SampleKind) -> Iterable[tuple[Stack, int]]:
        """The stack of each record with its number of this kind, which is an estimate if the text has samples."""
