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
    return min((_there(places, crowd) for places in subject.earlier_places), default=0)


def _there(places: tuple[Place, ...], crowd: Crowd) -> int:
    """How many of the crowd were there in an earlier input."""
    function, operation = normalised_function(crowd.first.function), crowd.operation
    same = [
        place
        for place in places
        if place.operation is operation and normalised_function(place.function) == function
    ]
    before = {number for place in same for number in ids_of(place)}
    now = [number for place in crowd.places for number in ids_of(place)]
    if before and now:
        return sum(number in before for number in now)
    count = sum(place.count for place in same)
    return count if count == crowd.count else 0


def ids_of(place: Place) -> list[int]:
    """The goroutine ids of a place; none in profiles."""
    body = place.capture.body
    goroutines = getattr(getattr(body, "dump", body), "goroutines", None)
    ids = getattr(goroutines, "ids", None)
    if ids is None:
        return []
    return [ids[index] for index in place.group.members]


def survivors(subject: Subject, function: str) -> int | None:
    """How many goroutines of the first input at a function are still there in the last; None where ids are not printed."""
    name = normalised_function(function)
    first = {number for place in subject.earlier_places[0] if _is_at(place, name) for number in ids_of(place)}
    last = {number for place in subject.places if _is_at(place, name) for number in ids_of(place)}
    return len(first & last) if last else None


def _is_at(place: Place, name: str) -> bool:
    return normalised_function(place.function) == name
