"""Goroutines of one kind of object: as many of them at several places of one package.

What is made again and again mostly starts more than one goroutine: 542 at one place and 542 at another are 542 objects.
"""

from debugtext.analyzers.evidence.beside import kind_of, waits_in_method
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.stacks.waiting import READS

_LEAST = 100
"""Of fewer, equal numbers may be chance."""
_LEAST_OF_A_TYPE = 20
"""But hardly from so many on, where they are exactly as many in methods of one type."""
_ALIKE = 0.05


def kin(subject: Subject, crowd: Crowd) -> tuple[Place, ...]:
    """The other places of the crowd's package with as many goroutines as one of its own; none if any reads a peer.

    Who reads a connection beside them tells that each set is for a client, who is there.
    """
    front = crowd.first.front
    if front is None or crowd.first.count < _LEAST_OF_A_TYPE:
        return ()
    own = {id(place) for place in crowd.places}
    found = tuple(
        place
        for place in subject.company(crowd.first.capture).places
        if id(place) not in own
        and place.front is not None
        and place.front.package == front.package
        and _is_kin(crowd, place)
    )
    return () if any(place.operation in READS for place in found) else found


def _is_kin(crowd: Crowd, other: Place) -> bool:
    """Whether another place of their package has as many goroutines as one of a crowd's."""
    if crowd.first.count >= _LEAST:
        return any(abs(other.count - place.count) <= _ALIKE * place.count for place in crowd.places)
    of_a_type = waits_in_method(other) and kind_of(other.function) == kind_of(crowd.first.function)
    return of_a_type and any(other.count == place.count for place in crowd.places)


def share_with_kin(subject: Subject, crowd: Crowd) -> float:
    """Which part of all goroutines the crowd and its kin are, 0..1."""
    return crowd.share + sum(place.count for place in kin(subject, crowd)) / max(crowd.total, 1)
