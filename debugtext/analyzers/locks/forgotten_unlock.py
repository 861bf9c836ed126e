"""Locks that nobody of the text seems to hold: an Unlock that was forgotten."""

from collections.abc import Hashable
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.evidence.excerpts import is_excerpt, is_part
from debugtext.analyzers.evidence.stillness import BLOCKING, FOR_EVER, is_still
from debugtext.analyzers.evidence.turns import further_down
from debugtext.analyzers.locks.addresses import OF_LOCKS
from debugtext.analyzers.locks.lock_rule import Awaiting, LockRule, own_caller
from debugtext.analyzers.locks.queues import may_be_load, stands, waiters_before
from debugtext.analyzers.locks.tangles import Tangle, is_writer_waiting, reader_before_writer, tangles_of
from debugtext.analyzers.locks.waiters import Waiter
from debugtext.analyzers.rule import MOST_FUNCTIONS, Subject
from debugtext.analyzers.stacks.operations import LOCKS, Operation
from debugtext.analyzers.stacks.ownership import Owner
from debugtext.records.findings import Finding, Location, Severity
from debugtext.records.frames import receiver_type

_MOST_BESIDE = 2
_CROWD = 10
"""So many times as many wait at one lock as at another, whose waiters may be those that hold up the crowd."""
_Spot = tuple[int, str]
"""A capture, and the function in which goroutines wait for locks."""
_BY_NONE = "which no goroutine of this text seems to hold"
_NOT_SHOWN = "its holder is not in this excerpt"
_PERHAPS_THEIRS = "perhaps for one another's"
_SECOND_TEXT = (
    "Take another text a minute later: who is still there waits for a lock that is not given back (a return or panic "
    "between Lock and Unlock); else hold it for less."
)
_TWO_LOCKS = (
    "Take goroutine?debug=2: it says which lock each waits for. Two locks need one order everywhere, one needs its "
    "Unlock on every path."
)
_WHO_HOLDS = (
    "who holds the lock is in another method on the same object (the same first argument), and what that one waits for "
    "is the cause."
)
_ONE_EACH = (
    "If the function takes two locks, they may hold one another's: take them in one order; else look for a return or a "
    "panic between Lock and Unlock."
)
_LOCKED_TWICE = (
    "Look for a second Lock in this function and what it calls (Go's locks are not re-entrant), or for a return or a "
    "panic between Lock and Unlock."
)
_OF_READERS = (
    "The writer waits for readers to leave: look for an RLock without RUnlock (a return or a panic between them), and "
    "for a second RLock of one that has read-locked it already."
)
_LOOK_AT_ALL = f"Look at the whole dump: {_WHO_HOLDS}"
_TAKE_ALL = f"Take goroutine?debug=2: {_WHO_HOLDS}"


