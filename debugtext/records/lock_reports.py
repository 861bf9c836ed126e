"""Reports of deadlock detectors: where locks were taken, and by which goroutine (github.com/sasha-s/go-deadlock)."""

from dataclasses import dataclass

from debugtext.records.frames import Stack


@dataclass(frozen=True, slots=True)
class LockPlace:
    """A place where a goroutine has taken a lock, or tries to.

    `role` is what the report says about the place:

    - previous: where the lock was taken before; holding: where another lock was taken that a goroutine holds;
    - waiting: where a goroutine has tried to take the lock for `waited` (as printed, `30s`) or longer;
    - again: where a goroutine tries to take a lock that it holds itself;
    - before, after: where the first and the second of two locks were taken, in one goroutine and then in another.

    `goroutine` and `lock` (its address) are None if they are not printed.
    """

    role: str
    stack: Stack
    goroutine: int | None = None
    lock: int | None = None
    waited: str = ""
    line: int = 1
