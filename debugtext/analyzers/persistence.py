"""Which goroutines stayed where they are from one input to the next."""

from debugtext.analyzers._rule import Subject
from debugtext.analyzers.crowds import Crowd
from debugtext.analyzers.places import Place
from debugtext.records.findings import normalised_function


def stayed(subject: Subject, crowd: Crowd) -> int:
    """How many of a crowd's goroutines stood at the same place in all earlier inputs, by the fewest of them.

    Tracebacks name goroutines: there the same id must be on the same functions. Profiles only count: there the number
    must be the very same each time, because goroutines that come and go vary.
    """
    return min((_there(subject, places, crowd) for places in subject.earlier_places), default=0)


def _there(subject: Subject, places: tuple[Place, ...], crowd: Crowd) -> int:
    """How many of the crowd were there in an earlier input."""
    function, operation = normalised_function(crowd.first.function), crowd.operation
    same = [
        place for place in places if place.operation is operation and normalised_function(place.function) == function
    ]
    before = {number for place in same for number in ids_of(subject, place)}
    now = [number for place in crowd.places for number in ids_of(subject, place)]
    if before and now:
        return sum(number in before for number in now)
    count = sum(place.count for place in same)
    return count if count == crowd.count else 0


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
