"""Who waits at a Cond of the same object as a crowd: a queue is never full and empty at once."""

from debugtext.analyzers.evidence.beside import kind_of
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.arguments import sure_pointer
from debugtext.analyzers.stacks.crowds import Crowd, crowds
from debugtext.analyzers.stacks.operations import Operation
from debugtext.analyzers.stacks.places import Place


def other_side(subject: Subject, crowd: Crowd) -> Crowd | None:
    """Those who wait at a Cond in another method of the crowd's type: most of them in one function.

    Who puts and who takes mostly have a Cond each. Where a traceback prints the objects they are of one of the crowd's;
    a profile prints none.
    """
    kind = kind_of(crowd.first.function)
    if crowd.operation is not Operation.CONDITION or not kind.endswith(")"):
        return None
    objects = {found for place in crowd.places for found in _objects(subject, place)}
    others = [
        place
        for place in subject.company(crowd.first.capture).places
        if place.operation is Operation.CONDITION
        and place.function != crowd.first.function
        and kind_of(place.function) == kind
        and (place.group.state is None or not objects.isdisjoint(_objects(subject, place)))
    ]
    return next(iter(crowds(others)), None)


def _objects(subject: Subject, place: Place) -> set[int]:
    """The objects of whose type's method the goroutines of a place wait, as far as Go prints them."""
    if place.front is None or place.front not in place.stack.frames:
        return set()
    at = place.stack.frames.index(place.front)
    sampled = subject.members(place.capture).sampled(place)
    return {found for _, words in sampled if at < len(words) and (found := sure_pointer(words[at])) is not None}
