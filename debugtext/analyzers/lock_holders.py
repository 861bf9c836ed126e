"""Who probably holds a lock: the goroutine that is past Lock on the same object, or none any more."""

from dataclasses import dataclass

from debugtext.analyzers._rule import Subject
from debugtext.analyzers.lock_candidates import HIGHEST_RANK, Candidates
from debugtext.analyzers.lock_waiters import Lock, Waiter, pointer, receiver_type
from debugtext.analyzers.ownership import Owner
from debugtext.analyzers.places import Place
from debugtext.analyzers.waiting import LOCKS
from debugtext.records.frames import Frame


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


_LARGEST_OBJECT = 1 << 16


def holder_of(subject: Subject, lock: Lock, candidates: Candidates) -> Holder | None:
    """The probable holder, the surest first: by address, then by the type of the method."""
    own = _again(subject, lock)
    by_address = _by_address(lock, candidates)
    if by_address is not None and not (own and by_address.place.operation in LOCKS):
        return by_address
    if own is not None:
        return own
    return _by_type(lock, candidates) or _again_by_type(subject, lock)


def _again_by_type(subject: Subject, lock: Lock) -> Holder | None:
    """Nobody else is seen to hold it, and a waiter came back to a method of the type that it had left.

    Only where Go has lost the receivers: printed ones are compared.
    """
    for waiter in lock.waiters:
        kind = receiver_type(waiter.frame.function)
        if not kind or (waiter.receiver is not None and lock.address is not None):
            continue
        frames = waiter.place.stack.frames
        left = False
        for index in range(waiter.caller + 1, len(frames)):
            same = receiver_type(frames[index].function) == kind
            if same and left and _may_hold(subject, frames[index]):
                return Holder(waiter.place, waiter.goroutine, index, by_address=False, again=True)
            left = left or _leaves(subject, frames[index], kind)
    return None


def _again(subject: Subject, lock: Lock) -> Holder | None:
    """A waiter that has passed another method of the same object before: it may wait for itself."""
    for waiter in lock.waiters:
        index = earlier_frame_on_object(subject, waiter, lock.address)
        if index is not None:
            return Holder(waiter.place, waiter.goroutine, index, by_address=True, again=True)
    return None


def earlier_frame_on_object(subject: Subject, waiter: Waiter, lock: int | None = None) -> int | None:
    """A frame nearer the root than the one that locks, a method on the same receiver with other calls in between."""
    receiver = waiter.receiver
    if receiver is None or not _may_lie_in(lock, receiver):
        return None
    frames = waiter.place.stack.frames
    kind = receiver_type(waiter.frame.function)
    left = False
    for index in range(waiter.caller + 1, len(frames)):
        words = waiter.arguments[index] if index < len(waiter.arguments) else ()
        same = bool(words) and pointer(words[0]) == receiver and receiver_type(frames[index].function) == kind
        if same and left and _may_hold(subject, frames[index]):
            return index
        left = left or _leaves(subject, frames[index], kind)
    return None


def _may_lie_in(lock: int | None, receiver: int) -> bool:
    """Whether a lock can be a field of the object: one that lies elsewhere is another object's."""
    return lock is None or 0 <= lock - receiver < _LARGEST_OBJECT


def _leaves(subject: Subject, frame: Frame, kind: str) -> bool:
    """Whether a frame is other code than the type's; what the library calls back (sync.Once) has not left it."""
    return receiver_type(frame.function) != kind and subject.ownership.owner(frame) is not Owner.STANDARD


def _may_hold(subject: Subject, frame: Frame) -> bool:
    """Whether a frame can hold a lock: the user's own, and not only the compiler's wrapper of a method value."""
    return subject.ownership.is_own(frame) and not frame.function.endswith(("-fm", "·fm"))


def _by_address(lock: Lock, candidates: Candidates) -> Holder | None:
    """A goroutine with the lock's or its object's address among the arguments of a frame, not waiting for this lock."""
    wanted = set(lock.receivers)
    if lock.address is not None:
        wanted.add(lock.address)
    kinds = {kind for waiter in lock.waiters if (kind := receiver_type(waiter.frame.function))}
    waiting = {waiter.goroutine for waiter in lock.waiters}
    best: tuple[int, Holder] | None = None
    last: Place | None = None
    for found in candidates.given(wanted):
        if found.goroutine in waiting or found.place is last:
            continue
        last = found.place
        rank = candidates.rank(found, kinds)
        if best is None or rank > best[0]:
            best = (rank, Holder(found.place, found.goroutine, found.frame, by_address=True))
            if rank >= HIGHEST_RANK:
                break
    return best[1] if best and best[0] > 0 else None


def _by_type(lock: Lock, candidates: Candidates) -> Holder | None:
    """A goroutine in another call of a method of the same type, where no arguments are printed."""
    functions = {waiter.frame.function for waiter in lock.waiters}
    found = candidates.in_methods(functions | {kind for function in functions if (kind := receiver_type(function))})
    return Holder(found.place, found.goroutine, found.frame, by_address=False) if found else None
