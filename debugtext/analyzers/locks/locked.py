"""Locks whose holder cannot go on: cycles, re-entry, and holders that are stuck."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.evidence.stillness import BLOCKING, is_still, shows_a_hang
from debugtext.analyzers.locks.forgotten_unlock import ForgottenUnlock
from debugtext.analyzers.locks.holders import Holder
from debugtext.analyzers.locks.in_sight import holds_up_most, nobody_goes_on
from debugtext.analyzers.locks.lock_rule import LockRule
from debugtext.analyzers.locks.queues import keeps, stands
from debugtext.analyzers.locks.tangles import Tangle, is_writer_waiting, tangles_of
from debugtext.analyzers.locks.turns import goes_round
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import Finding, Severity
from debugtext.stacks.operations import IO, Operation
from debugtext.stacks.wording import goroutines, minutes, wait

_OF_READERS = (
    "A writer waits for readers here: if this one has not read-locked it, look for an RLock whose call has ended "
    "without RUnlock."
)


class LockCycle(LockRule):
    """Goroutines wait for locks in a circle: each holds what the next one wants.

    **What it sees.** Waiters grouped by the address of their lock, and for each lock the goroutine that has the same
    address in its arguments and is already past Lock. If following holders and waiters leads back to the start, it is a
    circle, of two goroutines (AB-BA) or more. Where addresses are missing, less certain signs are used:

    - a method of the lock's type stands below the wait for the other lock;

    - goroutines at one line wait for different locks, and nobody else can go on.

    **Why it is trouble.** None of them can ever go on, and everyone who needs one of the locks joins them. Goroutines
    that wait for locks whose holders are stuck behind the circle are counted as well.

    **When it is not.** Addresses in a text can be stale (Go marks them with `?`): if the circle is real, a second text
    a minute later shows the same goroutines. If two goroutines wait at the same line, both locks may have been left
    locked instead: look for a missing Unlock there too.

    **What to do.** Take the locks in one order everywhere, or release the first before taking the second.
    """

    id = "DT301"
    name = "lock-cycle"
    advice = "Take these locks in the same order everywhere, or release the first before taking the second."
    fires_on: ClassVar = ("dump/lock-order-go1.27.txt",)
    quiet_on: ClassVar = ("dump/contention-go1.27.txt", "dump/rwmutex-go1.21.txt")

    def is_mine(self, subject: Subject, tangle: Tangle) -> bool:
        """True for a circle."""
        del subject
        return tangle.is_cycle

    def title(self, subject: Subject, tangle: Tangle) -> str:
        """The functions of the first holders."""
        del subject
        names = " and ".join(dict.fromkeys(holder.function for holder in tangle.holders[:3]))
        return f"locks are taken in a circle in {names}{minutes(tangle.lock.oldest_minutes)}"

    def tell(self, subject: Subject, tangle: Tangle) -> Finding:
        """The finding, with the number of goroutines that wait for locks whose holders are stuck behind a circle."""
        found = super().tell(subject, tangle)
        behind = subject.once(_waiters_behind)[id(tangle.place.capture)]
        return replace(found, evidence={**found.evidence, "waiters_behind": behind}) if behind else found

    def severity(self, tangle: Tangle) -> Severity:
        """A warning if only the types of methods show the holders, and the text has no ages."""
        return _severity(tangle, tangle.holders)


class LockAgain(LockRule):
    """A goroutine waits for a lock that it probably holds itself.

    **What it sees.** A waiter whose stack has a second method of the same object further down, with other code in
    between (a callback, a listener). If Go has lost the address of the object, a method of the same type is enough as
    long as nobody else seems to hold the lock; and so is one that calls the locking method directly, if no other waiter
    for this lock could be holding it.

    **Why it is trouble.** Go's mutexes are not re-entrant: the goroutine waits for itself forever. A second RLock does
    the same as soon as a writer waits in between.

    **When it is not.** When the lower method does not hold the lock at that point.

    **What to do.** Call back after Unlock, or split off a method that expects the lock to be held.
    """

    id = "DT302"
    name = "lock-re-entry"
    advice = (
        "Release the lock before calling out, or split off a method that expects it to be held: Go's "
        "locks are not re-entrant."
    )
    fires_on: ClassVar = ("dump/lock-again-go1.26.txt",)
    quiet_on: ClassVar = ("dump/itself-go1.26.txt", "dump/mutex-lock-go1.23.txt")

    def is_mine(self, subject: Subject, tangle: Tangle) -> bool:
        """True if a goroutine waits for a lock that it holds itself."""
        return tangle.holder is not None and tangle.holder.again and is_settled(subject, tangle)

    def title(self, subject: Subject, tangle: Tangle) -> str:
        """The function that locks again, and the one that locked before."""
        del subject
        assert tangle.holder is not None
        is_second_read = tangle.waiter.place.operation is Operation.READ_LOCK and is_writer_waiting(tangle.lock)
        waits = "waits behind a writer" if is_second_read else "waits"
        return (
            f"{tangle.waiter.frame.function} {waits}{minutes(tangle.lock.oldest_minutes)} for a lock that "
            f"{tangle.holder.function}, its own caller, probably holds"
        )


class HolderStuck(LockRule):
    """Goroutines wait for a lock whose holder waits for something else.

    **What it sees.** Goroutines in Lock or RLock, and one that is past Lock on the same object and blocked itself: on a
    channel, a WaitGroup, another lock, the network or a child process. A single profile shows no waiting times, so
    there the queue must be long: most of all goroutines, or hundreds. If a library, such as a logger, holds its lock
    while it calls your code, your code is what to open.

    **Why it is trouble.** The waiters are victims; the holder is the cause. Until it goes on, all others wait.

    **When it is not.** A holder that works (it runs, sleeps briefly, or reads a file) means contention, not a deadlock.
    It is reported only if somebody has waited for minutes, or if it does I/O in each of several texts while nobody gets
    the lock. A queue for a lock that goes round is DT306's. A holder in a select, which a timer may end, is reported
    only if somebody has waited for a while, if the queue stays from text to text, or if the text was taken because
    something hung. A printed wait of two minutes may be much shorter: Go counts from the garbage collection before the
    last one, and forces one every two minutes.

    **What to do.** Open the first function and move the send, the wait or the I/O out of the critical section.
    """

    id = "DT303"
    name = "lock-holder-stuck"
    advice = (
        "Move what the holder waits for (channel, WaitGroup, I/O, call back) out of the part between Lock and Unlock."
    )
    thresholds: ClassVar = {"minutes": 3}
    fires_on: ClassVar = ("dump/once-stuck-go1.27.txt",)
    quiet_on: ClassVar = ("dump/contention-go1.27.txt", "dump/lock-order-go1.27.txt")

    def is_mine(self, subject: Subject, tangle: Tangle) -> bool:
        """True if the holder cannot go on by itself, or somebody has waited for minutes."""
        holder = tangle.holder
        if (
            holder is None
            or holder.again
            or tangle.is_cycle
            or tangle.is_behind_cycle
            or not is_settled(subject, tangle)
            or subject.once(goes_round, tangle)
        ):
            return False
        if tangle.lock.oldest_minutes >= self.threshold(subject, "minutes"):
            return True
        if holder.place.operation is Operation.SELECT and not tangle.lock.oldest_minutes:
            return shows_a_hang(subject, holder.place.capture) or stands(subject, tangle)
        if holder.place.operation in IO and keeps(subject, tangle):
            return True
        return holder.place.operation in BLOCKING or holds_up_most(subject, tangle)

    def title(self, subject: Subject, tangle: Tangle) -> str:
        """The victims, the holder, and what the holder waits for."""
        del subject
        assert tangle.holder is not None
        holder = tangle.holder
        who = f"goroutine {holder.goroutine}" if holder.goroutine is not None else "a goroutine"
        return (
            f"{goroutines(tangle.lock.count)} {wait(tangle.lock.count)} for a lock in "
            f"{tangle.lock.where}, probably held by "
            f"{who} in {holder.function}: {holder.place.waits_for}{minutes(holder.place.oldest_minutes)}"
        )

    def severity(self, tangle: Tangle) -> Severity:
        """A warning if only the type of a method shows the holder, and the text has no ages."""
        return _severity(tangle, tangle.holders[:1])

    def tell(self, subject: Subject, tangle: Tangle) -> Finding:
        """The finding; if a writer waits for readers, also that one of them may have ended without RUnlock."""
        found = super().tell(subject, tangle)
        is_of_readers = tangle.lock.is_at_readers and found.advice == self.advice
        return replace(found, advice=f"{self.advice} {_OF_READERS}") if is_of_readers else found


def _waiters_behind(subject: Subject) -> Counter[int]:
    """How many goroutines wait for locks whose holders lead to a circle, by capture."""
    found: Counter[int] = Counter()
    for tangle in subject.once(tangles_of):
        if tangle.is_behind_cycle:
            found[id(tangle.place.capture)] += tangle.lock.count
    return found


def _severity(tangle: Tangle, holders: Sequence[Holder]) -> Severity:
    """An error if somebody has waited for a minute, or if arguments show who holds the locks; else a warning."""
    sure = tangle.lock.oldest_minutes >= 1 or all(holder.by_address for holder in holders)
    return Severity.ERROR if sure else Severity.WARNING


def is_settled(subject: Subject, tangle: Tangle) -> bool:
    """Whether the wait is more than a moment: it lasts a minute, or since an earlier input, or nobody is active.

    A dump of a busy program catches goroutines at locks that they get a microsecond later. Profiles print no minutes:
    there it is enough that most goroutines wait, and that the holder waits for others.
    """
    if tangle.lock.oldest_minutes >= 1:
        return True
    is_no_moment = stands(subject, tangle) or is_still(subject, tangle.place.capture)
    return is_no_moment or holds_up_most(subject, tangle) or nobody_goes_on(subject, tangle)


LOCK_RULES = (LockCycle(), LockAgain(), HolderStuck(), ForgottenUnlock())
