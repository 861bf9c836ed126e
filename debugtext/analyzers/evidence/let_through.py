"""Goroutines that take turns: some wait at one line for what others, further down in the same function, have got.

What they wait for is called a slot here, be it of a semaphore or a limiter, a pool's connection, or a free worker.
"""

from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from debugtext.analyzers.evidence.excerpts import is_part
from debugtext.analyzers.evidence.stillness import FOR_EVER, wrote_dump
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.frames import Frame
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import AT_WORK, IO, Operation
from debugtext.stacks.ownership import Owner, is_plumbing, started_with
from debugtext.stacks.places import MAIN, Place

_MOST_STACKS_COMPARED = 100
"""Functions on more distinct stacks than this are skipped: every stack would be compared with every other."""
_HOLDS_NOTHING = FOR_EVER | {Operation.SYSTEM, Operation.ACCEPT}
"""A goroutine in one of these holds nothing that it could give back."""
_MOST_CALLERS = 2
"""How many callers are checked as well. Higher up (a request's handlers) almost every goroutine is past some line."""


def count_let_through(subject: Subject, crowd: Crowd) -> int:
    """The number of goroutines that are past the line at which a crowd waits, and have waited for less long.

    A semaphore, a limiter or a pool lets some goroutines through at a time. Goroutines past the line that have waited
    as long as the crowd may be stuck with what it waits for. Those that wait in the same way belong to the crowd. 0 if
    the crowd has as many workers that wait for their own pool.
    """
    if not crowd.first.own:
        return 0
    oldest = crowd.waits[-1] if crowd.waits else 0
    known = {id(place) for place in crowd.places}
    others = (
        place
        for place in places_further_down(subject, crowd.first)
        if (place.operation is not crowd.operation and not place.leaked)
        or (id(place) not in known and place.operation not in IO and _is_past_in_library(place, crowd.first))
    )
    found = sum(place.count for place in others if not oldest or place.oldest_minutes < oldest)
    workers = sum(place.count for place in crowd.places if hands_work_to_own_pool(place))
    return found if found > workers else 0


def hands_work_to_own_pool(place: Place) -> bool:
    """True if a closure of the function in which `place` waits is on its stack: a worker hands work to its own pool.

    Such a worker was let through, and waits for another worker. If all workers do so, none of them goes on.
    """
    return any(function.startswith(f"{place.function}.") for function in place.stack.functions)


def count_holders_that_wait(subject: Subject, crowd: Crowd, held_by: tuple[str, ...]) -> int:
    """The number of a crowd's goroutines that hold a slot and wait for one more; 0 if any other goroutine may hold one.

    For each slot that is held, a goroutine has a function of `held_by` on its stack. The holder is the goroutine that
    started it, whose id Go prints from 1.21 on. An excerpt does not show all holders: 0.
    """
    capture = crowd.first.capture
    if is_part(subject, capture):
        return 0
    members, known = subject.members(capture), set(held_by)
    places = subject.company(capture).places
    holders = members.parents_of_all(place for place in places if not known.isdisjoint(place.stack.functions))
    waiting = {number for place in crowd.places for number in members.ids(place)}
    return len(holders) if holders <= waiting else 0


def only_waiters_inside(subject: Subject, crowd: Crowd) -> bool:
    """True if all goroutines inside the own functions in which a crowd waits do the same: none there has got a slot.

    A goroutine that got a slot has gone, and its slot with it.
    """
    own = [place for place in crowd.places if place.own]
    inside = (other for place in own for other in places_inside(subject, place.capture, place.function))
    return bool(own) and all(other.operation is crowd.operation for other in inside)


def nobody_could_hold_slot(subject: Subject, crowd: Crowd, used_in: tuple[str, ...]) -> bool:
    """True if a whole text shows no goroutine that could hold, or be making, a slot that a crowd waits for.

    `used_in` are prefixes of the library's functions. A goroutine with one of them on its stack counts if own code is
    there too, or if the function in which it began has called another. Any other goroutine outside of the standard
    library may hold a slot, at work or not, except main while it sleeps.
    """
    capture, known = crowd.first.capture, {id(place) for place in crowd.places}
    if is_part(subject, capture):
        return False
    others = (place for place in subject.company(capture).places if id(place) not in known and not wrote_dump(place))
    return not any(_could_hold_slot(subject, place, used_in) for place in others)


def _could_hold_slot(subject: Subject, place: Place, used_in: tuple[str, ...]) -> bool:
    if place.operation in _HOLDS_NOTHING:
        return False
    functions = [frame.function for frame in started_with(place.stack)]
    if place.front is None or not functions:
        return not functions
    if any(name.startswith(used_in) for name in functions):
        return place.own or len(functions) > 1
    owner = subject.ownership.owner(place.front)
    return owner is not Owner.STANDARD and not (place.function == MAIN and place.operation is Operation.SLEEP)


