"""The goroutines of a place one by one, for rules that need ids or arguments; found in few passes over the dump."""

from collections.abc import Iterable
from functools import cached_property

from debugtext.records.captures import Capture
from debugtext.records.frames import Stack
from debugtext.records.goroutines import Arguments, Goroutines, State
from debugtext.stacks.places import Place

SMALL_DUMP = 2_000
"""In dumps of up to so many goroutines all arguments are read; in larger ones, those of some at each place."""
_MOST_READ, _MOST_READ_OF_LARGE = 2_000, 100
"""How many goroutines' arguments are read at a place of a small dump, and in all of a large one: each takes 0.1 ms."""

_Places = dict[tuple[Stack, State], list[int]]
"""The positions of goroutines in the dump, by stack and state."""


class Members:
    """The goroutines of every place of one capture; none for profiles, which do not print goroutines one by one."""

    def __init__(self, capture: Capture) -> None:
        found = getattr(capture.dump, "goroutines", None)
        self._goroutines = found if isinstance(found, Goroutines) else Goroutines()
        self._arguments: dict[int, tuple[Arguments, ...]] = {}

    def ids(self, place: Place) -> list[int]:
        """The goroutine ids of a place."""
        ids = self._goroutines.ids
        return [ids[position] for position in self._of(self._every, place)]

    @cached_property
    def all_ids(self) -> list[int]:
        """The ids of all goroutines, ascending."""
        return sorted(self._goroutines.ids)

    def parents(self, place: Place) -> set[int]:
        """The ids of the goroutines that started those of a place; empty if the text does not show them."""
        parents = self._goroutines.parent_ids
        return {parents[position] for position in self._of(self._every, place)} - {-1}

    def parents_of_all(self, places: Iterable[Place]) -> set[int]:
        """The ids of the goroutines that started those of several places."""
        return {parent for place in places for parent in self.parents(place)}

    def waits(self, place: Place) -> dict[int, int]:
        """For the id of each goroutine of a place, its printed minutes, or 0 if none are printed."""
        columns = self._goroutines
        headers, numbers, ids = columns.headers, columns.header_numbers, columns.ids
        return {ids[at]: headers[numbers[at]].state.waiting_minutes or 0 for at in self._of(self._every, place)}

    def first_id(self, place: Place) -> int | None:
        """The id of the first goroutine of a place; None in profiles."""
        positions = self._of(self._first, place) or self._of(self._every, place)
        return self._goroutines.ids[positions[0]] if positions else None

    def is_main(self, place: Place) -> bool:
        """Whether goroutine 1 is at a place."""
        return self._main == (place.stack, place.group.state)

    def sampled(self, place: Place) -> list[tuple[int, tuple[Arguments, ...]]]:
        """(id, arguments of each frame) of some goroutines of a place, in a small dump of all."""
        first = self._first
        most = _MOST_READ
        if len(self._goroutines) > SMALL_DUMP:
            most = max(2, _MOST_READ_OF_LARGE // max(1, len(first)))
        positions = self._of(first, place)[:most]
        return [(self._goroutines.ids[position], self._read(position)) for position in positions]

    def are_read_in_part(self, place: Place) -> bool:
        """Whether the arguments of only some goroutines of a place are read, as its dump is large."""
        return 0 < len(self.sampled(place)) < place.count

    @cached_property
    def _main(self) -> tuple[Stack, State] | None:
        """The stack and state of goroutine 1; None if the text does not show it."""
        if 1 not in self._goroutines.ids:
            return None
        main = self._goroutines[self._goroutines.ids.index(1)]
        return main.stack, main.state.without_wait()

    @cached_property
    def _first(self) -> _Places:
        """The first goroutines of the dump by place: any stack with many goroutines is among them."""
        return self._grouped(2 * SMALL_DUMP)

    @cached_property
    def _every(self) -> _Places:
        """All goroutines of the dump by place."""
        return self._grouped(len(self._goroutines))

    def _grouped(self, most: int) -> _Places:
        """The positions of the first goroutines of the dump, by stack and state."""
        columns = self._goroutines
        by_pair: dict[tuple[int, int], list[int]] = {}
        pairs = zip(columns.stack_numbers[:most], columns.header_numbers[:most], strict=True)
        for position, pair in enumerate(pairs):
            by_pair.setdefault(pair, []).append(position)
        grouped: _Places = {}
        for (stack, header), positions in by_pair.items():
            state = columns.headers[header].state.without_wait()
            grouped.setdefault((columns.stacks[stack], state), []).extend(positions)
        return grouped

    def _of(self, places: _Places, place: Place) -> list[int]:
        """The positions of the goroutines of a place."""
        state = place.group.state
        return places.get((place.stack, state), []) if state is not None else []

    def _read(self, position: int) -> tuple[Arguments, ...]:
        """The arguments of one goroutine, which are read from the text only once."""
        known = self._arguments.get(position)
        if known is None:
            known = self._arguments[position] = self._goroutines[position].arguments
        return known
