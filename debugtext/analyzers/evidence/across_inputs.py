"""Which goroutines stayed where they are from one input to the next."""

from collections import defaultdict

from debugtext.analyzers.amounts import MOST
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import normalised_function
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import Operation
from debugtext.stacks.places import Place

_MOMENT_SECONDS = 60
_LEAST_MINUTES = 2
_SHOWN_IN_SECONDS = 120
_HARDLY_MORE = 0.2
_Spot = tuple[str, Operation]


def count_stayed(subject: Subject, crowd: Crowd) -> int:
    """The number of a crowd's goroutines that stood at the same place in each earlier input (the lowest such number).

    Tracebacks print ids: the same id must be in the same function, at the same operation. Profiles only count: their
    numbers must be exactly equal each time, because the number of goroutines that come and go varies.
    """
    return min((_count_in_input(subject, number, crowd) for number in range(len(subject.readings) - 1)), default=0)


def count_stayed_by_id(subject: Subject, crowd: Crowd) -> int:
    """The same by printed ids only, 0 in profiles: equal counts in two profiles may be different goroutines."""
    return min((_count_by_id(subject, number, crowd) or 0 for number in range(len(subject.readings) - 1)), default=0)


def count_replaced(subject: Subject, crowd: Crowd) -> int:
    """The number of goroutines in a crowd that are new since an earlier input, if others have ended in exchange.

    The crowd is compared with the first input, then with the previous one. Others have ended if the crowd has hardly
    grown despite the new goroutines, or if most of those that stood here are gone: leaked goroutines do not end.
    0 if neither is so, or if no ids are printed.
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


def count_gone_on(subject: Subject, crowd: Crowd) -> int:
    """The number of goroutines at a crowd's place that have gone on since the previous input, if none came instead."""
    if len(subject.readings) == 1:
        return 0
    previous = len(subject.readings) - 2
    gone = sum(place.count for place in same_place(subject, previous, crowd.first)) - crowd.count
    stayed_on = _count_by_id(subject, previous, crowd)
    return gone if gone > 0 and stayed_on in (crowd.count, None) else 0


def _count_in_input(subject: Subject, number: int, crowd: Crowd) -> int:
    """The number of the crowd's goroutines that were there in the earlier input with this number."""
    named = _count_by_id(subject, number, crowd)
    if named is not None:
        return named
    count = sum(place.count for place in same_place(subject, number, crowd.first))
    return count if count == crowd.count else 0


def _count_by_id(subject: Subject, number: int, crowd: Crowd) -> int | None:
    """The number of the crowd's ids that were there in an earlier input; None if no ids are printed."""
    before = subject.once(_ids_there, number, *spot_of(crowd.first))
    now = [identity for place in crowd.places for identity in ids_of(subject, place)]
    return sum(identity in before for identity in now) if before and now else None


def _ids_there(subject: Subject, number: int, function: str, operation: Operation) -> set[int]:
    there = subject.once(_earlier_by_spot)[number].get((function, operation), [])
    return {identity for place in there for identity in ids_of(subject, place)}


def same_place(subject: Subject, number: int, place: Place) -> list[Place]:
    """The places with the same function and operation in the earlier input with this number."""
    return subject.once(_earlier_by_spot)[number].get(spot_of(place), [])


def _earlier_by_spot(subject: Subject) -> list[dict[_Spot, list[Place]]]:
    """The places of each earlier input by function and operation, made once: there may be as many crowds as places."""
    by_spot: list[dict[_Spot, list[Place]]] = []
    for places in subject.earlier_places:
        by_spot.append({})
        for place in places:
            by_spot[-1].setdefault(spot_of(place), []).append(place)
    return by_spot


def spot_of(place: Place) -> _Spot:
    """The function to open and the operation of a place, which are the same in each text."""
    return normalised_function(place.function), place.operation


def count_woken(subject: Subject, crowd: Crowd) -> int:
    """The number of a crowd's goroutines with shorter waits than in the previous input: woken, they came back."""
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
    """The minutes that lie at least between the first and the last input: the most by which a single wait has grown."""
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
    """The minutes known to lie between the first and the last input: from their times, or from how waits have grown."""
    known = (subject.seconds_apart or 0) / 60
    return max(known, subject.once(minutes_between))


def is_a_moment_apart(subject: Subject) -> bool:
    """True if the first and the last input are so close that a goroutine at one place in both may only be slow."""
    return subject.seconds_apart is not None and subject.seconds_apart < _MOMENT_SECONDS


def apart_in_words(subject: Subject) -> str:
    """`, 10 min apart`: goroutines that stayed have waited at least so long. Empty if the inputs tell no times."""
    seconds = subject.seconds_apart
    if seconds is None or seconds < 1:
        return ""
    return f", {seconds:,.0f} s apart" if seconds < _SHOWN_IN_SECONDS else f", {seconds / 60:,.0f} min apart"


def woken_within_minutes(subject: Subject, crowd: Crowd) -> int:
    """The minutes within which most of a crowd was woken and came back, while others waited; 0 if that is not so.

    Go prints waits from one minute on. Between inputs that are minutes apart, the time that passed is the measure;
    else the longest wait of any goroutine is, and no goroutine of the crowd may have a printed wait.
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
    """The number of goroutines at a function in the first input that are still there in the last; None without ids.

    Equal ids mean one process, in which closures keep their numbers: `f.func1` and `f.func2` are two functions.
    """
    first, last = (subject.once(_ids_by_function, number) for number in (0, -1))
    return len(first[function] & last[function]) if last[function] else None


def _ids_by_function(subject: Subject, number: int) -> defaultdict[str, set[int]]:
    """The goroutine ids at each function of an input, by its full name with closure numbers."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for place in (*subject.earlier_places, subject.places)[number]:
        found[place.function].update(ids_of(subject, place))
    return found


def ids_of(subject: Subject, place: Place) -> list[int]:
    """The goroutine ids of a place; none in profiles."""
    return subject.members(place.capture).ids(place)
