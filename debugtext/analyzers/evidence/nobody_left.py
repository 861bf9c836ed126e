"""Whether nobody is left who could receive: all others in own code or a dependency send too, or wait for those.

Or who could give back what others wait for: one of a pool's connections, say.
"""

from debugtext.analyzers.evidence.excerpts import is_part
from debugtext.analyzers.evidence.stillness import FOR_EVER, wrote_dump
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.operations import AT_WORK, RECEIVES, Operation
from debugtext.analyzers.stacks.ownership import Owner
from debugtext.analyzers.stacks.places import MAIN, Place

_SEVERAL = 2
_RECEIVES_NOTHING = frozenset({
    Operation.SEND, Operation.WAIT_GROUP, Operation.NO_CASES, Operation.NIL_SEND, Operation.NIL_RECEIVE,
    Operation.ACCEPT, Operation.SYSTEM,
})  # fmt: skip
"""A handler that a server is yet to start may receive: what a text shows is a moment, and this no proof."""
_OUT_OF_IT = FOR_EVER | {Operation.SYSTEM, Operation.ACCEPT}
_BETWEEN_ROUNDS = RECEIVES | {Operation.SLEEP, Operation.SELECT}


def nobody_is_left(subject: Subject, crowd: Crowd) -> bool:
    """Whether a whole text shows nobody who could receive what several goroutines of own code send."""
    if crowd.operation is not Operation.SEND or crowd.count < _SEVERAL or not crowd.first.own:
        return False
    capture = crowd.first.capture
    if crowd.first.writes_to_pipe or is_part(subject, capture):
        return False
    places = subject.company(capture).places
    return subject.once(f"nobody left {id(capture)}", lambda _: not any(_may_receive(subject, one) for one in places))


def nobody_has_any(subject: Subject, crowd: Crowd) -> bool:
    """Whether a whole text shows nobody who may have what a crowd waits for, at work or not, but for loops of main."""
    capture = crowd.first.capture
    if is_part(subject, capture):
        return False
    known = {id(place) for place in crowd.places}
    others = (one for one in subject.company(capture).places if id(one) not in known and _may_have_one(subject, one))
    return all(is_loop_of_main(place) for place in others)


def not_pulled(subject: Subject, crowd: Crowd) -> list[tuple[int, str]]:
    """A point where a whole text shows nobody who could ask suspended iterators for more: no other own code goes on.

    They go on in the goroutine that calls next, which iter.Pull has given to it (iter/iter.go).
    """
    capture = crowd.first.capture
    if crowd.operation is not Operation.COROUTINE or is_part(subject, capture):
        return []
    others = (one for one in subject.company(capture).places if one.operation is not Operation.COROUTINE)
    if any(_may_have_one(subject, one) and not _keeps_alive(one) for one in others):
        return []
    return [(1, "the text shows nobody who could ask these iterators for more, or stop them")]


def is_loop_of_main(place: Place) -> bool:
    """Whether it is one that waits for its next round in main, or in what main has started for itself."""
    is_main = place.function == MAIN or place.function.startswith(f"{MAIN}.")
    return place.count == 1 and is_main and place.operation in _BETWEEN_ROUNDS


def _may_have_one(subject: Subject, place: Place) -> bool:
    """Whether it is own code that does not wait for ever, or a dependency's at work; or asleep, for whom ever."""
    if place.idle or place.operation in _OUT_OF_IT or wrote_dump(place):
        return False
    if place.front is None:
        return not place.stack.frames or place.operation is Operation.SLEEP
    is_library = subject.ownership.owner(place.front) is not Owner.STANDARD
    return place.own or (is_library and place.operation in AT_WORK)


def _may_receive(subject: Subject, place: Place) -> bool:
    """Whether a goroutine may come to receive: not one of the standard library, which knows no other's channel."""
    if place.operation in _RECEIVES_NOTHING or wrote_dump(place):
        return False
    if place.front is None:
        return not place.stack.frames and place.operation is not Operation.RUNNING
    return subject.ownership.owner(place.front) is not Owner.STANDARD and not _keeps_alive(place)


def _keeps_alive(place: Place) -> bool:
    """Whether it is main in a select, which in a profile may be one without cases."""
    return place.group.state is None and place.function == MAIN and place.operation is Operation.SELECT
