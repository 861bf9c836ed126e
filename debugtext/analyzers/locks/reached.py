"""Whether a goroutine has come to the line of a Lock: above that line of the function it cannot hold the lock."""

from debugtext.analyzers.locks.waiters import Lock
from debugtext.stacks.operations import Operation
from debugtext.stacks.places import Place

LockLines = dict[str, int]
"""For each function that calls Lock, the first line at which goroutines wait there."""
_TURN_OF_A_TEST = "testing.(*T).Parallel"
"""Where a test waits for its turn before its own work begins (https://pkg.go.dev/testing#T.Parallel)."""


def lock_lines(lock: Lock) -> LockLines:
    """The first lines at which a lock is awaited; none for functions in which only writers of an RWMutex wait.

    Such a function may have read-locked before: a goroutine above the writer's line may hold the lock for reading.
    """
    found: LockLines = {}
    not_only_writers = {
        waiter.frame.function for waiter in lock.waiters if waiter.place.operation is not Operation.WRITE_LOCK
    }
    for waiter in lock.waiters:
        frame = waiter.frame
        if frame.line and frame.function in not_only_writers:
            found[frame.function] = min(frame.line, found.get(frame.function, frame.line))
    return found


def has_come_to(place: Place, index: int, lines: LockLines) -> bool:
    """Whether a goroutine may be past Lock in a frame: not above its line, and not in a test that waits for its turn.

    Below that line it may also have given the lock back, as in a loop.
    """
    frame = place.stack.frames[index]
    if frame.line and frame.line < lines.get(frame.function, 0):
        return False
    return _TURN_OF_A_TEST not in place.stack.functions[:index]
