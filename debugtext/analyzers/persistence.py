"""Which goroutines stayed where they are from one input to the next."""

from debugtext.analyzers._rule import Subject
from debugtext.analyzers.crowds import Crowd
from debugtext.analyzers.places import Place
from debugtext.records.findings import normalised_function

_LEAST_MINUTES = 2


def stayed(subject: Subject, crowd: Crowd) -> int:
    """How many of a crowd's goroutines stood at the same place in all earlier inputs, by the fewest of them.

    Tracebacks name goroutines: there the same id must be on the same functions. Profiles only count: there the number
    must be the very same each time, because goroutines that come and go vary.
    """
    return min((_there(subject, places, crowd) for places in subject.earlier_places), default=0)


def _there(subject: Subject, places: tuple[Place, ...], crowd: Crowd) -> int:
    """How many of the crowd were there in an earlier input."""
    same = _same_place(places, crowd)
    before = {number for place in same for number in ids_of(subject, place)}
    now = [number for place in crowd.places for number in ids_of(subject, place)]
    if before and now:
        return sum(number in before for number in now)
    count = sum(place.count for place in same)
    return count if count == crowd.count else 0


def _same_place(places: tuple[Place, ...], crowd: Crowd) -> list[Place]:
    """Where the crowd stood in another input."""
    function, operation = normalised_function(crowd.first.function), crowd.operation
    return [
        place for place in places if place.operation is operation and normalised_function(place.function) == function
    ]


def woken(subject: Subject, crowd: Crowd) -> int:
    """How many of a crowd wait for less long than they did in the input before: they were woken and came back."""
    if len(subject.readings) == 1:
        return 0
    before: dict[int, int] = {}
    for place in _same_place(subject.earlier_places[-1], crowd):
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


def went_round(subject: Subject, crowd: Crowd) -> int:
    """The minutes for which others waited while most of these did not: they were woken and came back; 0 if not so.

    A wait is printed from one minute on. Between two inputs the time passed tells, in one input the wait of others.
    """
    waits = crowd.waits
    between = subject.once("minutes between", minutes_between)
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
    """How many goroutines at a function in the first input still are in the last; None where no ids are printed."""
    name = normalised_function(function)
    first = {number for place in subject.earlier_places[0] if _is_at(place, name) for number in ids_of(subject, place)}
    last = {number for place in subject.places if _is_at(place, name) for number in ids_of(subject, place)}
    return len(first & last) if last else None


def _is_at(place: Place, name: str) -> bool:
    return normalised_function(place.function) == name


def ids_of(subject: Subject, place: Place) -> list[int]:
    """The goroutine ids of a place; none in profiles."""
    return subject.members(place.capture).ids(place)
