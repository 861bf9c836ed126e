"""Locks that no goroutine of the text seems to hold: somebody forgot the Unlock."""

from collections.abc import Hashable
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.amounts import MANY
from debugtext.analyzers.evidence.excerpts import is_excerpt, is_part
from debugtext.analyzers.evidence.let_through import places_further_down
from debugtext.analyzers.evidence.stillness import is_still
from debugtext.analyzers.locks.addresses import OF_LOCKS
from debugtext.analyzers.locks.lock_rule import Awaiting, LockRule, own_caller
from debugtext.analyzers.locks.nobodys_locks import (
    at_second_locks,
    blocked_beside,
    gives_back,
    may_be_held_by_others,
    spot_of,
    waiters_at_each,
)
from debugtext.analyzers.locks.queues import may_be_load, stands, waiters_before
from debugtext.analyzers.locks.tangles import Tangle, is_writer_waiting, reader_before_writer
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.findings import Finding, Severity, location_of
from debugtext.stacks.operations import LOCKS

_NOT_SHOWN = "this excerpt does not show who holds it"
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

    **What it sees.** Goroutines waiting in Lock or RLock, where no goroutine appears to be past Lock on the same
    object. A wait of a moment is normal, so one of these must hold as well:

    - somebody has waited for minutes;

    - ten or more wait, and no active code of the package could hold the lock;

    - the same goroutines still wait in a later text, or the queue only grew;

    - the text is complete, names who calls Lock, and all your own code is blocked.

    **Why it is trouble.** Whoever took the lock returned without Unlock, by an early return or a panic. With an
    RWMutex, one forgotten RUnlock stops the first writer, and that writer stops all further readers; so does a
    goroutine that calls RLock twice with a writer arriving in between.

    **When it is not.** The holder may be a goroutine whose stack does not name the lock's object, or may be missing: of
    an excerpt (cut off, or without goroutine 1) the report says nothing about an Unlock, and with few waiters it is
    only a warning. The standard library gives its locks back: a busy log, say, is no deadlock in a profile.

    **What to do.** If this is an excerpt, look at the whole dump first. Put `defer mu.Unlock()` right after Lock, and
    look for a return between Lock and Unlock in the first function and in the other methods of its type.
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
        """True if nobody seems to hold the lock, and the wait is more than a moment."""
        if tangle.holders or tangle.is_cycle:
            return False
        lock = tangle.lock
        many = lock.count >= self.threshold(subject, "waiters")
        soon = many and all(place.operation in LOCKS for place in places_further_down(subject, tangle.place))
        if lock.oldest_minutes >= self.threshold(subject, "minutes_of_many" if soon else "minutes"):
            return True
        if stands(subject, tangle) and not gives_back(subject, tangle):
            return True
        if may_be_held_by_others(subject, tangle):
            return False
        if many:
            return True
        if lock.first.frame.package in OF_LOCKS:  # who calls Lock is cut off, and so is what it may hold
            return False
        capture = tangle.place.capture
        return is_still(subject, capture) and not is_excerpt(subject, capture)

    def key(self, tangle: Tangle, found: Finding) -> Hashable:
        """Several locks that are awaited in one function give one finding."""
        return spot_of(tangle) if "locks" in found.evidence else super().key(tangle, found)

    def tell(self, subject: Subject, tangle: Tangle) -> Finding:
        """The usual finding about a lock; then each fact about a lock without a holder is added, in this order."""
        found = super().tell(subject, tangle)
        for add in (_blocked_beside, _what_to_do, _more_than_before, _reader_before, _several_locks, _one_each):
            found = add(subject, tangle, found)
        if is_part(subject, tangle.place.capture):
            return self._of_excerpt(subject, tangle, found)
        return _of_last_goroutine(tangle, found)

    def _of_excerpt(self, subject: Subject, tangle: Tangle, found: Finding) -> Finding:
        """For an excerpt, only that goroutines wait: the missing part may show who holds the lock."""
        few = tangle.lock.count < self.threshold(subject, "waiters")
        look = _LOOK_AT_ALL if tangle.waiter.goroutine is not None else _TAKE_ALL
        is_load = may_be_load(subject, tangle) and reader_before_writer(tangle.lock) is None
        return replace(
            _with_chain(tangle, found, _NOT_SHOWN),
            severity=Severity.WARNING if few else found.severity,
            advice=_SECOND_TEXT if is_load else look,
        )

    def awaiting(self, subject: Subject, tangle: Tangle) -> Awaiting:
        """All goroutines that wait in this function, though for several locks: they may hold one another's."""
        one, waiters = super().awaiting(subject, tangle), waiters_at_each(subject, tangle)
        if len(waiters) == 1:
            return one
        return replace(one, count=sum(waiters), function=tangle.waiter.frame.function)

    def title(self, subject: Subject, tangle: Tangle) -> str:
        """How many wait, since when, for one lock or several, and that nobody seems to hold it."""
        one, locks = self.awaiting(subject, tangle), len(waiters_at_each(subject, tangle))
        members = subject.members(tangle.place.capture)
        about = "about " if members.are_read_in_part(tangle.place) else ""
        what = f"{about}{locks:,} locks" if locks > 1 else "a lock"
        what = "an RWMutex (readers behind a writer)" if is_writer_waiting(tangle.lock) else what
        load = ": a deadlock, or heavy contention" if may_be_load(subject, tangle) else ""
        return f"{one.who} for {what} in {one.where}{_holder(subject, tangle)}{load}"


