"""Goroutines of one kind of object: equal numbers of them at several places of one package.

An object that is made again and again mostly starts several goroutines: 542 here and 542 there are 542 objects.
"""

from collections.abc import Iterable

from debugtext.analyzers.evidence.same_type import MOST_PLACES, receiver_or_function, waits_in_method
from debugtext.analyzers.subject import Subject
from debugtext.stacks.crowds import Crowd, crowds
from debugtext.stacks.operations import CHANNELS, READS, Operation
from debugtext.stacks.places import Place, started_by

_LEAST_OF_A_PACKAGE = 100
"""With fewer goroutines, equal numbers in one package may be chance."""
_LEAST_OF_A_TYPE = 20
"""From this many on, exactly equal numbers in methods of one type are hardly chance."""
_LEAST_TWINS = 10
_FOR_OTHERS = CHANNELS | {Operation.SELECT}
_MOST_DIFFERENCE = 0.05


def same_number_elsewhere(subject: Subject, crowd: Crowd) -> tuple[Place, ...]:
    """The other places in the crowd's package with as many goroutines as one of its own; none if any reads a peer.

    A reader of a connection beside them tells that each set of goroutines is for a client, which is still there.
    """
    front = crowd.first.front
    if front is None or crowd.first.count < _LEAST_OF_A_TYPE:
        return ()
    own, counts = {id(place) for place in crowd.places}, [place.count for place in crowd.places]
    few = crowd.first.count < _LEAST_OF_A_PACKAGE
    others = _in_methods_of_their_type(subject, crowd) if few else subject.company(crowd.first.capture).places
    found = tuple(
        place
        for place in others
        if id(place) not in own
        and place.front is not None
        and place.front.package == front.package
        and any(abs(place.count - count) <= (0 if few else _MOST_DIFFERENCE * count) for count in counts)
    )
    return () if any(place.operation in READS for place in found) else found


def twin(subject: Subject, crowd: Crowd) -> Crowd | None:
    """The only equally large crowd in another function of the same package that the same function has started.

    It must wait for other goroutines, too. None if there are several: then it may be chance. Profiles print no starter;
    there closures tell it by their names.
    """
    front = crowd.first.front
    if front is None or not crowd.first.own or crowd.count < _LEAST_TWINS:
        return None
    capture = crowd.first.capture
    waiting = subject.per_places(capture, _by_origin)
    places = waiting.get((front.package, started_by(crowd.first)), [])
    found = [one for one in crowds(places) if one.count == crowd.count and one.first.function != crowd.first.function]
    return found[0] if len(found) == 1 else None


def _by_origin(places: Iterable[Place]) -> dict[tuple[str, str], list[Place]]:
    """The places that wait for other goroutines, by the package in which they wait and their starter."""
    found: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        if place.front is not None and not place.at_rest and place.operation in _FOR_OTHERS:
            found.setdefault((place.front.package, started_by(place)), []).append(place)
    return found


def _in_methods_of_their_type(subject: Subject, crowd: Crowd) -> list[Place]:
    """The places in methods of the type in whose method a crowd waits."""
    by_type = subject.per_places(crowd.first.capture, _by_type)
    found = by_type.get(receiver_or_function(crowd.first.function), [])
    return found if len(found) <= MOST_PLACES else []


def _by_type(places: Iterable[Place]) -> dict[str, list[Place]]:
    """The places in methods, by type."""
    found: dict[str, list[Place]] = {}
    for place in filter(waits_in_method, places):
        found.setdefault(receiver_or_function(place.function), []).append(place)
    return found


def share_with_same_number(subject: Subject, crowd: Crowd) -> float:
    """The share of all goroutines, 0..1, that the crowd and the places with the same number have together."""
    return crowd.share + sum(place.count for place in same_number_elsewhere(subject, crowd)) / max(crowd.total, 1)
