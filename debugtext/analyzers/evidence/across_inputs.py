"""Which goroutines stayed where they are from one input to the next."""

from collections import defaultdict
from collections.abc import Iterable

from debugtext.analyzers.amounts import MOST
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.operations import Operation
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import normalised_function

_MOMENT_SECONDS = 60
_LEAST_MINUTES = 2
_SHOWN_IN_SECONDS = 120
_HARDLY_MORE = 0.2
_Spot = tuple[str, Operation]


def count_stayed(subject: Subject, crowd: Crowd) -> int:
    """How many of a crowd's goroutines stood at the same place in all earlier inputs, by the fewest of them.

    Tracebacks name goroutines: there the same id must be on the same functions. Profiles only count: there the number
    must be the very same each time, because goroutines that come and go vary.
    """
    return min((_count_in_input(subject, number, crowd) for number in range(len(subject.readings) - 1)), default=0)


def count_stayed_by_id(subject: Subject, crowd: Crowd) -> int:
    """The same of goroutines that are named: equal counts of two profiles may be of others each time."""
    return min((_count_by_id(subject, number, crowd) or 0 for number in range(len(subject.readings) - 1)), default=0)


def count_replaced(subject: Subject, crowd: Crowd) -> int:
    """How many of a crowd did not stand here in the first input, while nearly as many others have ended since.

    Or while most of those that stood here in that one, or in the input before, have: what leaks does not end. 0 where
    they have become more by most of these, or no ids are printed.
    """
    inputs = len(subject.readings)
    for number in dict.fromkeys((0, inputs - 2)) if inputs > 1 else ():
        stayed_on = _count_by_id(subject, number, crowd)
        if stayed_on is None:
            return 0
        new, before = crowd.count - stayed_on, sum(place.count for place in same_place(subject, number, crowd.first))
        if crowd.count - before <= new * _HARDLY_MORE or before - stayed_on >= before * MOST:
            return new
    return 0


def _count_in_input(subject: Subject, number: int, crowd: Crowd) -> int:
    """How many of the crowd were there in an earlier input, by its number."""
    named = _count_by_id(subject, number, crowd)
    if named is not None:
        return named
    count = sum(place.count for place in same_place(subject, number, crowd.first))
    return count if count == crowd.count else 0


def _count_by_id(subject: Subject, number: int, crowd: Crowd) -> int | None:
    """How many of the crowd were there by their ids; None where they are not printed."""
    before = subject.once(_ids_there, number, *spot_of(crowd.first))
    now = [identity for place in crowd.places for identity in ids_of(subject, place)]
    return sum(identity in before for identity in now) if before and now else None


def _ids_there(subject: Subject, number: int, function: str, operation: Operation) -> set[int]:
    there = subject.once(_earlier_by_spot)[number].get((function, operation), [])
    return {identity for place in there for identity in ids_of(subject, place)}


def same_place(subject: Subject, number: int, place: Place) -> list[Place]:
    """Where others stood in the same function for the same in an earlier input, by its number."""
    return subject.once(_earlier_by_spot)[number].get(spot_of(place), [])


def _earlier_by_spot(subject: Subject) -> list[dict[_Spot, list[Place]]]:
    """The places of each earlier input by function and operation: there may be as many crowds as places."""
    by_spot: list[dict[_Spot, list[Place]]] = []
    for places in subject.earlier_places:
        by_spot.append({})
        for place in places:
            by_spot[-1].setdefault(spot_of(place), []).append(place)
    return by_spot


def spot_of(place: Place) -> _Spot:
    """The function to open, and what is waited for there: the same in each text."""
    return normalised_function(place.function), place.operation


def count_woken(subject: Subject, crowd: Crowd) -> int:
    """How many of a crowd wait for less long than they did in the input before: they were woken and came back."""
    if len(subject.readings) == 1:
        return 0
    before: dict[int, int] = {}
    for place in same_place(subject, -1, crowd.first):
        before |= subject.members(place.capture).waits(place)
    now: dict[int, int] = {}
    for place in crowd.places:
        now |= subject.members(place.capture).waits(place)
    return sum(minutes < before.get(number, 0) for number, minutes in now.items())


def minutes_between(subject: Subject) -> int:
    """How many minutes at least lie between the first and the last input, by who has waited so much longer."""
    if len(subject.readings) == 1:
        return 0
    before = {(place.stack.functions, place.operation): place.oldest_minutes for place in subject.earlier_places[0]}
    return max(
        (
            place.oldest_minutes - before[key]
            for place in subject.places
            if place.count == 1 and (key := (place.stack.functions, place.operation)) in before
        ),
        default=0,
    )


def minutes_surely_passed(subject: Subject) -> float:
    """How many minutes lie between the first and the last input as far as is known: by their times, or by the waits."""
    known = (subject.seconds_apart or 0) / 60
    return max(known, subject.once(minutes_between))


def is_a_moment_apart(subject: Subject) -> bool:
    """Whether so little time lies between the first and the last input that who stands in both may only be slow."""
    return subject.seconds_apart is not None and subject.seconds_apart < _MOMENT_SECONDS


def time_apart_in_words(subject: Subject) -> str:
    """`, 10 min apart` where the first and the last input tell their times: so long at least who stayed has stood."""
    seconds = subject.seconds_apart
    if seconds is None or seconds < 1:
        return ""
    return f", {seconds:,.0f} s apart" if seconds < _SHOWN_IN_SECONDS else f", {seconds / 60:,.0f} min apart"


def woken_within_minutes(subject: Subject, crowd: Crowd) -> int:
    """The minutes for which others waited while most of these did not: they were woken and came back; 0 if not so.

    A wait is printed from one minute on. Between two inputs the time passed tells, in one input the wait of others.
    """
    waits = crowd.waits
    between = subject.once(minutes_between)
    passed = between - 1
    if between < _LEAST_MINUTES:
        if waits:
            return 0
        passed = subject.company(crowd.first.capture).oldest_minutes
        if passed <= _LEAST_MINUTES:
            return 0
    long = sum(minutes >= passed for minutes in waits)
    return passed if long * 2 < crowd.count else 0


def survivors(subject: Subject, function: str) -> int | None:
    """How many goroutines at a function in the first input still are in the last; None where no ids are printed.

    Ids are those of one process, in which no closure is renumbered: those of other numbers are other functions.
    """
    first, last = subject.once(_ids_at_first), subject.once(_ids_at_last)
    return len(first[function] & last[function]) if last[function] else None


def _ids_at_first(subject: Subject) -> defaultdict[str, set[int]]:
    return _ids_by_function(subject, subject.earlier_places[0])


def _ids_at_last(subject: Subject) -> defaultdict[str, set[int]]:
    return _ids_by_function(subject, subject.places)


def _ids_by_function(subject: Subject, places: Iterable[Place]) -> defaultdict[str, set[int]]:
    """The goroutine ids at each function, by its very name."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for place in places:
        found[place.function].update(ids_of(subject, place))
    return found


def ids_of(subject: Subject, place: Place) -> list[int]:
    """The goroutine ids of a place; none in profiles."""
    return subject.members(place.capture).ids(place)
