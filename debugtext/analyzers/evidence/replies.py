"""Who asked and waits for the reply: callers of a loop that is gone have handed it one request, and no other.

A method sends its request, and on the next lines receives the answer. Where the loop has ended, one at most waits for
the answer, all others to send; they take no turns.
"""

from debugtext.analyzers.evidence.excerpts import is_part
from debugtext.analyzers.evidence.receivers import could_receive
from debugtext.analyzers.evidence.turns import further_down, hands_on_its_work
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.operations import AT_WORK, RECEIVES, Operation
from debugtext.analyzers.stacks.places import Place

_WAITS = RECEIVES | {Operation.SELECT}
_NEXT_LINES = 10
"""So near to the line that sends is the one that receives the answer; what has a slot does its work between them."""


def nobody_replies(subject: Subject, crowd: Crowd) -> bool:
    """Whether a whole text shows nobody who could receive what a crowd sends and answer who waits for that already."""
    first = crowd.first
    if crowd.operation is not Operation.SEND or not first.own or is_part(subject, first.capture):
        return False
    if any(map(hands_on_its_work, crowd.places)):
        return False  # those who should receive are seen among them
    asked = [place for place in further_down(subject, first) if place.operation is not Operation.SEND]
    if not asked or not all(_awaits_reply(place, first) for place in asked) or could_receive(subject, crowd):
        return False
    known = {id(place) for place in (*crowd.places, *asked)}
    others = (place for place in subject.company(first.capture).places if id(place) not in known)
    return not any(_may_reply(place, first) for place in others)


def _awaits_reply(place: Place, sender: Place) -> bool:
    """Whether one waits in the function that sends, a few lines further down."""
    if place.operation not in _WAITS or place.function != sender.function or not place.front or not sender.front:
        return False
    return 0 < (place.front.line or 0) - (sender.front.line or 0) <= _NEXT_LINES


def _may_reply(place: Place, sender: Place) -> bool:
    """Whether one is blocked in code of the senders' package: it may be their loop; who is at work there is known."""
    package = sender.front.package if sender.front else ""
    return place.operation not in AT_WORK and any(frame.package == package for frame in place.stack.frames)
