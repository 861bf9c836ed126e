"""Who probably holds a lock: the goroutine that is past Lock on the same object, or none any more."""

from dataclasses import dataclass

from debugtext.analyzers.locks.candidates import HIGHEST_RANK, Candidates, Rank
from debugtext.analyzers.locks.reached import lock_lines
from debugtext.analyzers.locks.reentry import (
    Reentry,
    direct_reentry,
    past_its_read_lock,
    reentry_by_address,
    reentry_by_type,
)
from debugtext.analyzers.locks.waiters import ONCE, Lock, Waiter
from debugtext.analyzers.stacks.operations import LOCKS, Operation
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import receiver_type


@dataclass(frozen=True, slots=True)
class Holder:
    """A goroutine that seems to hold a lock: `frame` is the index of the frame on the lock's object.

    `by_address`: an argument shows it; else only the type of the method does.
    """

    place: Place
    goroutine: int | None
    frame: int
    by_address: bool
    again: bool = False

    @property
    def function(self) -> str:
        """The function that holds the lock while it calls what it waits for."""
        return self.place.stack.frames[self.frame].function


def holder_of(subject: Subject, lock: Lock, candidates: Candidates) -> Holder | None:
    """The probable holder, the surest first: by address, then by the type of the method.

    The Mutex of a sync.Once is held by who runs its function; its callers hold nothing. Where some wait at a later Lock
    of a function, they rather than those at other locks are past the first one.
    """
    if lock.first.is_of_once:
        return _by_once(lock, candidates)
    own = reentry_by_address(subject, lock)
    by_address = _by_address(lock, candidates)
    if by_address is not None and not (own and by_address.place.operation in LOCKS):
        return by_address
    if own is not None:
        return _itself(own, by_address=True)
    if found := _by_type(lock, candidates):
        return found
    if again := reentry_by_type(subject, lock) or past_its_read_lock(lock) or direct_reentry(subject, lock):
        return _itself(again, by_address=False)
    if lock.further_down:
        return None
    return _at_other_lock(lock, candidates) or _around_closures(lock, candidates)


def _by_once(lock: Lock, candidates: Candidates) -> Holder | None:
    """Who runs the function of a Once that was called where the waiters call it."""
    wanted = {waiter.frame.function for waiter in lock.waiters}
    found = next((found for once in ONCE for found in candidates.below(once, wanted)), None)
    return Holder(found.place, found.goroutine, found.frame, by_address=False) if found else None


def _itself(found: Reentry, *, by_address: bool) -> Holder:
    """A waiter as the holder of what it waits for."""
    waiter, frame = found
    return Holder(waiter.place, waiter.goroutine, frame, by_address, again=True)


def _by_address(lock: Lock, candidates: Candidates) -> Holder | None:
    """A goroutine with the lock's or its object's address among the arguments of a frame, not waiting for this lock."""
    wanted = set(lock.receivers)
    if lock.address is not None:
        wanted.add(lock.address)
    kinds = {kind for waiter in lock.waiters if (kind := receiver_type(waiter.frame.function))}
    waiting = {waiter.goroutine for waiter in lock.waiters}
    callers = {waiter.frame.function for waiter in lock.waiters}
    best: tuple[Rank, Holder] | None = None
    last: Place | None = None
    for found in candidates.given(wanted, lock_lines(lock), waiting):
        if found.place is last:
            continue
        last = found.place
        rank = candidates.rank(found, kinds, callers, one_at_most=_one_at_most(lock))
        if best is None or rank > best[0]:
            best = (rank, Holder(found.place, found.goroutine, found.frame, by_address=True))
            if rank >= HIGHEST_RANK:
                break
    return best[1] if best and best[0].may_hold else None


def _one_at_most(lock: Lock) -> bool:
    """Whether it is a plain Mutex, as far as those who wait for it tell: an RWMutex many can have to read."""
    return lock.operations == {Operation.MUTEX}


def _by_type(lock: Lock, candidates: Candidates) -> Holder | None:
    """A goroutine in another call of a method of the same type, where no arguments are printed."""
    functions = {waiter.frame.function for waiter in lock.waiters}
    names = functions | {kind for function in functions if (kind := receiver_type(function))}
    found = candidates.in_methods(names, lock_lines(lock), functions, one_at_most=_one_at_most(lock))
    return Holder(found.place, found.goroutine, found.frame, by_address=False) if found else None


def _around_closures(lock: Lock, candidates: Candidates) -> Holder | None:
    """The one goroutine in the function around the closures that lock, and that it has started, if it waits itself."""
    around = set(map(_maker, lock.waiters))
    if len(around) != 1 or "" in around:
        return None
    found = candidates.in_methods(around, lock_lines(lock), set(), one_at_most=True)
    return Holder(found.place, found.goroutine, found.frame, by_address=False) if found else None


def _maker(waiter: Waiter) -> str:
    """The function around a closure that locks, if that has started it; else empty."""
    creator = waiter.place.stack.created_by
    return creator.function if creator and waiter.frame.function.startswith(f"{creator.function}.") else ""


def _at_other_lock(lock: Lock, candidates: Candidates) -> Holder | None:
    """A goroutine that waits for another lock below a method of the same type: where nobody else can hold it."""
    kinds = {kind for waiter in lock.waiters if (kind := receiver_type(waiter.frame.function))}
    here = {id(waiter.place) for waiter in lock.waiters}
    found = candidates.at_other_lock(kinds, lock.receivers, lock_lines(lock), here)
    return Holder(found.place, found.goroutine, found.frame, by_address=False) if found else None
