"""The probable holder of a lock: the goroutine that is past Lock on the same object, if there still is one."""

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
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import receiver_type
from debugtext.stacks.operations import LOCKS, Operation
from debugtext.stacks.places import Place


@dataclass(frozen=True, slots=True)
class Holder:
    """A goroutine that seems to hold a lock; `frame` is the index of its frame in the code of the lock's object.

    `by_address`: an argument shows it, else only the type of the method. `again`: it waits for this lock itself.
    """

    place: Place
    goroutine: int | None
    frame: int
    by_address: bool
    again: bool = False

    @property
    def function(self) -> str:
        """The function that holds the lock while it calls something that waits."""
        return self.place.stack.frames[self.frame].function


def holder_of(subject: Subject, lock: Lock, candidates: Candidates) -> Holder | None:
    """The probable holder of a lock. The signs are tried from the surest: addresses first, then types of methods.

    The Mutex of a sync.Once is held by the goroutine that runs its function; the function's callers hold nothing. If
    some goroutines wait at a later Lock of the function, they are past the first one, rather than those at other locks.
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
    """The goroutine that runs the function of a Once; it has called Do in the same function as the waiters."""
    wanted = {waiter.frame.function for waiter in lock.waiters}
    found = next((found for once in ONCE for found in candidates.below(once, wanted)), None)
    return Holder(found.place, found.goroutine, found.frame, by_address=False) if found else None


def _itself(found: Reentry, *, by_address: bool) -> Holder:
    """A waiter as the holder of the lock for which it waits."""
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
        rank = candidates.rank(found, kinds, callers, one_at_most=lock.is_a_mutex)
        if best is None or rank > best[0]:
            best = (rank, Holder(found.place, found.goroutine, found.frame, by_address=True))
            if rank >= HIGHEST_RANK:
                break
    return best[1] if best and best[0].may_hold else None


def _by_type(lock: Lock, candidates: Candidates) -> Holder | None:
    """A goroutine in a method of the same type, or in the same function, for texts without arguments."""
    functions = {waiter.frame.function for waiter in lock.waiters}
    names = functions | {kind for function in functions if (kind := receiver_type(function))}
    found = candidates.in_methods(names, lock_lines(lock), functions, one_at_most=lock.is_a_mutex)
    return Holder(found.place, found.goroutine, found.frame, by_address=False) if found else None


def _around_closures(lock: Lock, candidates: Candidates) -> Holder | None:
    """The goroutine in the function that has started the waiters, if these lock in closures of that function.

    Not one in a `select {}`: main keeps a program alive so, whatever the closures lock.
    """
    around = set(map(_starter_around, lock.waiters))
    if len(around) != 1 or "" in around:
        return None
    found = candidates.in_methods(around, lock_lines(lock), set(), one_at_most=True)
    if found is None or found.place.operation is Operation.NO_CASES:
        return None
    return Holder(found.place, found.goroutine, found.frame, by_address=False)


def _starter_around(waiter: Waiter) -> str:
    """The function that has started a waiter and in which the waiter's closure stands; else empty."""
    creator = waiter.place.stack.created_by
    return creator.function if creator and waiter.frame.function.startswith(f"{creator.function}.") else ""


def _at_other_lock(lock: Lock, candidates: Candidates) -> Holder | None:
    """A goroutine in a method of this lock's type that has called code which waits for another lock."""
    kinds = {kind for waiter in lock.waiters if (kind := receiver_type(waiter.frame.function))}
    here = {id(waiter.place) for waiter in lock.waiters}
    found = candidates.at_other_lock(kinds, lock.receivers, lock_lines(lock), here)
    return Holder(found.place, found.goroutine, found.frame, by_address=False) if found else None
