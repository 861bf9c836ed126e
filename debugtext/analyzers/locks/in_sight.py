"""Whether one text without waiting times shows that goroutines wait for a lock for longer than a moment of load.

A goroutine gets a lock in microseconds. It is no moment if most goroutines of a profile queue for a lock whose holder
sends, or waits for others to end. It is none either if all goroutines that could give a lock back wait for it: at any
instant of mere load one of them would have the lock and go on, or be runnable because it has just been given it.
"""

from debugtext.analyzers.amounts import HUNDREDS
from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.evidence.stillness import only_these_in_packages
from debugtext.analyzers.locks.tangles import Tangle
from debugtext.analyzers.subject import Subject
from debugtext.stacks.operations import LOCKS, READS, Operation

_PEERS = READS | {Operation.WRITE}
_LEAST = {
    **dict.fromkeys({Operation.SEND, Operation.NIL_SEND, Operation.NIL_RECEIVE, Operation.WAIT_GROUP}, 5),
    **dict.fromkeys(LOCKS, 5),
    **dict.fromkeys(_PEERS, 100),
}
"""How many waiters it takes, by what the holder waits for: more for peers, which may only be slow."""
_SHARE, _SHARE_OF_READS = 0.5, 0.9
"""Which part of all goroutines must wait for the lock: most, and nearly all if its holder reads from a peer."""


def holds_up_most(subject: Subject, tangle: Tangle) -> bool:
    """Whether so many goroutines wait for a lock with a single holder that it is no moment. It depends on the holder.

    - It sends on a channel: hundreds of goroutines, and nearly all, in any text.
    - It reads from a peer: nearly all goroutines of any text; it writes to a peer: most of them.
    - It waits for other goroutines: most goroutines of a profile.

    Goroutines that watch the connection of a waiting handler do not count.
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
    """Whether a whole dump shows goroutines that wait for themselves or in a circle, and no other in their packages."""
    capture, holder = tangle.place.capture, tangle.holder
    if holder is None or not (holder.again or tangle.is_cycle) or is_excerpt(subject, capture):
        return False
    packages = {waiter.frame.package for waiter in tangle.lock.waiters}
    packages |= {one.place.stack.frames[one.frame].package for one in tangle.holders}
    waiting = [waiter.place for waiter in tangle.lock.waiters] + [one.place for one in tangle.holders]
    return only_these_in_packages(subject, capture, waiting, packages)
