"""Whether a profile shows what holds up most goroutines: a lock, and the one past it who waits for others.

A profile prints no waiting times. One text of it may show a moment of load; but who sends, or waits for others to end,
while most goroutines queue for a lock that this one has, is no moment: locks are got in microseconds.
"""

from debugtext.analyzers.locks.tangles import Tangle
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.waiting import LOCKS, Operation

_LEAST = {
    **dict.fromkeys({Operation.SEND, Operation.NIL_SEND, Operation.NIL_RECEIVE, Operation.WAIT_GROUP}, 5),
    **dict.fromkeys(LOCKS, 5),
    Operation.WRITE: 100,
}
"""How many waiters it takes by what the holder waits for: a peer may only be slow to read."""
_SHARE = 0.5


def holds_up_most(subject: Subject, tangle: Tangle) -> bool:
    """Whether most goroutines of a profile wait for a lock whose one holder waits for others."""
    place, holder = tangle.place, tangle.holder
    if holder is None or place.group.state is not None or (holder.place.count > 1 and not holder.again):
        return False
    waiters, operation = tangle.lock.count, holder.place.operation
    if operation in LOCKS and not holder.again:
        return False
    return waiters >= max(_LEAST.get(operation, waiters + 1), _SHARE * subject.company(place.capture).count)
