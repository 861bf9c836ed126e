"""Who waits for whom: locks, the goroutines that wait for each, its holder, and the locks that the waiters hold."""

from dataclasses import dataclass

from debugtext.records.findings import Location


@dataclass(frozen=True, slots=True)
class LockHolder:
    """A goroutine that seems to hold a lock.

    `function` has taken the lock; `now` says in words what the goroutine does in `in_function`. `goroutine` is None in
    profiles, which print no ids. `again`: the goroutine waits for this very lock. `by_address`: an argument of a frame
    proves it; else only the type of a method suggests it. `location` is the line in `function` that it has reached.
    """

    goroutine: int | None
    function: str
    now: str
    in_function: str
    minutes: int = 0
    again: bool = False
    by_address: bool = True
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class LockWaiters:
    """Goroutines that wait for a lock at one place, and the locks that they hold meanwhile.

    `goroutine` is the id of one of them. `closes_circle`: they hold the lock at the root of this tree, so the waits go
    in a circle. `location` is where `function` calls Lock.
    """

    count: int
    function: str
    operation: str
    minutes: int = 0
    goroutine: int | None = None
    holds: "tuple[AwaitedLock, ...]" = ()
    closes_circle: bool = False
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class AwaitedLock:
    """A lock and the goroutines that wait for it; `address` is None if the text does not print it.

    `count`: how many goroutines wait for it. `holder` is None if no goroutine in the text seems to hold it.
    `is_circle`: following who waits for whom leads back to this lock.
    """

    address: int | None
    count: int
    waiters: tuple[LockWaiters, ...]
    holder: LockHolder | None = None
    is_circle: bool = False
    input: str = "-"
    line: int = 1

    @property
    def total(self) -> int:
        """The number of goroutines that wait for this lock, or for a lock that its waiters hold."""
        return self.count + sum(lock.total for group in self.waiters for lock in group.holds)
