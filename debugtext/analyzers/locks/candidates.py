"""Frames that may hold a lock: found by the addresses in their arguments and by their methods, once for all locks."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from typing import NamedTuple

from debugtext.analyzers.locks.addresses import lock_address
from debugtext.analyzers.locks.reached import LockLines, has_come_to
from debugtext.analyzers.locks.waiters import Waiter, caller_index
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import receiver_type
from debugtext.records.goroutines import Arguments
from debugtext.stacks.arguments import pointer, sure_pointer
from debugtext.stacks.operations import LOCKS, Operation
from debugtext.stacks.places import Place, words_of

_LOOPING = frozenset({Operation.SELECT, Operation.RECEIVE, Operation.RANGE})
"""What goroutines of loops wait for between two rounds."""
_ADDRESSES_OF_A_FRAME = 4
"""So many arguments of a frame are looked at: the receiver and the first parameters."""
_Position = tuple[int, int, int]
"""The numbers of a place, of a goroutine in it, and of a frame. Lists of positions are in ascending order."""
_Frame = tuple[int, int]
"""The numbers of a place and of a frame; the goroutine is the first of the place."""


class Rank(NamedTuple):
    """What speaks for a candidate, in order of weight. A frame without `may_hold` is no candidate."""

    may_hold: bool = False
    is_method: bool = False
    """The frame is in a method of the type of the object in which the lock lies."""
    is_own: bool = False
    """The frame is the user's own code."""
    is_past: bool = False
    """The frame is in a function where others wait for the lock, but does not wait there: it is past Lock."""
    is_at_no_other: bool = False
    """The frame is in no function where others wait for another lock."""
    is_free: bool = False
    """The frame does not wait for a lock itself."""


