"""Goroutines that were started and have not run yet: more are started than the processors can run."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.stacks.places import Place
from debugtext.stacks.wording import goroutines, percent, ratio


class NeverRun(Rule):
    """Goroutines are started faster than they run.

    **What it sees.** Most goroutines of a dump are `[runnable]` on the first instruction of their function: a single
    frame whose path line has no `+0x…`. It is a note from a hundred on and a warning from a thousand on. It is also a
    warning if an excerpt shows little else and the ids show that very many goroutines came before.

    **Why it is trouble.** Each waits for its turn with all that it was given; if more come than the processors can run,
    they use up all memory.

    **When it is not.** In a burst that passes: the work of one request or one batch, split into as many goroutines.

    **What to do.** Limit what runs at once: a fixed set of workers that receive from a channel, or errgroup's SetLimit.
    """

    id = "DT215"
    name = "never-run"
    verdict = Verdict.GROWTH
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"share": 0.5, "least": 100, "alarm_least": 1000, "excerpt_least": 3, "excerpt_id": 10_000}
    fires_on: ClassVar = ("dump/burst-go1.26.txt",)
    quiet_on: ClassVar = ("crash/map-writes-go1.23.txt", "crash/thread-limit-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each dump."""
        for _, capture in subject.captures():
            company = subject.company(capture)
            waiting = [place for place in company.places if is_at_its_start(place)]
            count = sum(place.count for place in waiting)
            if (
                count < self.threshold(subject, "excerpt_least")
                or count < self.threshold(subject, "share") * company.count
            ):
                continue
            if severity := self._severity(subject, capture, waiting[0], count):
                share = count / company.count
                yield self.place_finding(
                    subject,
                    f"{goroutines(count)} of {waiting[0].function}, {percent(share)} of all shown, have not begun to "
                    "run",
                    waiting,
                    severity=severity,
                    evidence={"goroutines": count, "share": ratio(share)},
                    advice="Bound what runs at once: workers that receive from a channel, or errgroup's SetLimit.",
                )

    def _severity(self, subject: Subject, capture: Capture, first: Place, count: int) -> Severity | None:
        """How loud the finding is; None for a handful of goroutines, which any busy program has."""
        if count >= self.threshold(subject, "alarm_least"):
            return Severity.WARNING
        number = subject.members(capture).first_id(first) or 0
        if number >= self.threshold(subject, "excerpt_id") and is_excerpt(subject, capture):
            return Severity.WARNING
        return Severity.NOTE if count >= self.threshold(subject, "least") else None


def is_at_its_start(place: Place) -> bool:
    """Whether goroutines stand on the first instruction of the function that a go statement started.

    A traceback prints the offset from the function's entry only where there is one (runtime/traceback.go).
    """
    state = place.group.state
    if state is None or state.status != "runnable" or place.stack.created_by is None:
        return False
    frames = [frame for frame in place.stack.frames if frame.function != "runtime.goexit"]
    return len(frames) == 1 and frames[0].offset is None and frames[0].file is not None and not frames[0].inlined
