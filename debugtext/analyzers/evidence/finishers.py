"""Whether another goroutine may still call Done for those that wait for a WaitGroup."""

from debugtext.analyzers.amounts import FEW, HUNDREDS
from debugtext.analyzers.evidence.excerpts import is_part
from debugtext.analyzers.evidence.receivers import could_be_woken, functions_not_waited_for
from debugtext.analyzers.evidence.singleflight import singleflight_caller
from debugtext.analyzers.evidence.stillness import FOR_EVER, wrote_dump
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import normalised_function
from debugtext.records.reasons import Reason
from debugtext.stacks.company import SERVES
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import RECEIVES, Operation
from debugtext.stacks.ownership import Owner
from debugtext.stacks.places import MAIN, Place

_CANNOT_FINISH = FOR_EVER | {Operation.SYSTEM}
_BETWEEN_ROUNDS = RECEIVES | {Operation.SLEEP, Operation.SELECT}
_OWN_CHANNELS = frozenset({Operation.SEND, Operation.RECEIVE, Operation.RANGE})


def who_may_finish(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Points from the other goroutines for a crowd without long waits: fewer if they are busy, more if none is there.

    None if a singleflight caller does the work for all and waits for a channel: other busy goroutines do not help.
    """
    first = singleflight_caller(subject, crowd)
    if first is not None and first.operation in _OWN_CHANNELS:
        return []
    if first is not None and crowd.count >= HUNDREDS:
        return [Reason(-1, "one call does the work for all of them, and is busy")]
    if nobody_may_finish(subject, crowd):
        return [Reason(2, "nobody else in the text could call Done")]
    if could_be_woken(subject, crowd, soon=True):
        return [Reason(-2, "others in the same code are busy: they may be what these wait for")]
    return []


def nobody_may_finish(subject: Subject, crowd: Crowd) -> bool:
    """True if a whole text shows no goroutine that could call Done for a crowd that waits for a WaitGroup.

    A worker that is still there has not called Done yet; if no worker is there, all have ended. The loops of main, one
    goroutine each, only start work: they do not do the work for each of many waiters.
    """
    if crowd.operation is not Operation.WAIT_GROUP or crowd.count < FEW or not crowd.first.own:
        return False
    capture = crowd.first.capture
    if is_part(subject, capture) or singleflight_caller(subject, crowd) is not None:
        return False
    known, skipped = {id(place) for place in crowd.places}, functions_not_waited_for(subject, crowd)
    others = (one for one in subject.company(capture).places if id(one) not in known and _may_be_worker(subject, one))
    return all(
        _is_loop_of_main(one) or (one.function and normalised_function(one.function) in skipped) for one in others
    )


def _is_handler(place: Place) -> bool:
    """True if own code serves a request there: what is known about idle connections does not apply to it."""
    return place.own and SERVES in place.stack.functions


def _is_loop_of_main(place: Place) -> bool:
    """True for a single goroutine that waits for its next round in a closure of main."""
    return place.count == 1 and place.function.startswith(f"{MAIN}.") and place.operation in _BETWEEN_ROUNDS


def _may_be_worker(subject: Subject, place: Place) -> bool:
    """True if `place` may be a worker: own or library code that does not wait for ever, and is no server's only loop.

    A goroutine without a stack may be one too: the runtime prints none for a goroutine that runs on another processor.
    """
    if place.operation is Operation.ACCEPT:
        return place.count > 1
    if (place.idle and not _is_handler(place)) or place.operation in _CANNOT_FINISH or wrote_dump(place):
        return False
    if place.front is None:
        return not place.stack.frames and (place.group.state is not None or place.operation is not Operation.RUNNING)
    return subject.ownership.owner(place.front) is not Owner.STANDARD