class ForgottenUnlock(LockRule):
    """Goroutines wait for a lock that no goroutine of the text seems to hold.

    **What it sees.** Waiters in Lock or RLock for minutes, or ten and more of them, or the same ones in two texts (with
    more behind them; of profiles, half as many more), or any in a whole text in which all own code is blocked; and
    nobody past Lock on that object.

    **Why it is trouble.** Who took the lock returned without Unlock: an early return or a panic on the way. With an
    RWMutex one forgotten RUnlock stops the first writer, and the writer stops all further readers; so does a second
    RLock of one goroutine with a writer in between.

    **When it is not.** The holder may hold the lock in a goroutine that names nothing of it, or be missing: of an
    excerpt (cut off, or without goroutine 1) this says nothing of an Unlock, and with few waiters is a warning only.
    The standard library gives its locks back: a busy log, say, is no deadlock in a profile.

    **What to do.** Look at the whole dump first, if this is an excerpt. `defer mu.Unlock()` right after Lock; look for
    a return between Lock and Unlock in the first function and in the other methods of its type.
    """

    id = "DT304"
    name = "forgotten-unlock"
    advice = (
        "Look for a return or a panic between Lock and Unlock in this function and its type's other "
        "methods: use `defer Unlock`."
    )
    thresholds: ClassVar = {"waiters": 10, "minutes": 2, "minutes_of_many": 1}
    fires_on: ClassVar = ("dump/mutex-lock-go1.23.txt", "dump/rwmutex-go1.21.txt")
    quiet_on: ClassVar = ("dump/contention-go1.27.txt", "dump/lock-order-go1.27.txt")

    def is_mine(self, subject: Subject, tangle: Tangle) -> bool:
        """Nobody holds it, and it is more than a moment."""
        if tangle.holders or tangle.is_cycle:
            return False
        lock = tangle.lock
        many = lock.count >= self.threshold(subject, "waiters")
        soon = many and all(place.operation in LOCKS for place in further_down(subject, tangle.place))
        if lock.oldest_minutes >= self.threshold(subject, "minutes_of_many" if soon else "minutes"):
            return True
        if stands(subject, tangle) and not _gives_back(subject, tangle):
            return True
        if _may_be_held_by_others(subject, tangle):
            return False
        if many:
            return True
        capture = tangle.place.capture
        return is_still(subject, capture) and not is_excerpt(subject, capture)

    def key(self, tangle: Tangle, found: Finding) -> Hashable:
        """Of several locks that are awaited in one function the first tells of all."""
        return _spot(tangle) if "locks" in found.evidence else super().key(tangle, found)

    def tell(self, subject: Subject, tangle: Tangle) -> Finding:
        """Of an excerpt only that they wait: who holds the lock may stand in what is missing.

        The lock of a plain function is mostly the package's: who else is blocked there may hold it.
        """
        found = super().tell(subject, tangle)
        beside = _blocked_beside(subject, tangle)
        if beside:
            functions = dict.fromkeys((*found.functions[:1], *beside, *found.functions[1:]))
            found = replace(
                found,
                functions=tuple(functions)[:MOST_FUNCTIONS],
                evidence={**found.evidence, "blocked_in_its_package": beside},
            )
        if advice := _advice(subject, tangle):
            severity = Severity.WARNING if advice == _SECOND_TEXT else found.severity
            found = replace(found, severity=severity, advice=advice)
        if before := waiters_before(subject, tangle):
            found = replace(found, evidence={**found.evidence, "waiters_at_first": before})
        if reader := reader_before_writer(tangle.lock):
            found = _with_reader(found, reader)
        if len(waiters := _waiters(subject, tangle)) > 1:
            found = replace(found, count=sum(waiters), evidence={**found.evidence, "locks": len(waiters)})
        if _is_one_each(subject, tangle):
            chain = [*tangle.drawn()[:-1], "perhaps held by another one of them, which waits itself"]
            found = replace(found, evidence={**found.evidence, "chain": chain}, advice=_ONE_EACH)
        if not is_part(subject, tangle.place.capture):
            return _left_alone(found, tangle)
        look = _LOOK_AT_ALL if tangle.waiter.goroutine is not None else _TAKE_ALL
        few = tangle.lock.count < self.threshold(subject, "waiters")
        chain = [*tangle.drawn()[:-1], _NOT_SHOWN]
        return replace(
            found,
            evidence={**found.evidence, "chain": chain},
            severity=Severity.WARNING if few else found.severity,
            advice=found.advice if found.advice == _SECOND_TEXT else look,
        )

    def awaiting(self, subject: Subject, tangle: Tangle) -> Awaiting:
        """Of several locks that are awaited in one function all who wait there: they may hold one another's."""
        one, waiters = super().awaiting(subject, tangle), _waiters(subject, tangle)
        if len(waiters) == 1:
            return one
        return replace(one, count=sum(waiters), function=tangle.waiter.frame.function)

    def title(self, subject: Subject, tangle: Tangle) -> str:
        """Who waits, since when, for one lock or several, and that nobody seems to hold it."""
        one, locks = self.awaiting(subject, tangle), len(_waiters(subject, tangle))
        what = f"{locks:,} locks" if locks > 1 else "a lock"
        what = "an RWMutex (readers behind a writer)" if is_writer_waiting(tangle.lock) else what
        load = ": a deadlock, or heavy contention" if may_be_load(subject, tangle) else ""
        return f"{one.who} for {what} in {one.where}, {_holder(subject, tangle)}{load}"


def _holder(subject: Subject, tangle: Tangle) -> str:
    """Who has the lock, as far as the text tells: another one of them, somebody who is not shown, or nobody."""
    if further := tangle.lock.further_down:
        return f"{further:,} of them at a second one: perhaps taken in two orders"
    if tangle.may_be_several or _is_one_each(subject, tangle):
        return _PERHAPS_THEIRS
    return _NOT_SHOWN if is_part(subject, tangle.place.capture) else _BY_NONE


def _advice(subject: Subject, tangle: Tangle) -> str:
    """What to do about load, about two locks, about readers; empty where it is what the rule says."""
    if may_be_load(subject, tangle):
        return _SECOND_TEXT
    if _may_be_two(subject, tangle):
        return _TWO_LOCKS
    return _OF_READERS if tangle.lock.is_at_readers else ""


def _waiters(subject: Subject, tangle: Tangle) -> list[int]:
    """How many wait at each of the locks that are awaited in this function and that nobody seems to hold."""
    return subject.once("locks of nobody", _of_nobody)[_spot(tangle)]


def _is_one_each(subject: Subject, tangle: Tangle) -> bool:
    """Whether there are as many locks as goroutines: nobody else has them, so they may have one another's."""
    waiters = _waiters(subject, tangle)
    if len(waiters) == 1 or sum(waiters) > len(waiters) or _advice(subject, tangle):
        return False
    is_plain = not tangle.waiter.is_of_once and own_caller(subject, tangle) is None
    return is_plain and reader_before_writer(tangle.lock) is None