HIGHEST_RANK = Rank(*[True] * len(Rank._fields))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame of a goroutine that may hold a lock; `alike` counts the goroutines in this frame with the same object."""

    place: Place
    goroutine: int | None
    frame: int
    alike: int = 1


class Candidates:
    """All frames of one capture, to be found by address and by method."""

    def __init__(self, subject: Subject, places: Sequence[Place]) -> None:
        self._subject = subject
        self._places = places
        self._loops: dict[int, bool] = {}

    def given(self, addresses: set[int], lines: LockLines, waiting: Collection[int | None]) -> Iterator[Candidate]:
        """For each goroutine, the first frame (leaf first, without the lock's own) with one of the addresses.

        Goroutines that wait for the lock (`waiting`) are left out: their callers would wait for themselves. So are
        frames that have not come to the lock yet (`lines`).
        """
        before = None
        found = merge(*(self._by_address.get(address, ()) for address in addresses))
        positions = [position for position in found if self._goroutine(position) not in waiting]
        alike = Counter((number, frame) for number, _, frame in positions)
        for number, member, frame in positions:
            place = self._places[number]
            if _is_at_lock(place, frame) and (
                alike[number, frame] > 1 or self._is_alike(number, member, addresses, lines)
            ):
                continue  # several stand here, at most one has the lock: so none needs it
            if (number, member) != before and not _gave_back(place, frame):
                before = (number, member)
                if has_come_to(place, frame, lines):
                    yield Candidate(place, self._goroutine((number, member, frame)), frame, alike[number, frame])

    def _is_alike(self, number: int, member: int, addresses: set[int], lines: LockLines) -> bool:
        """Whether a goroutine waits for another lock of the same object, in a function where others wait."""
        place = self._places[number]
        goroutine, arguments = self._subject.members(place.capture).sampled(place)[member]
        caller = caller_index(place)
        if caller is None or place.stack.frames[caller].function not in lines:
            return False
        return Waiter(place, goroutine, caller, arguments, lock_address(place, arguments, caller)).receiver in addresses

    def _goroutine(self, position: _Position) -> int:
        number, member, _ = position
        place = self._places[number]
        return self._subject.members(place.capture).sampled(place)[member][0]

    def below(self, called: str, callers: set[str]) -> Iterator[Candidate]:
        """The frames in one of the functions `callers` that have called `called`, and do not wait for a lock there."""
        for place in self._places:
            functions = place.stack.functions
            if called not in functions or (place.operation in LOCKS and called in functions[: caller_index(place)]):
                continue
            frame = next((at for at in range(functions.index(called), len(functions)) if functions[at] in callers), -1)
            if frame >= 0:
                yield Candidate(place, self._subject.members(place.capture).first_id(place), frame)

    def in_methods(
        self, names: set[str], lines: LockLines, callers: set[str], *, one_at_most: bool
    ) -> Candidate | None:
        """The first frame of own code in one of the functions `names`, or in a method of one of the types `names`.

        Goroutines that are also in one of the `callers` of Lock come first: they may be past it. If only one goroutine
        can have the lock (`one_at_most`), those that are alone at their place come before them.
        """
        frames = [self._by_method[name] for name in names if name in self._by_method]
        past = {number for name in callers for number, _ in self._by_method.get(name, ())}
        numbers = {number for each in frames for number, _ in each} if one_at_most else set()
        single = {number for number in numbers if self._places[number].count == 1}
        for wanted in (past & single, single, past):
            kept = ((frame for frame in each if frame[0] in wanted) for each in frames if wanted)
            if found := self._first(kept, lines):
                return found
        return self._first(frames, lines)

    def at_other_lock(
        self, kinds: set[str], objects: Collection[int], lines: LockLines, waiting: Collection[int]
    ) -> Candidate | None:
        """The first own frame in a method of the types `kinds`, of a goroutine that waits for another type's lock.

        If the lock's `objects` are known, only frames whose object is not known: the others are found by address.
        `waiting` are the identities of the places at which goroutines wait for the lock itself; they are left out.
        """
        keys = ((kind, bool(objects)) for kind in kinds)
        frames = (self._beyond_lock[key] for key in keys if key in self._beyond_lock)
        others = ((frame for frame in each if id(self._places[frame[0]]) not in waiting) for each in frames)
        return self._first(others, lines)

    def _first(self, positions: Iterable[Iterable[_Frame]], lines: LockLines) -> Candidate | None:
        """The first frame that has come to a lock; only the first frame of each place counts."""
        before = -1
        for number, frame in merge(*positions):
            place = self._places[number]
            if number != before and has_come_to(place, frame, lines):
                return Candidate(place, self._subject.members(place.capture).first_id(place), frame)
            before = number
        return None

    @cached_property
    def _beyond_lock(self) -> dict[tuple[str, bool], list[_Frame]]:
        """The frames of own code whose callees wait for a lock of another type, by the type of the frame's method.

        Under (type, False) are all of them, under (type, True) those whose object is not printed, or is stale.
        """
        found: dict[tuple[str, bool], list[_Frame]] = {}
        for number, place in enumerate(self._places):
            caller = caller_index(place) if place.operation in LOCKS else None
            if caller is None:
                continue
            arguments = next((words for _, words in self._subject.members(place.capture).sampled(place)), ())
            waits = receiver_type(place.stack.frames[caller].function)
            for index, frame in enumerate(place.stack.frames[caller + 1 :], caller + 1):
                kind = receiver_type(frame.function)
                if kind and kind != waits and self._subject.ownership.is_own(frame):
                    found.setdefault((kind, False), []).append((number, index))
                    if index >= len(arguments) or sure_pointer(arguments[index]) is None:
                        found.setdefault((kind, True), []).append((number, index))
        return found

    def rank(self, candidate: Candidate, kinds: set[str], callers: Collection[str], *, one_at_most: bool) -> Rank:
        """How much speaks for a candidate. The best ones are in own methods of the object and do not wait for a lock.

        Among these, a goroutine in a function where others wait for the lock is best: it is past Lock. An object may
        have several locks: a goroutine in a function that takes another one need not hold this one. And if only one
        goroutine can have the lock (`one_at_most`) but several stand alike, nobody needs the lock to stand there.
        """
        place = candidate.place
        frame = place.stack.frames[candidate.frame]
        are_alike = one_at_most and candidate.alike > 1
        is_method = receiver_type(frame.function) in kinds
        is_own = self._subject.ownership.is_own(frame)
        waits_there = _is_at_lock(place, candidate.frame)
        lines = self._lock_lines.get(frame.function, set())
        if are_alike and not is_method:
            return Rank()
        if waits_there and len(lines) > 1 and frame.line == min(lines):
            return Rank()  # it waits at the first of several locks, and so holds none of them
        is_loop = place.operation in _LOOPING and self._is_loop(place)
        is_past = frame.function in callers and not waits_there
        return Rank(
            may_hold=not is_loop or (is_method and is_own),
            is_method=is_method and not is_loop,
            is_own=is_own and not is_loop,
            is_past=is_past and not are_alike,
            is_at_no_other=(is_past or not lines) and not are_alike,
            is_free=not waits_there,
        )

    @cached_property
    def _lock_lines(self) -> dict[str, set[int]]:
        """The functions in which goroutines wait for any lock, each with the lines at which they wait."""
        found: dict[str, set[int]] = {}
        for place in self._places:
            caller = caller_index(place) if place.operation in LOCKS else None
            if caller is not None:
                frame = place.stack.frames[caller]
                found.setdefault(frame.function, set()).add(frame.line or 0)
        return found

    @cached_property
    def _by_address(self) -> dict[int, list[_Position]]:
        found: dict[int, list[_Position]] = {}
        for number, place in enumerate(self._places):
            if place.at_rest and place.operation not in LOCKS:
                continue
            for member, (_, arguments) in enumerate(self._subject.members(place.capture).sampled(place)):
                for address, frame in _addresses(place, arguments).items():
                    found.setdefault(address, []).append((number, member, frame))
        return found

    @cached_property
    def _by_method(self) -> dict[str, list[_Frame]]:
        found: dict[str, list[_Frame]] = {}
        for number, place in enumerate(self._places):
            if place.operation in LOCKS or self._is_loop(place):
                continue
            calls_back = False  # whether a library calls own code, and may hold its lock: a logger with an own writer
            for index, frame in enumerate(place.stack.frames):
                is_own = self._subject.ownership.is_own(frame)
                if is_own and not _gave_back(place, index):
                    for name in {frame.function, receiver_type(frame.function) or frame.function}:
                        found.setdefault(name, []).append((number, index))
                elif calls_back and frame.function in self._lock_lines:
                    found.setdefault(frame.function, []).append((number, index))
                calls_back = calls_back or is_own
        return found

    def _is_loop(self, place: Place) -> bool:
        """Whether the goroutine's own function is a loop that waits for work, and so holds no lock."""
        known = self._loops.get(id(place))
        if known is None:
            own = self._own_functions(place)
            known = len(own) == 1 and (
                self._subject.knowledge.is_resident(words_of(own[0]))
                or (place.operation in _LOOPING and own[0] in self._starts_of_waiters)
            )
            self._loops[id(place)] = known
        return known

    @cached_property
    def _starts_of_waiters(self) -> set[str]:
        """The functions in which goroutines began that now wait for a lock further up.

        Another goroutine that waits directly in such a function waits for the next round of the function's loop.
        """
        waiting = (self._own_functions(place) for place in self._places if place.operation in LOCKS)
        return {own[-1] for own in waiting if len(own) > 1}

    def _own_functions(self, place: Place) -> list[str]:
        """The own functions on a stack, leaf first."""
        return [frame.function for frame in place.stack.frames if self._subject.ownership.is_own(frame)]


def _is_at_lock(place: Place, frame: int) -> bool:
    """Whether this frame is the one that has called Lock and waits."""
    return place.operation in LOCKS and caller_index(place) == frame


def _gave_back(place: Place, frame: int) -> bool:
    """Whether a frame has called sync.Cond.Wait, which gives the lock back for as long as it waits."""
    above = place.stack.functions[:frame]
    return place.operation is Operation.CONDITION and all(
        function.startswith(("sync.", "runtime.")) for function in above
    )


def _addresses(place: Place, arguments: tuple[Arguments, ...]) -> dict[int, int]:
    """For each address among the arguments, the first frame (leaf first) that was given it."""
    found: dict[int, int] = {}
    for index, (frame, words) in enumerate(zip(place.stack.frames, arguments, strict=False)):
        if frame.package in {"sync", "internal/sync", "runtime"}:
            continue
        for word in words[:_ADDRESSES_OF_A_FRAME]:
            address = pointer(word)
            if address is not None:
                found.setdefault(address, index)
    return found
