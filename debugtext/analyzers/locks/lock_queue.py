"""Many goroutines at locks in a profile, which does not say what they wait for."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.crash_reports.crashing import is_snapshot
from debugtext.analyzers.rule import Rule, Subject
from debugtext.analyzers.stacks.crowds import crowds
from debugtext.analyzers.stacks.waiting import LOCKS
from debugtext.analyzers.wording import goroutines, percent
from debugtext.records.findings import Certainty, Finding, Severity, Verdict

_MOST_NAMED = 3


class LockQueue(Rule):
    """Many goroutines of a profile wait for locks.

    **What it sees.** A goroutine text at debug=1 in which some dozens, and a good part of all, stand in Lock or RLock.

    **Why it is trouble.** A lock is got in microseconds: a queue means that it is held for long, or never given back.

    **When it is not.** A moment of load: the next text then shows other places.

    **What to do.** Take `goroutine?debug=2`: it prints which lock each waits for and since when, and who holds it.
    """

    id = "DT306"
    name = "lock-queue"
    verdict = Verdict.CONTENTION
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"least": 10, "share": 0.05}
    fires_on: ClassVar = ("goroutine/lock-queue-go1.26.txt",)
    quiet_on: ClassVar = ("goroutine/baseline-go1.27.txt", "goroutine/chan-send-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one note a profile: a traceback tells the locks themselves."""
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
            if crowd.count < self.threshold(subject, "least") or share < self.threshold(subject, "share"):
                continue
            where = [f"{one.first.function} ({one.count:,})" for one in crowds(crowd.places)][:_MOST_NAMED]
            yield self.place_finding(
                subject,
                f"{goroutines(crowd.count)} ({percent(share)}) wait for a lock in {', '.join(where)}",
                list(crowd.places),
                severity=Severity.NOTE,
                evidence={"goroutines": crowd.count, "share": percent(share)},
                advice="Take goroutine?debug=2: it says which lock they wait for, since when, and who may hold it.",
            )
