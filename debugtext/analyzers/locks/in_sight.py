"""Whether one text shows, without any waiting times, that it is no moment of load in which goroutines wait for a lock.

Locks are got in microseconds. Who sends, or waits for others to end, while most goroutines of a profile queue for a
lock that this one has, is no such moment. Nor is it where all who could give a lock back wait for it: a text is of one
instant, in which one of them would have it and go on, or be runnable, as it has just been given it.
"""

from debugtext.analyzers.amounts import HUNDREDS
from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.evidence.stillness import only_these_in_packages
from debugtext.analyzers.locks.tangles import Tangle
from debugtext.analyzers.stacks.operations import LOCKS, READS, Operation
from debugtext.analyzers.subject import Subject

_PEERS = READS | {Operation.WRITE}
_LEAST = {
    **dict.fromkeys({Operation.SEND, Operation.NIL_SEND, Operation.NIL_RECEIVE, Operation.WAIT_GROUP}, 5),
    **dict.fromkeys(LOCKS, 5),
    **dict.fromkeys(_PEERS, 100),
}
"""How many waiters it takes by what the holder waits for: a peer may only be slow to read, or to answer."""
_SHARE, _SHARE_OF_READS = 0.5, 0.9


def holds_up_most(subject: Subject, tangle: Tangle) -> bool:
    """Whether most goroutines of a profile wait for a lock whose one holder waits for others.

    Or nearly all of any text for one whose holder reads what a peer should send, or most for one that writes; or
    hundreds who are nearly all for one that sends on a channel: such a queue is no moment. Who watches the connection
    of a handler that waits does not count.
    """
    place, holder = tangle.place, tangle.holder
    if holder is None or (holder.place.count > 1 and not holder.again):
        return False
    waiters, operation = tangle.lock.count, holder.place.operation
    if operation is Operation.SEND and waiters >= max(HUNDREDS, _SHARE_OF_READS * subject.company(place.capture).count):
        return True
    if (operation in LOCKS and not holder.again) or not (place.group.state is None or operation in _PEERS):
        return False
    share = _SHARE_OF_READS if operation in READS else _SHARE
    company = subject.company(place.capture)
    return waiters >= max(_LEAST.get(operation, waiters + 1), share * (company.count - company.watched))


def nobody_goes_on(subject: Subject, tangle: Tangle) -> bool:
    """Whether a whole dump shows who waits for itself, or in a circle, and in the code of those locks nobody else."""
    capture, holder = tangle.place.capture, tangle.holder
    if holder is None or not (holder.again or tangle.is_cycle) or is_excerpt(subject, capture):
        return False
    packages = {waiter.frame.package for waiter in tangle.lock.waiters}
    packages |= {one.place.stack.frames[one.frame].package for one in tangle.holders}
    waiting = [waiter.place for waiter in tangle.lock.waiters] + [one.place for one in tangle.holders]
    return only_these_in_packages(subject, capture, waiting, packages)