def _holder(subject: Subject, tangle: Tangle) -> str:
    """The end of the title: who may hold the lock (another waiter, a missing part of the text), or that nobody does."""
    if further := tangle.lock.further_down:
        return f", {further:,} of them for a second one: perhaps taken in two orders"
    if tangle.may_be_several or _is_one_each(subject, tangle):
        return ", perhaps for one another's"
    if is_part(subject, tangle.place.capture):
        return f"; {_NOT_SHOWN}"
    several = len(waiters_at_each(subject, tangle)) > 1
    return f"; nobody in this text seems to hold {'them' if several else 'it'}"


def _advice(subject: Subject, tangle: Tangle) -> str:
    """The advice about load, about two locks, or about readers; empty if the rule's usual advice fits."""
    if may_be_load(subject, tangle):
        return _SECOND_TEXT
    if _may_be_two(subject, tangle):
        return _TWO_LOCKS
    return _OF_READERS if tangle.lock.is_at_readers else ""


def _is_one_each(subject: Subject, tangle: Tangle) -> bool:
    """Whether several goroutines wait for a lock each that nobody else holds: they may hold one another's."""
    waiters = waiters_at_each(subject, tangle)
    if len(waiters) == 1 or sum(waiters) > len(waiters) or _advice(subject, tangle):
        return False
    is_plain = not tangle.waiter.is_of_once and own_caller(subject, tangle) is None
    return is_plain and reader_before_writer(tangle.lock) is None


def _may_be_two(subject: Subject, tangle: Tangle) -> bool:
    """Whether the goroutines may wait for several locks: a profile of a few does not show for which."""
    lock = tangle.lock
    if lock.further_down or tangle.may_be_several or at_second_locks(subject, tangle):
        return True
    return tangle.waiter.goroutine is None and 1 < lock.count < MANY and not is_writer_waiting(lock)


def _blocked_beside(subject: Subject, tangle: Tangle, found: Finding) -> Finding:
    """Adds where others in the package are blocked: they may hold the lock of a plain function."""
    beside = blocked_beside(subject, tangle)
    if not beside:
        return found
    functions = tuple(dict.fromkeys((*found.functions[:1], *beside, *found.functions[1:])))
    return _with(replace(found, functions=functions[:MOST_FUNCTIONS]), blocked_in_its_package=beside)


def _what_to_do(subject: Subject, tangle: Tangle, found: Finding) -> Finding:
    """Replaces the advice about load, two locks and readers; what may be load is only a warning."""
    severity = Severity.WARNING if may_be_load(subject, tangle) else found.severity
    return replace(found, severity=severity, advice=_advice(subject, tangle) or found.advice)


def _more_than_before(subject: Subject, tangle: Tangle, found: Finding) -> Finding:
    """Adds how many waited in the first input."""
    before = waiters_before(subject, tangle)
    return _with(found, waiters_at_first=before) if before else found


def _reader_before(subject: Subject, tangle: Tangle, found: Finding) -> Finding:
    """Puts the reader first that came before the writer: only it can hold the lock itself."""
    del subject
    reader = reader_before_writer(tangle.lock)
    if reader is None:
        return found
    name = reader.frame.function
    found = replace(
        found,
        functions=tuple(dict.fromkeys((name, *found.functions)))[:MOST_FUNCTIONS],
        location=location_of(reader.frame),
        advice=f"{name} is there since before the writer: look for a second RLock in it, which waits for that writer; "
        "else for a return between RLock and RUnlock.",
    )
    return _with(found, reader_from_before_the_writer=f"{name}, goroutine {reader.goroutine}")


def _several_locks(subject: Subject, tangle: Tangle, found: Finding) -> Finding:
    """Counts the waiters of all locks that are awaited in this function."""
    waiters = waiters_at_each(subject, tangle)
    return _with(replace(found, count=sum(waiters)), locks=len(waiters)) if len(waiters) > 1 else found


def _one_each(subject: Subject, tangle: Tangle, found: Finding) -> Finding:
    """Says that goroutines which wait for one lock each may hold one another's."""
    if not _is_one_each(subject, tangle):
        return found
    link = "perhaps held by another one of them, which waits itself"
    return replace(_with_chain(tangle, found, link), advice=_ONE_EACH)


def _of_last_goroutine(tangle: Tangle, found: Finding) -> Finding:
    """If only one goroutine is left, says that it may have taken the lock itself."""
    if tangle.place.capture.goroutines != 1:
        return found
    link = "no other goroutine is left: it was locked twice here, or not unlocked"
    return replace(_with_chain(tangle, found, link), advice=_LOCKED_TWICE)


def _with_chain(tangle: Tangle, found: Finding, last: str) -> Finding:
    """The finding with another last link of its chain, which says who may hold the lock."""
    return _with(found, chain=[*tangle.drawn()[:-1], last])


def _with(found: Finding, **evidence: object) -> Finding:
    return replace(found, evidence={**found.evidence, **evidence})
