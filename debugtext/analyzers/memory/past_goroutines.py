"""The rule about how many goroutines a program once had at the same time, by what the runtime keeps of each."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import GOROUTINE_FORMATS
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.heap import HeapProfile, HeapSample

_MAKES_GOROUTINES = "runtime.malg"


class PastGoroutines(Rule):
    """The heap keeps the descriptors of very many goroutines, most of which may have ended.

    **What it sees.** Objects in use that `runtime.malg` made: one for each goroutine. The runtime reuses those of ended
    goroutines and never frees them (gfput in runtime/proc.go), so their number is the most goroutines that ever existed
    at one time. It is not reported if the text shows at least half as many goroutines: other rules look at those.

    **Why it is trouble.** It need not be. But a leak that ended when its peer restarted, or bursts of goroutines
    without a limit, leave no other trace.

    **When it is not.** In programs that serve that many clients at once.

    **What to do.** Take `goroutine?debug=1`. If they are still there, see what they wait for; if not, limit the bursts
    (a pool, a semaphore).
    """

    id = "DT414"
    name = "past-goroutines"
    verdict = Verdict.INFO
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"goroutines": 10_000, "samples": 10}
    fires_on: ClassVar = ("heap/passed-go1.26.txt",)
    quiet_on: ClassVar = ("heap/stacks-go1.26.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one note for each heap text."""
        captures = [capture for _, capture in subject.captures() if capture.format in GOROUTINE_FORMATS]
        seen = sum(capture.goroutines or 0 for capture in captures)
        for name, capture in subject.captures():
            if not isinstance(capture.body, HeapProfile):
                continue
            made = [sample for sample in capture.body.samples if _is_descriptor(sample)]
            samples = sum(sample.inuse.objects for sample in made)
            most = sum(sample.inuse.estimated(capture.body.rate).objects for sample in made)
            enough = samples >= self.threshold(subject, "samples") and most >= self.threshold(subject, "goroutines")
            if enough and 2 * seen < most:
                yield self.finding(
                    f"about {_rounded(most):,} goroutines are there, or were once at the same time",
                    severity=Severity.NOTE,
                    count=most,
                    source=(name, made[0].line),
                    evidence={"descriptors": most, "samples": samples, "goroutines_shown": seen},
                    advice="Take goroutine?debug=1: if they are still there, see what they wait for; if not, give the "
                    "bursts of them a limit.",
                )


def _is_descriptor(sample: HeapSample) -> bool:
    return bool(sample.inuse.objects) and _MAKES_GOROUTINES in sample.stack.functions


def _rounded(number: int) -> int:
    """The number with two digits: it is an estimate from some dozens of samples."""
    return round(number, 2 - len(str(number)))
