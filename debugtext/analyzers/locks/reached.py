"""Whether a goroutine has come as far as the Lock for which others wait: above that line it has not got the lock."""

from debugtext.analyzers.locks.waiters import Lock
from debugtext.analyzers.stacks.operations import Operation
from debugtext.analyzers.stacks.places import Place

LockLines = dict[str, int]
"""The first line at which a lock is awaited, by the function that calls Lock there."""
_TURN_OF_A_TEST = "testing.(*T).Parallel"
"""Where a test waits until fewer of them run (https://pkg.go.dev/testing#T.Parallel): before its own work begins."""


def lock_lines(lock: Lock) -> LockLines:
    """The lines at which a lock is awaited; of functions in which only writers of an RWMutex wait none.

    Many a function reads first, and then locks again to write: who stands above a writer may have it for reading.
    """
    found: LockLines = {}
    at_once = {waiter.frame.function for waiter in lock.waiters if waiter.place.operation is not Operation.WRITE_LOCK}
    for waiter in lock.waiters:
        frame = waiter.frame
        if frame.line and frame.function in at_once:
            found[frame.function] = min(frame.line, found.get(frame.function, frame.line))
    return found


def has_come_to(place: Place, index: int, lines: LockLines) -> bool:
    """Whether one that is in a frame may be past the Lock: one further up, or a test that waits its turn, is not.

    In a loop one may be behind that line and have given the lock back.
    """
    frame = place.stack.frames[index]
    if frame.line and frame.line < lines.get(frame.function, 0):
        return False
    return _TURN_OF_A_TEST not in place.stack.functions[:index]
