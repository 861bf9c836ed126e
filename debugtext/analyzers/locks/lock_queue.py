"""Many goroutines that wait for locks, or for one lock, though perhaps only for a moment."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.crash_facts.crashing import is_snapshot
from debugtext.analyzers.locks.reported import has_reported_lock, is_reported
from debugtext.analyzers.locks.tangles import Tangle, tangles_of
from debugtext.analyzers.locks.turns import goes_round
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.stacks.crowds import crowds
from debugtext.stacks.operations import LOCKS
from debugtext.stacks.wording import each, goroutines, minutes, percent, ratio

_NOT_FOR_LONG = ", none of them for a minute"
_WITHOUT_TIMES = "; the text prints no waiting times"
"""Go notes who waits when it collects garbage. An idle program collects none, and so its dumps have no minutes."""

_TAKE_ANOTHER = (
    "Take another text some minutes later: who is still there waits for a lock that is not given back; else hold it "
    "for less."
)
_HOLD_FOR_LESS = (
    "More goroutines come for this lock than it can serve: do what the holder does now before Lock or after Unlock, or "
    "split what the lock protects."
)


class LockQueue(Rule):
    """Many goroutines wait for locks, though perhaps only for a moment.

    **What it sees.** A goroutine text at debug=1 in which ten or more goroutines, and a good part of all, are in Lock
    or RLock. Or a traceback in which a quarter of all goroutines wait for one lock that no other rule reports; if it
    prints no waiting times, as before a program's first garbage collection, as many as at debug=1 are enough. Or a
    queue of minutes for a lock that goes round: another goroutine holds it than in the text before, or old goroutines
    with short waits are back in the queue. This one is a warning, all others are notes.

    **Why it is trouble.** Taking a lock needs microseconds: a queue means that it is held for long, or never given
    back.

    **When it is not.** In a moment of load: the next text then shows other places.

    **What to do.** Take `goroutine?debug=2`: it shows which lock each goroutine waits for, since when, and who holds
    it. If the text already is a traceback, take a second one some minutes later: whoever still waits is waiting for a
    lock that is not given back.
    """

    id = "DT306"
    name = "lock-queue"
    verdict = Verdict.CONTENTION
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"least": 10, "share": 0.05, "least_at_one": 5, "share_at_one": 0.25, "minutes": 3}
    fires_on: ClassVar = ("goroutine/lock-queue-go1.26.txt", "dump/contention-go1.27.txt")
    quiet_on: ClassVar = ("goroutine/leakprofile-mutex-go1.27.txt", "dump/mutex-lock-go1.23.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one note for a profile, and one for each lock of a traceback."""
        yield from self._in_profiles(subject)
        for tangle in subject.once(tangles_of):
            if tangle.place.group.state is None:
                continue
            turns = subject.once(goes_round, tangle)
            is_slow = bool(turns) and tangle.lock.oldest_minutes >= self.threshold(subject, "minutes")
            if self._is_long(subject, tangle, is_slow=is_slow) and not is_reported(subject, tangle):
                found = self._at_one(subject, tangle, turns)
                yield replace(found, severity=Severity.WARNING) if is_slow else found

    def _is_long(self, subject: Subject, tangle: Tangle, *, is_slow: bool) -> bool:
        """Whether the queue at one lock is long; a dump without waiting times is judged as a profile is."""
        company, count = subject.company(tangle.place.capture), tangle.lock.count
        if not company.oldest_minutes and count >= self.threshold(subject, "least"):
            return count >= self.threshold(subject, "share") * company.count
        is_large = count >= self.threshold(subject, "share_at_one") * company.count
        return count >= self.threshold(subject, "least_at_one") and (is_large or is_slow)

    def _in_profiles(self, subject: Subject) -> Iterator[Finding]:
        waiting = (
            place
            for place in subject.places
            if place.operation in LOCKS
            and place.group.state is None
            and not place.leaked
            and is_snapshot(subject, place.capture)
        )
        for crowd in crowds(waiting, lambda _: "all"):
            share = crowd.count / subject.company(crowd.first.capture).count
            few = crowd.count < self.threshold(subject, "least") or share < self.threshold(subject, "share")
            if few or has_reported_lock(subject, crowd.first.capture):
                continue
            yield self.place_finding(
                subject,
                f"{goroutines(crowd.count)} ({percent(share)}) wait for a lock in {each(crowd.by_function)}",
                list(crowd.places),
                severity=Severity.NOTE,
                evidence={"goroutines": crowd.count, "share": ratio(share)},
                advice="Take goroutine?debug=2: it says which lock they wait for, since when, and who may hold it.",
            )

    def _at_one(self, subject: Subject, tangle: Tangle, turns: str) -> Finding:
        """The finding about one lock, with the goroutine that seems to hold it just now; `turns`: why it goes round."""
        lock, company = tangle.lock, subject.company(tangle.place.capture)
        share = lock.count / max(1, company.count)
        places = list({id(waiter.place): waiter.place for waiter in (lock.first, *lock.waiters)}.values())
        since = minutes(lock.oldest_minutes) or (_NOT_FOR_LONG if company.oldest_minutes else _WITHOUT_TIMES)
        found = self.place_finding(
            subject,
            f"{goroutines(lock.count)} ({percent(share)}) wait for one lock in {lock.where}{since}",
            places,
            severity=Severity.NOTE,
            evidence={
                "chain": [*tangle.drawn(), *filter(None, (turns,))],
                "goroutines": lock.count,
                "share": ratio(share),
            },
            advice=_HOLD_FOR_LESS if turns else _TAKE_ANOTHER,
        )
        holder = (tangle.holder.function,) if tangle.holder else ()
        functions = tuple(dict.fromkeys((*found.functions[:1], *holder, *found.functions[1:])))
        return replace(found, count=lock.count, functions=functions[:MOST_FUNCTIONS])
