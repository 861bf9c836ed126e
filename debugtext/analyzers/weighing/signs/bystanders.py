"""The sign `bystanders`: the other goroutines of a text. None at all, none that could wake the crowd, or busy ones."""

from debugtext.analyzers.amounts import FEW, HUNDREDS, MANY, THOUSANDS
from debugtext.analyzers.evidence.absent_receivers import absent_receivers
from debugtext.analyzers.evidence.excerpts import are_picked_out, shows_few, shows_only
from debugtext.analyzers.evidence.finishers import who_may_finish
from debugtext.analyzers.evidence.nobody_left import nobody_is_left
from debugtext.analyzers.evidence.own_slots import fill_their_own_pool
from debugtext.analyzers.evidence.receivers import possible_receiver
from debugtext.analyzers.evidence.served_clients import is_served
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.case import Case
from debugtext.records.goroutines import GoroutineDump
from debugtext.records.reasons import Reason
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import IO, RECEIVES, SURE_MINUTES, Operation
from debugtext.stacks.ownership import started_with
from debugtext.stacks.places import is_old, words_of
from debugtext.stacks.waiting import c_function

PICKED_MINUTES, _PICKED_REQUEST_MINUTES = 10, 5
"""A goroutine that somebody shows alone is worth a note, and mostly an alarm, from this age on; a request sooner."""
_ACTIVE = frozenset({Operation.SYSCALL, Operation.SLEEP})
_FOR_AN_END = RECEIVES | {Operation.SEND, Operation.WAIT_GROUP, Operation.SEMAPHORE, Operation.CONDITION}
_AWAKE = IO | {Operation.RUNNING, Operation.ACCEPT}
"""A goroutine that runs or uses a connection, if only to write the dump, shows that the program is alive."""


def bystanders(case: Case) -> list[Reason]:
    """What the other goroutines of the text say: the first of these answers that says anything."""
    for look in (_in_their_own_pool, _picked_out, _receivers, _finishers, _nobody_awake):
        if found := look(case.subject, case.crowd):
            return found
    return []


def _in_their_own_pool(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Points if all workers of a pool wait for a free worker of that pool: none can become free."""
    if not fill_their_own_pool(subject, crowd):
        return []
    return [Reason(3, "every worker of this pool waits for a free worker: none can become free")]


def _picked_out(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Points if the text shows only these, or few more: somebody has picked them out."""
    is_cut = crowd.share < 1
    if crowd.count >= (FEW if is_cut else MANY) and are_picked_out(subject, crowd):
        if is_cut and crowd.count >= THOUSANDS and shows_only(subject, crowd):
            return [Reason(4, f"of {crowd.total:,} goroutines the text shows only these")]
        shown = "only these" if shows_only(subject, crowd) else "only what one function has started"
        return [Reason(2, f"the text shows {shown}")]
    if shows_only(subject, crowd) and _ends_something(subject, crowd):
        return [Reason(3, "the text shows only this, which should have ended within seconds")]
    is_request_or_call = is_served(crowd) or bool(c_function(crowd.first.stack))
    picked = _PICKED_REQUEST_MINUTES if is_request_or_call else PICKED_MINUTES if crowd.count == 1 else SURE_MINUTES
    if crowd.waits and crowd.waits[-1] >= picked and shows_few(subject, crowd.first.capture) and not _is_loop(crowd):
        return [Reason(2, "an excerpt without the main goroutine: somebody picked this out")]
    return []


def _is_loop(crowd: Crowd) -> bool:
    """True for a single goroutine that receives or selects in the function in which it began: it may rest there.

    Closures do not count as that function: they are started for what they call. In a function called further on, the
    goroutine waits in the middle of something.
    """
    if crowd.count > 1 or not (crowd.operation in RECEIVES or crowd.operation is Operation.SELECT):
        return False
    for frame in reversed(started_with(crowd.first.stack)):
        if frame.function == crowd.first.function or ".func" not in frame.function:
            return frame.function == crowd.first.function
    return False


def _ends_something(subject: Subject, crowd: Crowd) -> bool:
    """True if they wait for others in a function named for ending something: `Close`, `OnStop`."""
    return crowd.operation in _FOR_AN_END and subject.knowledge.is_end(words_of(crowd.first.function))


def _receivers(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Points off if a possible receiver is busy; fewer off if another goroutine that should receive is blocked."""
    receiver = "" if is_old(crowd.waits) else possible_receiver(subject, crowd)
    if not receiver:
        return []
    absent = bool(absent_receivers(subject, crowd))
    weight = -2 + absent + (absent and crowd.count >= HUNDREDS)
    return [Reason(weight, f"{receiver} is busy, and may be the one that receives")]


def _finishers(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Points off if a goroutine that may call Done is busy; points if none is there."""
    is_young = crowd.operation is Operation.WAIT_GROUP and not is_old(crowd.waits)
    return who_may_finish(subject, crowd) if is_young else []


def _nobody_awake(subject: Subject, crowd: Crowd) -> list[Reason]:
    """Points for senders if no goroutine of a dump is active, or none could receive."""
    if crowd.operation is not Operation.SEND or not isinstance(crowd.first.capture.body, GoroutineDump):
        return []
    company = subject.company(crowd.first.capture)
    active = company.operations & _AWAKE or company.restless & _ACTIVE
    if not active:
        return [Reason(1, "no goroutine is active: nobody is there to receive")]
    few = crowd.count < FEW and nobody_is_left(subject, crowd)
    return [Reason(0, "few, but nobody else in the text could receive")] if few else []
