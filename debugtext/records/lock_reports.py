"""What a detector of deadlocks tells of locks: where each was taken, and by whom (github.com/sasha-s/go-deadlock)."""

from dataclasses import dataclass

from debugtext.records.frames import Stack


@dataclass(frozen=True, slots=True)
class LockPlace:
    """A place where a goroutine has taken a lock, or tries to.

    `role`: what the report says of it:

    - previous: where the lock was taken before; holding: another lock that somebody holds;
    - waiting: where somebody tries to take it, `waited` (as printed, `30s`) and longer; again: the same goroutine does;
    - before, after: where the first and the second of two locks were taken, in one goroutine and then in another.

    `goroutine` and `lock` (its address) are None where they are not printed.
    """

    role: str
    stack: Stack
    goroutine: int | None = None
    lock: int | None = None
    waited: str = ""
    line: int = 1
