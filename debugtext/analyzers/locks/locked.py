"""Locks that goroutines wait for in vain: cycles, re-entry, holders that are stuck, and locks that nobody holds."""

from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.evidence.stillness import BLOCKING, is_still, shows_a_hang
from debugtext.analyzers.locks.in_sight import holds_up_most
from debugtext.analyzers.locks.lock_rule import LockRule
from debugtext.analyzers.locks.queues import may_be_load, stands, waiters_before
from debugtext.analyzers.locks.tangles import Tangle, is_writer_waiting, reader_before_writer
from debugtext.analyzers.locks.waiters import OF_LOCKS, Waiter, receiver_type
from debugtext.analyzers.rule import MOST_FUNCTIONS, Subject
from debugtext.analyzers.stacks.ownership import Owner
from debugtext.analyzers.stacks.waiting import LOCKS, Operation
from debugtext.analyzers.wording import each, goroutines, minutes, wait
from debugtext.records.findings import Finding, Location, Severity

_MOST_BESIDE = 2
_BY_NONE = "which no goroutine of this text seems to hold"
_SECOND_TEXT = (
    "Take a second text a minute later: who is still there waits for a lock that is not given back (a return or panic "
    "between Lock and Unlock); else hold it for less."
)
_TWO_LOCKS = (
    "Take goroutine?debug=2: it says which lock each waits for. Two locks need one order everywhere, one needs its "
    "Unlock on every path."
)
_LOOK_AT_ALL = (
    "Look at the whole dump: who holds the lock is in another method on the same object (the same first argument), "
    "and what that one waits for is the cause."
)


class LockCycle(LockRule):
    """Goroutines wait for locks in a circle: each holds what the next one wants.

    **What it sees.** Waiters put together by the lock's address, and for each lock the goroutine that was given the
    same address and is past its Lock; following them leads back to the first (AB-BA between two goroutines, or
    longer).

    **Why it is trouble.** None of them can ever go on, and everyone who needs one of the locks joins them.

    **When it is not.** Addresses of a text can be stale (Go marks them with `?`); a second text a minute later shows
    the same goroutines if it is real.

    **What to do.** Take the locks in one order everywhere, or let go of the first before taking the second.
    """

    id = "DT301"
    name = "lock-cycle"
    advice = "Take these locks in the same order everywhere, or release the first before taking the second."
    fires_on: ClassVar = ("dump/lock-order-go1.27.txt",)
    quiet_on: ClassVar = ("dump/contention-go1.27.txt", "dump/rwmutex-go1.21.txt")

    def is_mine(self, subject: Subject, tangle: Tangle) -> bool:
        """A circle."""
        del subject
        return tangle.is_cycle

    def title(self, tangle: Tangle) -> str:
        """Who waits for whom."""
        names = " and ".join(dict.fromkeys(holder.function for holder in tangle.holders[:3]))
        return f"locks are taken in a circle in {names}{minutes(tangle.lock.oldest_minutes)}"


class LockAgain(LockRule):
    """A goroutine waits for a lock that it probably holds itself.

    **What it sees.** On the stack of a waiter, a second method of the same object below the one that locks, with other
    code in between (a callback, a listener). Where Go has lost the receiver's address, a method of the same type will
    do if nobody else is seen to hold the lock; and so will one that calls the other directly, if it is the only one of
    all who wait for this lock that can have it.

    **Why it is trouble.** Go's mutexes are not re-entrant: it waits for itself for ever. A second RLock does the same
    as soon as a writer waits in between.

    **When it is not.** The lower method may not hold the lock at that point.

    **What to do.** Call back after Unlock, or split off a method that expects the lock to be held.
    """

    id = "DT302"
    name = "lock-re-entry"
    advice = (
        "Release the lock before calling out, or split off a method that expects it to be held: Go's "
        "locks are not re-entrant."
    )
    fires_on: ClassVar = ("dump/lock-again-go1.26.txt",)
    quiet_on: ClassVar = ("dump/contention-go1.27.txt", "dump/mutex-lock-go1.23.txt")

    def is_mine(self, subject: Subject, tangle: Tangle) -> bool:
        """The same goroutine, the same object, twice."""
        return tangle.holder is not None and tangle.holder.again and is_settled(subject, tangle)

    def title(self, tangle: Tangle) -> str:
        """Which function locks again."""
        assert tangle.holder is not None
        is_second_read = tangle.waiter.place.operation is Operation.READ_LOCK and is_writer_waiting(tangle.lock)
        waits = "waits behind a writer" if is_second_read else "waits"
        return (
            f"{tangle.waiter.frame.function} {waits} for a lock that {tangle.holder.function}, "
            f"its own caller, probably holds{minutes(tangle.lock.oldest_minutes)}"
        )


