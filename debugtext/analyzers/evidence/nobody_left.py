"""Whether no goroutine is left that could receive: all in own code or a dependency send too, or wait for senders."""

from debugtext.analyzers.evidence.excerpts import is_part
from debugtext.analyzers.evidence.stillness import wrote_dump
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import Operation
from debugtext.stacks.ownership import Owner
from debugtext.stacks.places import MAIN, Place

_LEAST_SENDERS = 2
_RECEIVES_NOTHING = frozenset({
    Operation.SEND, Operation.WAIT_GROUP, Operation.NO_CASES, Operation.NIL_SEND, Operation.NIL_RECEIVE,
    Operation.ACCEPT, Operation.SYSTEM,
})  # fmt: skip
"""Goroutines in these do not come to receive.

If all are, that is still no proof: a text shows one moment, and a handler that a server is yet to start may receive.
"""


def nobody_is_left(subject: Subject, crowd: Crowd) -> bool:
    """True if a whole text shows no goroutine that could receive what several goroutines of own code send."""
    if crowd.operation is not Operation.SEND or crowd.count < _LEAST_SENDERS or not crowd.first.own:
        return False
    capture = crowd.first.capture
    if crowd.first.writes_to_pipe or is_part(subject, capture):
        return False
    return subject.once(_has_no_receiver, capture)


def _has_no_receiver(subject: Subject, capture: Capture) -> bool:
    return not any(_may_receive(subject, place) for place in subject.company(capture).places)


def _may_receive(subject: Subject, place: Place) -> bool:
    """True if `place` may come to receive; the standard library's goroutines do not: they know no channel of others."""
    if place.operation in _RECEIVES_NOTHING or wrote_dump(place):
        return False
    if place.front is None:
        return not place.stack.frames and place.operation is not Operation.RUNNING
    return subject.ownership.owner(place.front) is not Owner.STANDARD and not _is_main_in_select(place)


def _is_main_in_select(place: Place) -> bool:
    """True for main in a select, in a profile: that may be a `select {}`, which only keeps the program alive."""
    return place.group.state is None and place.function == MAIN and place.operation is Operation.SELECT
