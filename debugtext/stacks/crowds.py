"""Goroutines that belong together though their stacks differ: they have the same front function and operation."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from debugtext.records.findings import normalised_function
from debugtext.stacks.operations import Operation
from debugtext.stacks.places import Place


@dataclass(frozen=True, slots=True)
class Crowd:
    """Places of one capture that have something in common, the largest place first."""

    places: tuple[Place, ...]

    @property
    def first(self) -> Place:
        """The largest place."""
        return self.places[0]

    @property
    def count(self) -> int:
        """How many goroutines."""
        return sum(place.count for place in self.places)

    @property
    def operation(self) -> Operation:
        """What the goroutines of the largest place wait for."""
        return self.first.operation

    @property
    def waits(self) -> list[int]:
        """All printed waiting times in minutes, ascending."""
        return sorted(minutes for place in self.places for minutes in place.group.waits)

    @property
    def by_function(self) -> dict[str, int]:
        """How many goroutines stand in each front function, the most first."""
        counts: Counter[str] = Counter()
        for place in self.places:
            counts[place.function] += place.count
        return dict(counts.most_common())

    @property
    def total(self) -> int:
        """How many goroutines the whole capture has."""
        return self.first.capture.goroutines or self.count

    @property
    def share(self) -> float:
        """The crowd's part of all goroutines of the capture, 0 to 1."""
        return self.count / self.total if self.total else 0.0


def crowds(places: Iterable[Place], key: Callable[[Place], Hashable] | None = None) -> list[Crowd]:
    """The places of each capture, grouped by a key (by default the front function and the operation), largest first."""
    grouped: dict[Hashable, list[Place]] = {}
    for place in places:
        common = key(place) if key else (normalised_function(place.function), place.operation)
        grouped.setdefault((id(place.capture), common), []).append(place)
    found = [Crowd(tuple(sorted(group, key=lambda place: -place.count))) for group in grouped.values()]
    return sorted(found, key=lambda crowd: -crowd.count)