def count_waiting_again(subject: Subject, crowd: Crowd) -> int:
    """The number of a crowd's goroutines that wait past the line of others of it: they have one slot, and want two."""
    further = {id(place) for waiting in crowd.places if waiting.own for place in places_further_down(subject, waiting)}
    return sum(place.count for place in crowd.places if id(place) in further)


def function_with_two_waits(subject: Subject, crowd: Crowd) -> tuple[str, int] | None:
    """The function in which a crowd waits at two lines, and how many of the crowd do.

    Those at the second line may have got a slot at the first. None if any goroutine inside the functions in which the
    crowd waits does something else: that goroutine goes on.
    """
    known = {id(place) for place in crowd.places}
    asking: dict[str, dict[int, int]] = {}
    for waiting in crowd.places if only_waiters_inside(subject, crowd) else ():
        for frame in _front_and_callers(subject, waiting) if waiting.own else ():
            there = places_inside(subject, waiting.capture, frame.function)
            for place in there if len(there) <= _MOST_STACKS_COMPARED else ():
                if id(place) in known and _is_further_down(subject, place, waiting, frame):
                    both = {id(one): one.count for one in (waiting, place)}
                    asking.setdefault(frame.function, {}).update(both)
    counts = {function: sum(places.values()) for function, places in asking.items()}
    return max(counts.items(), key=lambda one: one[1], default=None)


def places_further_down(subject: Subject, waiting: Place) -> Iterator[Place]:
    """The places of own code past the line at which `waiting` waits, in the same function or in its callers.

    `acquire` itself is short: a goroutine that got what it gives is further down in the function that called it.
    """
    found: set[int] = set()
    for frame in _front_and_callers(subject, waiting):
        there = places_inside(subject, waiting.capture, frame.function)
        for place in there if len(there) <= _MOST_STACKS_COMPARED else ():
            if id(place) not in found and _is_further_down(subject, place, waiting, frame):
                found.add(id(place))
                yield place


def _is_further_down(subject: Subject, place: Place, waiting: Place, frame: Frame) -> bool:
    """True if `place` is past the line of `frame`, at which `waiting` waits, or at work in a call made there."""
    lines = (other.line or 0 for other in place.stack.frames if other.function == frame.function)
    deepest = max(lines, default=0)
    if not frame.line or deepest < frame.line:
        return False
    return (
        deepest > frame.line
        or _works_in_same_call(subject, place, waiting, frame)
        or _is_past_in_library(place, waiting)
    )


def _is_past_in_library(place: Place, waiting: Place) -> bool:
    """True if `place` is past the line of `waiting` in a library's function that both have called.

    It has got a connection from the library's pool, say.
    """
    front = waiting.front
    lines = {one.function: one.line or 0 for one in takewhile(lambda frame: frame is not front, waiting.stack.frames)}
    there = takewhile(lambda frame: front is not None and frame.function != front.function, place.stack.frames)
    return any((one.line or 0) > lines.get(one.function, 0) > 0 for one in there)


def _works_in_same_call(subject: Subject, place: Place, waiting: Place, frame: Frame) -> bool:
    """True if `place` is at work in the same library call in which `waiting` waits: a query that first had to wait."""
    if place.operation not in AT_WORK or place.operation is waiting.operation:
        return False
    called, there = _called_from(waiting, frame), _called_from(place, frame)
    if called is None or there is None or called.function != there.function:
        return False
    return not is_plumbing(called) and not subject.ownership.is_own(called)


def _called_from(place: Place, frame: Frame) -> Frame | None:
    """The frame that the function of `frame` has called, on the stack of `place`."""
    frames = place.stack.frames
    at = next((at for at, one in enumerate(frames) if one.function == frame.function), 0)
    return frames[at - 1] if at else None


def _front_and_callers(subject: Subject, waiting: Place) -> list[Frame]:
    """The frame in which a goroutine waits, and the nearest frames of own code that called it."""
    front, frames = waiting.front, waiting.stack.frames
    if front is None or front not in frames:
        return []
    callers = (frame for frame in frames[frames.index(front) + 1 :] if subject.ownership.is_own(frame))
    return [front, *islice(callers, _MOST_CALLERS)]


def places_inside(subject: Subject, capture: Capture, function: str) -> list[Place]:
    """The places of own code with this function on their stacks."""
    found = subject.per_places(capture, _by_function)
    return found.get(function, [])


def _by_function(places: Iterable[Place]) -> dict[str, list[Place]]:
    """The places of own code, by each function on their stacks."""
    found: dict[str, list[Place]] = {}
    for place in places:
        for function in dict.fromkeys(place.stack.functions) if place.own else ():
            found.setdefault(function, []).append(place)
    return found
