"""Iterators that iter.Pull has suspended: who pulls one to its end, or calls stop, leaves none behind.

Their minutes tell nothing, and neither does it that they stand where they stood: each is where its `next` left it.
"""

from debugtext.analyzers.evidence.excerpts import is_part
from debugtext.analyzers.evidence.stillness import FOR_EVER, wrote_dump
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.operations import Operation
from debugtext.analyzers.stacks.ownership import Owner
from debugtext.analyzers.stacks.places import MAIN, Place

_SEVERAL = 5
_BETWEEN_ROUNDS = frozenset({Operation.SLEEP, Operation.SELECT})
_PULLS_NOTHING = FOR_EVER | {Operation.COROUTINE, Operation.SYSTEM, Operation.ACCEPT}


def half_read(subject: Subject, crowd: Crowd) -> list[tuple[int, str]]:
    """Several iterators, with nobody left who could read on."""
    if crowd.operation is Operation.COROUTINE and crowd.count >= _SEVERAL and _nobody_pulls(subject, crowd):
        return [(2, "the text shows nobody who could pull them, or call their stop")]
    return []


def _nobody_pulls(subject: Subject, crowd: Crowd) -> bool:
    """Whether a whole text shows nobody in own code or a library's who goes on, besides those that are suspended."""
    capture = crowd.first.capture
    if is_part(subject, capture):
        return False
    return not any(_may_pull(subject, place) for place in subject.company(capture).places)


def _may_pull(subject: Subject, place: Place) -> bool:
    """Whether a goroutine may have the `next` of an iterator: the standard library's servers and clients have none.

    Main has started the rest and waits for its next round, or for the end; in a profile its select may have no cases.
    Who sleeps does so for code that is not shown.
    """
    if place.operation in _PULLS_NOTHING or wrote_dump(place):
        return False
    if place.function == MAIN and place.operation in _BETWEEN_ROUNDS:
        return False
    if place.operation is Operation.SLEEP:
        return True
    if place.front is None:
        return not place.stack.frames and place.operation is not Operation.RUNNING
    return subject.ownership.owner(place.front) is not Owner.STANDARD
