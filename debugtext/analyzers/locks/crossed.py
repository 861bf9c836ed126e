"""Two goroutines at one line, each waiting for another lock that nobody else holds: each has the other's.

    main.(*Account).Move(0x0?, 0xc0000100d0, 0x1)      goroutine 7, waits for the lock at 0xc0000100d0
    main.(*Account).Move(0x0?, 0xc0000100c0, 0x1)      goroutine 8, waits for the lock at 0xc0000100c0

They are at the second Lock of a function that takes two, in two orders. It could take one, and have forgotten to give
both back: so the arguments must show that it is the lock of another object than its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.evidence.stillness import is_alone, is_still
from debugtext.analyzers.locks.holders import Holder
from debugtext.analyzers.locks.waiters import Lock, Waiter, pointer, receiver_type
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.members import SMALL_DUMP
from debugtext.analyzers.stacks.waiting import Operation

_FARTHEST_FIELD = 4096
_PAIR = 2
_Spot = tuple[str, int]
"""A function and the line of a Lock in it."""


@dataclass(frozen=True, slots=True)
class _Crossing:
    """Two that wait at one line, each with the number of the lock that it waits for."""

    one: Waiter
    other: Waiter
    lock_of_one: int
    lock_of_other: int


def crossed_holders(subject: Subject, locks: Sequence[Lock], holders: Sequence[Holder | None]) -> list[Holder | None]:
    """The holders of locks; those of two locks that nobody seemed to hold, where two goroutines have each other's."""
    found = list(holders)
    for crossing in _crossings(locks, holders):
        if not _is_settled(subject, crossing):
            continue
        by_address = _were_given_both(crossing)
        if by_address or _have_lost_theirs(crossing) or _locks_are_of_neither(crossing):
            found[crossing.lock_of_one] = _holder(crossing.other, by_address=by_address)
            found[crossing.lock_of_other] = _holder(crossing.one, by_address=by_address)
    return found


def _crossings(locks: Sequence[Lock], holders: Sequence[Holder | None]) -> list[_Crossing]:
    """The lines at which just two goroutines wait for locks that nobody seems to hold, for one each."""
    spots: dict[_Spot, list[tuple[int, Waiter]]] = {}
    for number, (lock, holder) in enumerate(zip(locks, holders, strict=True)):
        if holder is not None or lock.address is None:
            continue
        for waiter in lock.waiters:
            line = waiter.frame.line
            if line and waiter.lock == lock.address and waiter.place.operation is not Operation.READ_LOCK:
                spots.setdefault((waiter.frame.function, line), []).append((number, waiter))
    pairs = (pair for pair in spots.values() if len(pair) == len({number for number, _ in pair}) == _PAIR)
    return [_Crossing(one, other, first, second) for (first, one), (second, other) in pairs]


def _holder(waiter: Waiter, *, by_address: bool) -> Holder:
    return Holder(waiter.place, waiter.goroutine, waiter.caller, by_address)


def _is_settled(subject: Subject, crossing: _Crossing) -> bool:
    """Whether a whole text shows that it is no moment: both have waited for a minute, or nobody else can go on."""
    places = [crossing.one.place, crossing.other.place]
    capture = places[0].capture
    if is_excerpt(subject, capture) or subject.company(capture).count > SMALL_DUMP:
        return False
    if all(place.oldest_minutes for place in places) or is_still(subject, capture):
        return True
    return is_alone(subject, capture, places, {crossing.one.frame.package})


def _were_given_both(crossing: _Crossing) -> bool:
    """Whether each was given the object in which its lock lies, and the one in which the other's does."""
    ones, others = _words(crossing.one), _words(crossing.other)
    at = _argument_with_lock(crossing)
    return at is not None and others[at] in ones[:at] + ones[at + 1 :] and ones[at] in others[:at] + others[at + 1 :]


def _have_lost_theirs(crossing: _Crossing) -> bool:
    """Whether each is in a method of an object that is not printed, and waits for the lock of one that it was given."""
    is_method = bool(receiver_type(crossing.one.frame.function))
    is_lost = crossing.one.sure_word(crossing.one.caller) is crossing.other.sure_word(crossing.other.caller) is None
    return is_method and is_lost and bool(_argument_with_lock(crossing))


def _locks_are_of_neither(crossing: _Crossing) -> bool:
    """Whether each is in a method of another object, and waits for a lock that lies neither there nor in an argument.

    A field lies equally far behind its object in both; what does not is behind a pointer: of others that share it.
    """
    if not receiver_type(crossing.one.frame.function) or _argument_with_lock(crossing) is not None:
        return False
    one, other = (waiter.sure_word(waiter.caller) for waiter in (crossing.one, crossing.other))
    return one is not None and other is not None and one != other


def _argument_with_lock(crossing: _Crossing) -> int | None:
    """The argument, by its index, from which both locks lie equally far: the object that has the lock."""
    one, other = crossing.one, crossing.other
    for at, words in enumerate(zip(_words(one), _words(other), strict=False)):
        distances = {_distance(waiter, word) for waiter, word in zip((one, other), words, strict=True)}
        if len(distances) == 1 and None not in distances:
            return at
    return None


def _distance(waiter: Waiter, word: int | None) -> int | None:
    """How far behind an address the lock lies; None where it cannot be a field there."""
    if waiter.lock is None or word is None or not 0 <= waiter.lock - word < _FARTHEST_FIELD:
        return None
    return waiter.lock - word


def _words(waiter: Waiter) -> tuple[int | None, ...]:
    """The arguments of the function that calls Lock, as far as they can be addresses."""
    words = waiter.arguments[waiter.caller] if waiter.caller < len(waiter.arguments) else ()
    return tuple(pointer(word) for word in words)
