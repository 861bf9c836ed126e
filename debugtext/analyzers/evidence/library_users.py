"""Finds the own goroutines that use a library's objects: as many as the library's goroutines, in all texts alike.

A library's goroutine serves an object that own code has made, and mostly an own goroutine waits at that object: 184
subscriptions have 184 goroutines that read from them. The library's stacks do not tell whose they are; their parents'
ids do, if they are printed. A request handler that only answers its own client uses no such object.
"""

from collections import Counter
from collections.abc import Iterable

from debugtext.analyzers.evidence.served_clients import RESPONSE
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import normalised_function
from debugtext.stacks.company import SERVES
from debugtext.stacks.crowds import Crowd, crowds
from debugtext.stacks.operations import IO, Operation
from debugtext.stacks.places import Place

_LEAST_USERS = 10
"""With fewer goroutines, equal numbers are chance."""
_MOST_DIFFERENCE = 0.05
_FEW_EACH = 2
"""How many library goroutines a user may have: for a child process, one copies its output, and one its errors."""
_USES_NOTHING = frozenset({Operation.RUNNING, Operation.SYSTEM, Operation.ACCEPT, Operation.SLEEP})
"""In these a goroutine does not wait for what an object gives."""


def users_of(subject: Subject, crowd: Crowd) -> Crowd | None:
    """The own goroutines that are as many as a library's, if no frame or creator of the library's is own code."""
    if shows_own_code(subject, crowd):
        return None
    functions = {normalised_function(place.function) for place in crowd.places}
    counts = _counts_at(crowd.places, functions)
    known = bool(crowd.first.libraries)  # then own goroutines that fit a signature get a finding of their own
    waiting = (
        place
        for place in subject.company(crowd.first.capture).places
        if place.own
        and not (known and place.libraries)
        and place.operation not in _USES_NOTHING
        and not _only_serves_its_client(place)
    )
    users = [
        own
        for own in crowds(waiting)
        if own.count >= _LEAST_USERS and _difference(own.count, counts) <= _MOST_DIFFERENCE
    ]
    users = [own for own in users if all(_are_as_many_in(own, functions, places) for places in subject.earlier_places)]
    return min(users, key=lambda own: _difference(own.count, counts), default=None)


def starters_of(subject: Subject, crowd: Crowd) -> Crowd | None:
    """The own goroutines, waiting in one function, that started a library's (two each at most), by the printed ids."""
    members = subject.members(crowd.first.capture)
    parents = members.parents_of_all(crowd.places)
    if any(place.own for place in crowd.places) or len(parents) * _FEW_EACH < crowd.count:
        return None
    there = [
        place
        for place in subject.company(crowd.first.capture).places
        if place.own and place.operation not in _USES_NOTHING and not parents.isdisjoint(members.ids(place))
    ]
    first = next(iter(crowds(there)), None)
    return first if first is not None and first.count * _FEW_EACH >= crowd.count else None


def shows_own_code(subject: Subject, crowd: Crowd) -> bool:
    """True if a frame or a creator in the crowd is own code."""
    creators = (place.stack.created_by for place in crowd.places)
    made = any(creator is not None and subject.ownership.is_own(creator) for creator in creators)
    return made or any(place.own for place in crowd.places)


def _only_serves_its_client(place: Place) -> bool:
    """True if `place` serves a request and only reads or writes its own connection: it need not use any object."""
    return place.operation in IO and SERVES in place.stack.functions and RESPONSE not in place.stack.functions


def _are_as_many_in(own: Crowd, functions: set[str], places: tuple[Place, ...]) -> bool:
    """True if an earlier text, with these places, had as many goroutines of both."""
    count = sum(_counts_at(places, {normalised_function(own.first.function)}))
    return _difference(count, _counts_at(places, functions)) <= _MOST_DIFFERENCE


def _counts_at(places: Iterable[Place], functions: set[str]) -> list[int]:
    """The number of goroutines at each of these functions."""
    counts: Counter[str] = Counter()
    for place in places:
        counts[normalised_function(place.function)] += place.count
    return [counts[function] for function in functions]


def _difference(count: int, counts: Iterable[int]) -> float:
    """The relative difference, 0..1, of `count` from the nearest of `counts`."""
    return min((abs(count - number) / max(count, number, 1) for number in counts), default=1.0)


def unseen_code_in_words(subject: Subject, crowd: Crowd) -> str:
    """What a title adds if no stack leads to the user's code, so that nobody looks for the fault in the library.

    Nothing for the connections of a server: its clients have made them.
    """
    is_known = shows_own_code(subject, crowd) or SERVES in crowd.first.stack.functions
    return "" if is_known else f"; your code that made {'it' if crowd.count == 1 else 'them'} is not in the text"
