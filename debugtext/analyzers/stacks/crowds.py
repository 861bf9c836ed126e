"""Goroutines that belong together though their stacks differ: same frame to open, same operation."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from debugtext.analyzers.stacks.operations import Operation
from debugtext.analyzers.stacks.places import Place
from debugtext.records.findings import normalised_function


@dataclass(frozen=True, slots=True)
class Crowd:
    """Places put together by what is common to them, the largest place first."""

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
        """What most of them wait for."""
        return self.first.operation

    @property
    def waits(self) -> list[int]:
        """All printed waiting minutes, ascending."""
        return sorted(minutes for place in self.places for minutes in place.group.waits)

    @property
    def by_function(self) -> dict[str, int]:
        """How many stand in which function, the most first."""
        counts: Counter[str] = Counter()
        for place in self.places:
            counts[place.function] += place.count
        return dict(counts.most_common())

    @property
    def total(self) -> int:
        """How many goroutines the capture holds in all."""
        return self.first.capture.goroutines or self.count

    @property
    def share(self) -> float:
        """Part of all goroutines, 0..1."""
        return self.count / self.total if self.total else 0.0


def crowds(places: Iterable[Place], key: Callable[[Place], Hashable] | None = None) -> list[Crowd]:
    """The places of each capture put together by a key, by default the front function and the operation."""
    grouped: dict[Hashable, list[Place]] = {}
    for place in places:
        common = key(place) if key else (normalised_function(place.function), place.operation)
        grouped.setdefault((id(place.capture), common), []).append(place)
    found = [Crowd(tuple(sorted(group, key=lambda place: -place.count))) for group in grouped.values()]
    return sorted(found, key=lambda crowd: -crowd.count)
