"""Who waits for whom: locks that goroutines wait for, who seems to hold each, and what hangs on those who wait."""

from dataclasses import dataclass

from debugtext.records.findings import Location


@dataclass(frozen=True, slots=True)
class LockHolder:
    """A goroutine that seems to hold a lock in `function`, and what it does now, in words, in `in_function`.

    `goroutine` is None in profiles, which print no ids. `again`: it waits for this very lock itself. `by_address`: an
    argument of a frame shows it; else only the type of a method does. `location` is where it has come to in `function`.
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

    `goroutine` is the id of one of them; `closes_circle`: they hold what everything began with. `location` is where
    `function` calls Lock.
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
    """A lock with those who wait for it; `address` is None where the text does not print it.

    `count`: how many wait for it. `holder` is None where nobody is seen to hold it. `is_circle`: following who waits
    for whom leads back here.
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
        """How many wait for it or for a lock that hangs on it."""
        return self.count + sum(lock.total for group in self.waiters for lock in group.holds)