def _may_be_two(subject: Subject, tangle: Tangle) -> bool:
    """Whether those who wait may wait for several locks: a profile of a few does not tell."""
    lock = tangle.lock
    if lock.further_down or tangle.may_be_several or _at_second_locks(subject, tangle):
        return True
    return tangle.waiter.goroutine is None and 1 < lock.count < _CROWD and not is_writer_waiting(lock)


def _left_alone(found: Finding, tangle: Tangle) -> Finding:
    """The finding; of the only goroutine that is left also that it may have taken the lock itself."""
    if tangle.place.capture.goroutines != 1:
        return found
    chain = [*tangle.drawn()[:-1], "no other goroutine is left: it was locked twice here, or not unlocked"]
    return replace(found, evidence={**found.evidence, "chain": chain}, advice=_LOCKED_TWICE)


def _of_nobody(subject: Subject) -> dict[_Spot, list[int]]:
    """How many wait for each of the locks that nobody seems to hold, by the function in which they do."""
    found: dict[_Spot, list[int]] = {}
    for tangle in subject.once("locks", tangles_of):
        if not tangle.holders:
            found.setdefault(_spot(tangle), []).append(tangle.lock.count)
    return found


def _spot(tangle: Tangle) -> _Spot:
    return id(tangle.place.capture), tangle.waiter.frame.function


def _with_reader(found: Finding, reader: Waiter) -> Finding:
    """The finding, with the reader to look at: the only one that can have the lock itself."""
    name = reader.frame.function
    return replace(
        found,
        functions=tuple(dict.fromkeys((name, *found.functions)))[:MOST_FUNCTIONS],
        location=Location(reader.frame.file, reader.frame.line) if reader.frame.file else None,
        evidence={**found.evidence, "reader_from_before_the_writer": f"{name}, goroutine {reader.goroutine}"},
        advice=f"{name} is there since before the writer: look for a second RLock in it, which waits for that writer; "
        "else for a return between RLock and RUnlock.",
    )


def _blocked_beside(subject: Subject, tangle: Tangle) -> list[str]:
    """Where else goroutines are blocked in the package of a plain function that locks.

    In a profile, which does not say for which lock somebody waits, also the few at other locks beside a crowd, and of
    any function's crowd where others wait at a second Lock: they are past a first one.
    """
    frame, capture = tangle.waiter.frame, tangle.place.capture
    is_profile = tangle.waiter.goroutine is None
    found = [*_at_second_locks(subject, tangle)]
    if not receiver_type(frame.function):
        few = tangle.lock.count / _CROWD if is_profile else 0
        found += [
            place.function
            for place in subject.company(capture).places
            if place.own and not place.idle and place.front is not None and place.front.package == frame.package
            and (place.operation in BLOCKING - LOCKS or (place.operation in LOCKS and place.count <= few))
        ]  # fmt: skip
    return list(dict.fromkeys(found))[:_MOST_BESIDE]


def _at_second_locks(subject: Subject, tangle: Tangle) -> list[str]:
    """The functions of the same package in which some wait for a second lock, if none do here."""
    if tangle.lock.further_down:
        return []
    return subject.once("second locks", _second_locks).get((id(tangle.place.capture), tangle.waiter.frame.package), [])


def _second_locks(subject: Subject) -> dict[tuple[int, str], list[str]]:
    """The functions in which some wait for a second lock, by the capture and the package."""
    found: dict[tuple[int, str], list[str]] = {}
    for tangle in subject.once("locks", tangles_of):
        frame = tangle.waiter.frame
        if tangle.lock.further_down:
            found.setdefault((id(tangle.place.capture), frame.package), []).append(frame.function)
    return found


def _may_be_held_by_others(subject: Subject, tangle: Tangle) -> bool:
    """Whether code of the same package is active: it may hold the lock, though no frame shows it (a closure, say)."""
    if _gives_back(subject, tangle):
        return True
    package = tangle.lock.first.frame.package
    packages = subject.company(tangle.place.capture).packages
    waits = BLOCKING | FOR_EVER | {Operation.ACCEPT}
    return any(package in found for operation, found in packages.items() if operation not in waits)


def _gives_back(subject: Subject, tangle: Tangle) -> bool:
    """Whether the lock is the standard library's, which forgets no Unlock: in a whole text one comes after the other.

    Counts of two profiles may be of others each time.
    """
    first = tangle.lock.first
    is_librarys = subject.ownership.owner(first.frame) is Owner.STANDARD and first.frame.package not in OF_LOCKS
    return is_librarys and first.goroutine is None and not is_excerpt(subject, tangle.place.capture)
