"""Goroutines that wait at one line, each for another lock that nobody else holds: they hold one another's.

    main.(*Account).Move(0x0?, 0xc0000100d0, 0x1)      goroutine 7, waits for the lock at 0xc0000100d0
    main.(*Account).Move(0x0?, 0xc0000100c0, 0x1)      goroutine 8, waits for the lock at 0xc0000100c0

They are at the second Lock of a function that takes two locks, in different orders. But the function might also take
only one lock, and both have been left locked: so the arguments must show that each goroutine waits for the lock of
another object than its own. Two goroutines can only hold each other's lock. Of more, each must have been given the
object of another one's lock, and these must form a circle.
"""

from collections.abc import Sequence

from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.evidence.stillness import is_still, only_these_in_packages
from debugtext.analyzers.locks.holders import Holder
from debugtext.analyzers.locks.waiters import Lock, Waiter
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import receiver_type
from debugtext.stacks.arguments import pointer
from debugtext.stacks.members import SMALL_DUMP
from debugtext.stacks.operations import Operation

_FARTHEST_FIELD = 4096
"""A lock that lies further behind an address than this is not a field of the object there."""
_PAIR = 2
_Spot = tuple[str, int]
"""A function and the line of a Lock in it."""
_Waiting = dict[int, Waiter]
"""The goroutines that wait at one line, by the numbers of the locks for which they wait."""
_Holding = dict[int, int]
"""For the number of a lock, the number of the lock for which its holder waits."""


def crossed_holders(subject: Subject, locks: Sequence[Lock], holders: Sequence[Holder | None]) -> list[Holder | None]:
    """The holders of the locks, completed: goroutines that hold one another's locks become holders as well."""
    found = list(holders)
    for waiting in _at_one_line(locks, holders):
        if not _is_settled(subject, waiting):
            continue
        given = _in_circles(_given_others_object(waiting))
        for lock, own in (given or _of_a_pair(waiting)).items():
            waiter = waiting[own]
            found[lock] = Holder(waiter.place, waiter.goroutine, waiter.caller, by_address=bool(given))
    return found


def _at_one_line(locks: Sequence[Lock], holders: Sequence[Holder | None]) -> list[_Waiting]:
    """The goroutines at each line at which several wait, one for each of the locks, and nobody seems to hold these."""
    spots: dict[_Spot, list[tuple[int, Waiter]]] = {}
    for number, (lock, holder) in enumerate(zip(locks, holders, strict=True)):
        if holder is not None or lock.address is None:
            continue
        for waiter in lock.waiters:
            line = waiter.frame.line
            if line and waiter.lock == lock.address and waiter.place.operation is not Operation.READ_LOCK:
                spots.setdefault((waiter.frame.function, line), []).append((number, waiter))
    return [dict(spot) for spot in spots.values() if len(spot) == len({number for number, _ in spot}) >= _PAIR]


def _of_a_pair(waiting: _Waiting) -> _Holding:
    """If just two goroutines wait, and not for locks of their own objects: each holds the other's lock."""
    if len(waiting) != _PAIR or not (_own_objects_are_lost(waiting) or _locks_lie_elsewhere(waiting)):
        return {}
    first, second = waiting
    return {first: second, second: first}


def _is_settled(subject: Subject, waiting: _Waiting) -> bool:
    """Whether a whole text shows more than a moment of load: all have waited for a minute, or nobody else can go on."""
    places = [waiter.place for waiter in waiting.values()]
    capture = places[0].capture
    if is_excerpt(subject, capture) or subject.company(capture).count > SMALL_DUMP:
        return False
    if all(place.oldest_minutes for place in places) or is_still(subject, capture):
        return True
    return only_these_in_packages(subject, capture, places, {waiter.frame.package for waiter in waiting.values()})


def _given_others_object(waiting: _Waiting) -> _Holding:
    """Holders by their arguments: besides the object of the awaited lock, they were given that of another's lock."""
    at = _argument_with_lock(waiting)
    if at is None:
        return {}
    words = {number: _words(waiter) for number, waiter in waiting.items()}
    locked = {given[at]: number for number, given in words.items()}
    found: dict[int, list[int]] = {}
    for number, given in words.items():
        for lock in {locked[word] for word in given[:at] + given[at + 1 :] if word in locked} - {number}:
            found.setdefault(lock, []).append(number)
    return {lock: owners[0] for lock, owners in found.items() if len(owners) == 1}


def _in_circles(holding: _Holding) -> _Holding:
    """The part of `holding` that lies on circles: following it from a lock leads back to this lock."""
    found: _Holding = {}
    for start in holding:
        path, lock = {start}, holding.get(start)
        while lock is not None and lock not in path:
            path.add(lock)
            lock = holding.get(lock)
        if lock == start:
            found[start] = holding[start]
    return found


def _own_objects_are_lost(waiting: _Waiting) -> bool:
    """Whether each is in a method whose object is not printed, and waits for the lock of an object in its arguments."""
    own = {waiter.sure_word(waiter.caller) for waiter in waiting.values()}
    return _are_in_method(waiting) and own == {None} and bool(_argument_with_lock(waiting))


def _locks_lie_elsewhere(waiting: _Waiting) -> bool:
    """Whether each is in a method of another object, and waits for a lock that lies in no object of its arguments.

    A field lies equally far behind its object in both goroutines. A lock for which no argument fits so is reached
    through a pointer, and is shared with others.
    """
    if not _are_in_method(waiting) or _argument_with_lock(waiting) is not None:
        return False
    own = {waiter.sure_word(waiter.caller) for waiter in waiting.values()}
    return None not in own and len(own) == len(waiting)


def _are_in_method(waiting: _Waiting) -> bool:
    return all(receiver_type(waiter.frame.function) for waiter in waiting.values())


def _argument_with_lock(waiting: _Waiting) -> int | None:
    """The index of the argument behind which all locks lie equally far: it is the object with the lock."""
    for at, words in enumerate(zip(*map(_words, waiting.values()), strict=False)):
        distances = {_distance(waiter, word) for waiter, word in zip(waiting.values(), words, strict=True)}
        if len(distances) == 1 and None not in distances:
            return at
    return None


def _distance(waiter: Waiter, word: int | None) -> int | None:
    """How far behind an address the awaited lock lies; None if it cannot be a field there."""
    if waiter.lock is None or word is None or not 0 <= waiter.lock - word < _FARTHEST_FIELD:
        return None
    return waiter.lock - word


def _words(waiter: Waiter) -> tuple[int | None, ...]:
    """The arguments of the function that calls Lock; None for those that cannot be addresses."""
    words = waiter.arguments[waiter.caller] if waiter.caller < len(waiter.arguments) else ()
    return tuple(pointer(word) for word in words)
