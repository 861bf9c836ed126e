"""What a rule looks at: the inputs, and what several rules compute from them."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from debugtext.records.captures import Capture, Reading
from debugtext.records.frames import Frame, Stack
from debugtext.series.same_process import snapshots_of_one_process
from debugtext.settings import Settings
from debugtext.stacks.ownership import Owner, Ownership, is_plumbing

if TYPE_CHECKING:  # a heap text needs none of these
    from debugtext.knowledge.entries import Knowledge
    from debugtext.records.growth import Difference, Trend
    from debugtext.stacks.company import Company
    from debugtext.stacks.members import Members
    from debugtext.stacks.places import Place


MOST_FUNCTIONS = 12
_T = TypeVar("_T")
_About = TypeVarTuple("_About")
_BY_VALUE = (str, int)


@dataclass(frozen=True)
class Subject:
    """What a rule looks at: all inputs in time order. One input is the usual case; `diff` gives two, `trend` more.

    `known_trends` is set for a series too long to be kept as readings (the store of a `watch`); else trends are
    computed from the readings.
    """

    readings: tuple[Reading, ...]
    ownership: Ownership
    settings: Settings
    known_trends: "tuple[Trend, ...] | None" = None

    @property
    def last(self) -> Reading:
        """The newest input, which shows what is wrong now."""
        return self.readings[-1]

    @property
    def seconds_apart(self) -> float | None:
        """The seconds between the first and the last input; None unless both tell their times."""
        first, last = self.readings[0].taken_at, self.last.taken_at
        return None if first is None or last is None else last - first

    @cached_property
    def within(self) -> "Subject | None":
        """The snapshots of the only input as a series of inputs, if all surely are of one process; else None."""
        snapshots = snapshots_of_one_process(self.last) if len(self.readings) == 1 else ()
        return replace(self, readings=snapshots) if snapshots else None

    def captures(self) -> Iterator[tuple[str, Capture]]:
        """(input name, capture) for each capture of the newest input."""
        return ((self.last.name, capture) for capture in self.last.captures)

    @cached_property
    def trends(self) -> "tuple[Trend, ...]":
        """How every stack and MemStats changed over the inputs, growing ones first; over two inputs all are UNKNOWN."""
        from debugtext.growth.trends import trends  # noqa: PLC0415 - one input alone has no use for it

        return trends(self.readings) if self.known_trends is None else self.known_trends

    @cached_property
    def differences(self) -> "tuple[Difference, ...]":
        """The newest input compared with the first, by sample kind; empty for one input alone."""
        from debugtext.growth.differences import compare  # noqa: PLC0415

        return compare(self.readings[0], self.last) if len(self.readings) > 1 else ()

    @cached_property
    def knowledge(self) -> "Knowledge":
        """What is known about libraries, the user's entries included."""
        from debugtext.knowledge import knowledge  # noqa: PLC0415

        return knowledge(self.settings.knowledge_files)

    @cached_property
    def places(self) -> "tuple[Place, ...]":
        """Where the goroutines of the newest input stand."""
        return self.places_in(self.last)

    def company(self, capture: Capture) -> "Company":
        """All places of one capture of the newest input; grouped once, as a text may hold thousands of captures."""
        from debugtext.stacks.company import Company  # noqa: PLC0415

        return self._companies.get(id(capture)) or Company()

    @cached_property
    def _companies(self) -> "dict[int, Company]":
        from debugtext.stacks.company import Company  # noqa: PLC0415

        by_capture: dict[int, list[Place]] = {}
        for place in self.places:
            by_capture.setdefault(id(place.capture), []).append(place)
        return {key: Company(places) for key, places in by_capture.items()}

    @cached_property
    def earlier_places(self) -> "tuple[tuple[Place, ...], ...]":
        """Where the goroutines of each earlier input stand, oldest input first."""
        return tuple(self.places_in(reading) for reading in self.readings[:-1])

    def members(self, capture: Capture) -> "Members":
        """The goroutines of a capture one by one, by place: their ids, parents and waits."""
        return self.once(_members, capture)

    def main_place(self, capture: Capture) -> "Place | None":
        """Where the main goroutine of a capture stands; None in profiles, which do not tell it from others."""
        members = self.members(capture)
        return next((place for place in self.company(capture).places if members.is_main(place)), None)

    def once(self, make: Callable[["Subject", *_About], _T], *about: *_About) -> _T:
        """`make(subject, *about)`, computed at the first call and kept for the next ones.

        `make` must be a function of a module: it is a part of the key. So is each of `about`, by value if it is a
        string or an integer, else by identity: it is kept beside the result, so that no other object gets its id.
        """
        key = (make, *(part if isinstance(part, _BY_VALUE) else id(part) for part in about))
        if key not in self._made:
            self._made[key] = make(self, *about), about
        made: _T = self._made[key][0]
        return made

    def per_places(self, capture: Capture, make: Callable[["Sequence[Place]"], _T]) -> _T:
        """`make(places)` for all places of a capture, computed once."""
        return self.once(_made_of_places, capture, make)

    @cached_property
    def _made(self) -> dict[Hashable, tuple[Any, tuple[object, ...]]]:
        return {}

    def places_in(self, reading: Reading) -> "tuple[Place, ...]":
        """Where the goroutines of one input stand, capture by capture, the largest groups first."""
        counted = [capture for capture in reading.captures if capture.goroutines]
        if not counted:
            return ()
        from debugtext.stacks.places import places_of, with_directions  # noqa: PLC0415

        found = (places_of(reading.name, capture, self.ownership, self.knowledge) for capture in counted)
        every = tuple(place for places in found for place in places)
        return every if len(counted) == 1 else with_directions(every)

    def to_open(self, stack: Stack, front: Frame | None) -> Frame | None:
        """The frame that a user can open: `front`, or the own go statement that started it, if `front` is Go's own."""
        creator = stack.created_by
        if creator is None or front is None or self.ownership.owner(front) is not Owner.STANDARD:
            return front
        return creator if self.ownership.is_own(creator) else front

    def functions(self, stack: Stack, front: Frame | None = None) -> tuple[str, ...]:
        """The functions that a finding names: the one to open, then own code, the creator, the rest of the stack."""
        front = front or self.ownership.front_frame(stack)
        own = [frame for frame in stack.frames if self.ownership.is_own(frame)]
        creator = [stack.created_by] if stack.created_by else []
        rest = sorted(stack.frames, key=is_plumbing)
        usual_front = self.ownership.front_frame(stack)
        frames = ([front] if front else []) + ([usual_front] if usual_front else []) + own + creator + rest
        return tuple(dict.fromkeys(frame.function for frame in frames))[:MOST_FUNCTIONS]


def _members(_: Subject, capture: Capture) -> "Members":
    from debugtext.stacks.members import Members  # noqa: PLC0415

    return Members(capture)


def _made_of_places(subject: Subject, capture: Capture, make: Callable[["Sequence[Place]"], _T]) -> _T:
    return make(subject.company(capture).places)
