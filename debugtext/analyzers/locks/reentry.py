"""Whether a goroutine waits for a lock that it holds itself: a caller on the same object has taken the lock before."""

from collections import Counter
from collections.abc import Iterator
from posixpath import dirname

from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.locks.addresses import may_lie_in, waits_for_readers
from debugtext.analyzers.locks.waiters import Lock, Waiter
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import Frame, receiver_type
from debugtext.stacks.members import SMALL_DUMP
from debugtext.stacks.operations import Operation
from debugtext.stacks.ownership import Owner

Reentry = tuple[Waiter, int]
"""A waiter that waits for itself, and the index of its frame that holds the lock."""


def reentry_by_address(subject: Subject, lock: Lock) -> Reentry | None:
    """A waiter with a method of the same object further down its stack, by address, and other code in between."""
    for waiter in lock.waiters:
        objects = {waiter.receiver, lock.address} - {None}
        if waiter.receiver is not None and not may_lie_in(lock.address, waiter.receiver):
            continue
        for index in _after_leaving(subject, waiter):
            if waiter.first_word(index) in objects:
                return waiter, index
    return None


def reentry_by_type(subject: Subject, lock: Lock) -> Reentry | None:
    """As `reentry_by_address`, but by the type of the method, where Go has lost one of the addresses."""
    for waiter in lock.waiters:
        for index in _after_leaving(subject, waiter):
            if None in {waiter.receiver, waiter.lock, waiter.sure_word(index)}:
                return waiter, index
    return None


def direct_reentry(subject: Subject, lock: Lock) -> Reentry | None:
    """A waiter whose method was called directly by another method of the object, which seems to hold the lock.

    This is for locks that nobody else seems to hold. Many methods call one that locks, and hold nothing. But the holder
    is past Lock, and only one goroutine can have a Mutex: so only a calling method that is on the stack of one waiter
    alone can hold it. In an excerpt somebody else may hold it, unless others wait for the lock in that calling method
    itself. An inlined method does not count: locking, calling and unlocking is more than the compiler inlines.
    """
    capture = lock.first.place.capture
    if subject.company(capture).count > SMALL_DUMP:
        return None  # the arguments of some waiters were not read
    is_whole = not is_excerpt(subject, capture)
    inside = _counted_inside(lock)
    for waiter in lock.waiters:
        for index, frame in enumerate(waiter.place.stack.frames[waiter.caller + 1 :], waiter.caller + 1):
            if not _is_method_on_object(subject, waiter, frame, waiter.sure_word(index)):
                break
            if waiter.place.operation is Operation.READ_LOCK:  # a waiting writer stops second readers too
                fits = lock.is_at_readers or (is_whole and Operation.WRITE_LOCK in lock.operations)
            else:
                fits = inside[frame.function] == 1 and (is_whole or frame.function in lock.callers)
            if fits and not frame.inlined and frame.function != waiter.frame.function:
                return waiter, index
    return None


def past_its_read_lock(lock: Lock) -> Reentry | None:
    """A writer that waits for readers, and is past the line of an RLock in a caller at which others wait."""
    lines: dict[str, int] = {}
    for waiter in lock.waiters:
        if waiter.place.operation is Operation.READ_LOCK and waiter.frame.line:
            known = lines.get(waiter.frame.function, waiter.frame.line)
            lines[waiter.frame.function] = min(known, waiter.frame.line)
    for waiter in lock.waiters if lines else ():
        if not waits_for_readers(waiter.place):
            continue
        for index, frame in enumerate(waiter.place.stack.frames[waiter.caller + 1 :], waiter.caller + 1):
            if frame.line and frame.line > lines.get(frame.function, frame.line):
                return waiter, index
    return None


def _after_leaving(subject: Subject, waiter: Waiter) -> Iterator[int]:
    """The indexes of the waiter's callers that may have locked before, with other code between them and the Lock.

    They are methods of the type whose method locks, or the same plain function or closure. Frames of a library count
    only if own code that the library has called back calls the same function again: so it has locked once already.
    """
    frames = waiter.place.stack.frames
    left = False
    for index in range(waiter.caller + 1, len(frames)):
        frame, above = frames[index], frames[waiter.caller : index]
        if (
            left
            and _same_code(frame, waiter.frame)
            and (_may_hold(subject, frame) or _is_called_again(subject, frame, above))
        ):
            yield index
        left = left or _leaves(subject, frame, waiter.frame)


def _is_called_again(subject: Subject, frame: Frame, above: tuple[Frame, ...]) -> bool:
    """Whether the function of a frame also stands above it on the stack, with own code in between."""
    again = [index for index, other in enumerate(above) if other.function == frame.function]
    return bool(again) and any(map(subject.ownership.is_own, above[again[-1] :]))


def _same_code(frame: Frame, other: Frame) -> bool:
    """Whether two frames are in methods of one type, or in the same function.

    A closure that was inlined is called `main.run.(*Cache).All.1`: after the function around it, but it lies in the
    file of the method that made it (cmd/compile/internal/ir/func.go closureName).
    """
    if _kind(frame) == _kind(other):
        return True
    if not (_made_by(frame) or _made_by(other)) or not frame.file or not other.file:
        return False
    here, there = (_made_by(one) or receiver_type(one.name) for one in (frame, other))
    return here == there and dirname(frame.file) == dirname(other.file)


def _kind(frame: Frame) -> str:
    """The type of a method; the function itself for others, and for closures that were inlined."""
    return frame.function if _made_by(frame) else receiver_type(frame.function) or frame.function


def _made_by(frame: Frame) -> str:
    """The type whose method made a closure that was inlined into another function; empty for other functions."""
    start = frame.name.rfind(".(") + 1
    return receiver_type(frame.name[start:]) if start else ""


def _is_method_on_object(subject: Subject, waiter: Waiter, frame: Frame, given: int | None) -> bool:
    """Whether a frame is an own method of the object whose lock is awaited, as far as the arguments tell."""
    kind = receiver_type(waiter.frame.function)
    if not kind or receiver_type(frame.function) != kind or not _may_hold(subject, frame):
        return False
    return given is None or (may_lie_in(waiter.lock, given) and waiter.receiver in {None, given})


def _counted_inside(lock: Lock) -> Counter[str]:
    """For each function, how many of the waiters have it further down their stack than the caller of Lock."""
    alike = Counter[tuple[str, ...]]()
    for waiter in lock.waiters:
        alike[waiter.place.stack.functions[waiter.caller + 1 :]] += waiter.count
    found = Counter[str]()
    for functions, count in alike.items():
        for function in set(functions):
            found[function] += count
    return found


def _leaves(subject: Subject, frame: Frame, locks: Frame) -> bool:
    """Whether a frame is other code than that which locks; the standard library, as sync.Once, does not count."""
    return not _same_code(frame, locks) and subject.ownership.owner(frame) is not Owner.STANDARD


def _may_hold(subject: Subject, frame: Frame) -> bool:
    """Whether a frame can hold a lock: it is the user's own, and not the compiler's wrapper of a method value."""
    return subject.ownership.is_own(frame) and not frame.function.endswith(("-fm", "·fm"))
