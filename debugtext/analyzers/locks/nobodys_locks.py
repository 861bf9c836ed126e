"""A lock that no goroutine of a text seems to hold: where such are awaited, and who beside the waiters may have it."""

from debugtext.analyzers.amounts import MANY
from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.evidence.stillness import BLOCKING, FOR_EVER
from debugtext.analyzers.locks.addresses import OF_LOCKS
from debugtext.analyzers.locks.tangles import Tangle, tangles_of
from debugtext.analyzers.stacks.operations import LOCKS, Operation
from debugtext.analyzers.stacks.ownership import Owner
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import receiver_type

_MOST_BESIDE = 2
_Spot = tuple[int, str]
"""A capture, and the function in which goroutines wait for locks."""


def waiters_at_each(subject: Subject, tangle: Tangle) -> list[int]:
    """How many wait at each of the locks that are awaited in this function and that nobody seems to hold."""
    return subject.once(_of_nobody)[spot_of(tangle)]


def _of_nobody(subject: Subject) -> dict[_Spot, list[int]]:
    """How many wait for each of the locks that nobody seems to hold, by the function in which they do."""
    found: dict[_Spot, list[int]] = {}
    for tangle in subject.once(tangles_of):
        if not tangle.holders:
            found.setdefault(spot_of(tangle), []).append(tangle.lock.count)
    return found


def spot_of(tangle: Tangle) -> _Spot:
    """Where those stand that wait for it: locks that are awaited in one function may be one another's."""
    return id(tangle.place.capture), tangle.waiter.frame.function


def blocked_beside(subject: Subject, tangle: Tangle) -> list[str]:
    """Where else goroutines are blocked in the package of a plain function that locks.

    In a profile, which does not say for which lock somebody waits, also the few at other locks beside a crowd, and of
    any function's crowd where others wait at a second Lock: they are past a first one.
    """
    frame, capture = tangle.waiter.frame, tangle.place.capture
    is_profile = tangle.waiter.goroutine is None
    found = [*at_second_locks(subject, tangle)]
    if not receiver_type(frame.function):
        few = tangle.lock.count / MANY if is_profile else 0
        found += [
            place.function
            for place in subject.company(capture).places
            if place.own and not place.idle and place.front is not None and place.front.package == frame.package
            and (place.operation in BLOCKING - LOCKS or (place.operation in LOCKS and place.count <= few))
        ]  # fmt: skip
    return list(dict.fromkeys(found))[:_MOST_BESIDE]


def at_second_locks(subject: Subject, tangle: Tangle) -> list[str]:
    """The functions of the same package in which some wait for a second lock, if none do here."""
    if tangle.lock.further_down:
        return []
    return subject.once(_second_locks).get((id(tangle.place.capture), tangle.waiter.frame.package), [])


def _second_locks(subject: Subject) -> dict[tuple[int, str], list[str]]:
    """The functions in which some wait for a second lock, by the capture and the package."""
    found: dict[tuple[int, str], list[str]] = {}
    for tangle in subject.once(tangles_of):
        frame = tangle.waiter.frame
        if tangle.lock.further_down:
            found.setdefault((id(tangle.place.capture), frame.package), []).append(frame.function)
    return found


def may_be_held_by_others(subject: Subject, tangle: Tangle) -> bool:
    """Whether code of the same package is active: it may hold the lock, though no frame shows it (a closure, say)."""
    if gives_back(subject, tangle):
        return True
    package = tangle.lock.first.frame.package
    packages = subject.company(tangle.place.capture).packages
    waits = BLOCKING | FOR_EVER | {Operation.ACCEPT}
    return any(package in found for operation, found in packages.items() if operation not in waits)


def gives_back(subject: Subject, tangle: Tangle) -> bool:
    """Whether the lock is the standard library's, which forgets no Unlock: in a whole text one comes after the other.

    Counts of two profiles may be of others each time.
    """
    first = tangle.lock.first
    is_librarys = subject.ownership.owner(first.frame) is Owner.STANDARD and first.frame.package not in OF_LOCKS
    return is_librarys and first.goroutine is None and not is_excerpt(subject, tangle.place.capture)
