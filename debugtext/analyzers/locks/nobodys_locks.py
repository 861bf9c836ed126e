"""Facts about locks that no goroutine seems to hold: where they are awaited, and who else may hold them."""

from itertools import repeat

from debugtext.analyzers.amounts import MANY
from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.evidence.stillness import BLOCKING, FOR_EVER
from debugtext.analyzers.locks.addresses import OF_LOCKS
from debugtext.analyzers.locks.tangles import Tangle, tangles_of
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import receiver_type
from debugtext.stacks.operations import LOCKS, Operation
from debugtext.stacks.ownership import Owner

_MOST_BESIDE = 2
"""So many functions are named in which others are blocked."""
_Spot = tuple[int, str]
"""The id() of a capture, and the function in which goroutines wait for locks."""


def waiters_at_each(subject: Subject, tangle: Tangle) -> list[int]:
    """How many wait for each of the locks that are awaited in the same function and that nobody seems to hold."""
    return subject.once(_waiters_by_spot)[spot_of(tangle)]


def _waiters_by_spot(subject: Subject) -> dict[_Spot, list[int]]:
    """How many wait for each of the locks that nobody seems to hold, by the function in which they wait."""
    found: dict[_Spot, list[int]] = {}
    for tangle in subject.once(tangles_of):
        if not tangle.holders:
            found.setdefault(spot_of(tangle), []).extend((tangle.lock.count, *repeat(1, tangle.lock.alike)))
    return found


def spot_of(tangle: Tangle) -> _Spot:
    """Where the goroutines wait: those that wait for different locks in one function may hold one another's."""
    return id(tangle.place.capture), tangle.waiter.frame.function


def blocked_beside(subject: Subject, tangle: Tangle) -> list[str]:
    """Other functions in which goroutines are blocked in the same package, if a plain function locks.

    A profile does not say for which lock a goroutine waits. There, the few goroutines at other locks beside a crowd are
    named as well; and for methods too, the functions in which some wait at a second Lock: they are past a first one.
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
    """The functions of the same package in which goroutines wait at a second Lock, if none do in this one."""
    if tangle.lock.further_down:
        return []
    return subject.once(_second_locks).get((id(tangle.place.capture), tangle.waiter.frame.package), [])


def _second_locks(subject: Subject) -> dict[tuple[int, str], list[str]]:
    """The functions in which goroutines wait at a second Lock, by capture and package."""
    found: dict[tuple[int, str], list[str]] = {}
    for tangle in subject.once(tangles_of):
        frame = tangle.waiter.frame
        if tangle.lock.further_down:
            found.setdefault((id(tangle.place.capture), frame.package), []).append(frame.function)
    return found


def may_be_held_by_others(subject: Subject, tangle: Tangle) -> bool:
    """Whether code of the same package is active: it may hold the lock though no frame shows it, as in a closure."""
    if gives_back(subject, tangle):
        return True
    package = tangle.lock.first.frame.package
    packages = subject.company(tangle.place.capture).packages
    waits = BLOCKING | FOR_EVER | {Operation.ACCEPT}
    return any(package in found for operation, found in packages.items() if operation not in waits)


def gives_back(subject: Subject, tangle: Tangle) -> bool:
    """Whether the lock is the standard library's, in a whole profile: the library forgets no Unlock.

    The counts of two profiles may be of other goroutines each time, which get the lock one after the other.
    """
    first = tangle.lock.first
    is_librarys = subject.ownership.owner(first.frame) is Owner.STANDARD and first.frame.package not in OF_LOCKS
    return is_librarys and first.goroutine is None and not is_excerpt(subject, tangle.place.capture)