class HolderStuck(LockRule):
    """Many wait for a lock whose holder waits for something else.

    **What it sees.** Goroutines in Lock or RLock, and one that is past Lock on the same object and blocks: on a
    channel, a WaitGroup, another lock, the network, a child process. In a single profile, which prints no minutes, most
    goroutines must wait there, while the holder sends or waits for a WaitGroup; or hundreds of them, while it writes.

    **Why it is trouble.** The waiters are victims; the cause is the one that holds. Until that one goes on, all
    others wait.

    **When it is not.** A holder that works (runs, sleeps for a moment, reads a file) is contention, not a deadlock,
    and not reported unless somebody has waited for minutes; nor is one in a select, which a timer may end. Of two
    minutes a text may say so wrongly: Go counts from the garbage collection before the last one, and forces one every
    two minutes.

    **What to do.** Open the first function and move the send, the wait or the I/O out of the critical section.
    """

    id = "DT303"
    name = "lock-holder-stuck"
    advice = (
        "Move what the holder waits for (channel, WaitGroup, I/O, call back) out of the part between Lock and Unlock."
    )
    thresholds: ClassVar = {"minutes": 3}
    fires_on: ClassVar = ("dump/once-stuck-go1.27.txt",)
    quiet_on: ClassVar = ("dump/contention-go1.27.txt", "dump/mutex-lock-go1.23.txt")

    def is_mine(self, subject: Subject, tangle: Tangle) -> bool:
        """A holder that does not move by itself, or waiters of minutes."""
        holder = tangle.holder
        if holder is None or holder.again or tangle.is_cycle or not is_settled(subject, tangle):
            return False
        if tangle.lock.oldest_minutes >= self.threshold(subject, "minutes"):
            return True
        if holder.place.operation is Operation.SELECT and not tangle.lock.oldest_minutes:
            return shows_a_hang(subject, holder.place.capture)
        return holder.place.operation in BLOCKING or holds_up_most(subject, tangle)

    def title(self, tangle: Tangle) -> str:
        """Victims, holder, and what the holder waits for."""
        assert tangle.holder is not None
        holder = tangle.holder
        who = f"goroutine {holder.goroutine}" if holder.goroutine is not None else "a goroutine"
        return (
            f"{goroutines(tangle.lock.count)} {wait(tangle.lock.count)} for a lock in "
            f"{each(tangle.lock.callers)}, probably held by "
            f"{who} in {holder.function}: {holder.place.waits_for}{minutes(holder.place.oldest_minutes)}"
        )

    def severity(self, tangle: Tangle) -> Severity:
        """A holder known by its type only is less sure."""
        assert tangle.holder is not None
        old = tangle.lock.oldest_minutes >= 1
        return Severity.ERROR if old or tangle.holder.by_address else Severity.WARNING


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

    **What to do.** Look at the whole dump first, if this is an excerpt. `defer mu.Unlock()` right after Lock; look for
    a return between Lock and Unlock in the first function and in the other methods of its type.
    """

    id = "DT304"
    name = "forgotten-unlock"
    advice = (
        "Look for a return or a panic between Lock and Unlock in this function and its type's other "
        "methods: use `defer Unlock`."
    )
    thresholds: ClassVar = {"waiters": 10, "minutes": 2}
    fires_on: ClassVar = ("dump/mutex-lock-go1.23.txt", "dump/rwmutex-go1.21.txt")
    quiet_on: ClassVar = ("dump/contention-go1.27.txt", "dump/lock-order-go1.27.txt")

    def is_mine(self, subject: Subject, tangle: Tangle) -> bool:
        """Nobody holds it, and it is more than a moment."""
        if tangle.holders or tangle.is_cycle:
            return False
        lock = tangle.lock
        if lock.oldest_minutes >= self.threshold(subject, "minutes"):
            return True
        if stands(subject, tangle):
            return True
        if _may_be_held_by_others(subject, tangle):
            return False
        if lock.count >= self.threshold(subject, "waiters"):
            return True
        capture = tangle.place.capture
        return is_still(subject, capture) and not is_excerpt(subject, capture)

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
        if may_be_load(subject, tangle):
            found = replace(found, title=f"{found.title}: a deadlock, or heavy contention", advice=_SECOND_TEXT)
        elif tangle.lock.further_down:
            found = replace(found, advice=_TWO_LOCKS)
        if before := waiters_before(subject, tangle):
            found = replace(found, evidence={**found.evidence, "waiters_at_first": before})
        if reader := reader_before_writer(tangle.lock):
            found = _with_reader(found, reader)
        if not is_excerpt(subject, tangle.place.capture):
            return found
        few = tangle.lock.count < self.threshold(subject, "waiters")
        return replace(
            found,
            title=found.title.replace(_BY_NONE, "its holder is not in this excerpt"),
            severity=Severity.WARNING if few else found.severity,
            advice=found.advice if found.advice == _SECOND_TEXT else _LOOK_AT_ALL,
        )

    def title(self, tangle: Tangle) -> str:
        """Who waits, and since when."""
        lock = tangle.lock
        what = "an RWMutex (readers behind a writer)" if is_writer_waiting(lock) else "a lock"
        further = lock.further_down
        holder = f"{further:,} of them at a second one: perhaps taken in two orders" if further else _BY_NONE
        return (
            f"{goroutines(lock.count)} {wait(lock.count)}{minutes(lock.oldest_minutes)} for {what} in "
            f"{each(lock.callers)}, {holder}"
        )


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


def is_settled(subject: Subject, tangle: Tangle) -> bool:
    """Whether waiting is more than a moment: for a minute, or since an earlier input, or nobody in the text is active.

    A dump of a busy program catches goroutines at locks that they get in a microsecond. A profile prints no minutes:
    there it is enough that most wait, and that the holder waits for others.
    """
    if tangle.lock.oldest_minutes >= 1:
        return True
    is_no_moment = stands(subject, tangle) or is_still(subject, tangle.place.capture)
    return is_no_moment or holds_up_most(subject, tangle)


def _blocked_beside(subject: Subject, tangle: Tangle) -> list[str]:
    """Where else goroutines are blocked in the package of a plain function that locks; in none of a method's."""
    frame = tangle.waiter.frame
    if receiver_type(frame.function):
        return []
    places = subject.company(tangle.place.capture).places
    blocked = (place for place in places if place.own and not place.idle and place.operation in BLOCKING - LOCKS)
    here = (place.function for place in blocked if place.front is not None and place.front.package == frame.package)
    return list(dict.fromkeys(here))[:_MOST_BESIDE]


def _may_be_held_by_others(subject: Subject, tangle: Tangle) -> bool:
    """Whether code of the same package is active: it may hold the lock, though no frame shows it (a closure, say).

    The standard library forgets no Unlock: in a whole text, whoever has one of its locks will give it back.
    """
    package = tangle.lock.first.frame.package
    if subject.ownership.owner(tangle.lock.first.frame) is Owner.STANDARD and package not in OF_LOCKS:
        return not is_excerpt(subject, tangle.place.capture)
    packages = subject.company(tangle.place.capture).packages
    waits = BLOCKING | {Operation.ACCEPT}
    return any(package in found for operation, found in packages.items() if operation not in waits)


LOCK_RULES = (LockCycle(), LockAgain(), HolderStuck(), ForgottenUnlock())
