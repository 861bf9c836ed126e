"""The rule about operating-system threads: too many of them, or more and more."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.counts import CountProfile
from debugtext.records.findings import Certainty, Finding, Severity, Verdict


class ManyThreads(Rule):
    """The program has started very many operating-system threads.

    **What it sees.** The total in a threadcreate text, or in several of them.

    **Why it is trouble.** Each goroutine in a blocking system call or in C holds a thread; at 10,000 threads the
    runtime ends the program. Go never gives threads back.

    **When it is not.** A few dozen are normal (processors, timers, signals, C libraries).

    **What to do.** Look in a dump for goroutines in `syscall`, and limit how many are in C or in blocking files at
    once.
    """

    id = "DT502"
    name = "many-threads"
    verdict = Verdict.PRESSURE
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"threads": 1000, "note_threads": 200}
    fires_on: ClassVar = ("threadcreate/many-go1.26.txt",)
    quiet_on: ClassVar = ("threadcreate/cgo-go1.27.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each text."""
        growing = any(
            trend.kind == "threadcreate" and trend.name == "total" and trend.shape == "growing"
            for trend in (subject.trends if len(subject.readings) > 1 else ())
        )
        for name, capture in subject.captures():
            body = capture.body
            if not isinstance(body, CountProfile) or body.name != "threadcreate":
                continue
            if growing or body.count >= self.threshold(subject, "note_threads"):
                alarm = body.count >= self.threshold(subject, "threads")
                more = ", and it starts more and more" if growing else ""
                yield self.finding(
                    f"the program has started {body.count:,} threads{more}",
                    severity=Severity.WARNING if alarm else Severity.NOTE,
                    count=body.count,
                    source=(name, capture.first_line),
                    evidence={"threads": body.count, "growing": growing, "limit_of_the_runtime": 10_000},
                    advice="Look for goroutines in `syscall` in a dump; bound how many are in C or in "
                    "blocking files at once.",
                )
