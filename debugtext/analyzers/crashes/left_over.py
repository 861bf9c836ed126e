"""Goroutines that a test left behind, as goleak or leaktest found them."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.crash_reports.kinds import kind_of
from debugtext.analyzers.crash_reports.panic_frames import is_cut
from debugtext.analyzers.rule import Rule, Subject
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.wording import goroutines
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity, Verdict


class LeftOver(Rule):
    """A test ended and goroutines that it had started did not.

    **What it sees.** The reports of go.uber.org/goleak (`found unexpected goroutines`) and of leaktest.

    **Why it is trouble.** What a test leaves behind, a server leaves behind at every request or restart.

    **When it is not.** A goroutine that a package starts once for the process, or that just had no time to end: goleak
    can be told to ignore it.

    **What to do.** Open the first function and the creator named after it: Close or cancel what the test had opened.
    """

    id = "DT105"
    name = "left-over-goroutine"
    verdict = Verdict.LEAK
    certainty = Certainty.CERTAIN
    fires_on: ClassVar = ("crash/goleak-go1.26.txt",)
    quiet_on: ClassVar = ("dump/baseline-go1.27.txt", "crash/nil-deref-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each function, of however many tests."""
        reports = (capture for _, capture in subject.captures() if _is_report(capture.body))
        left: dict[str, list[Place]] = {}
        for place in (place for capture in reports for place in subject.company(capture).places):
            left.setdefault(place.function, []).append(place)
        for places in left.values():
            crowd = Crowd(tuple(sorted(places, key=lambda place: -place.count)))
            creator = crowd.first.stack.created_by
            shown = () if is_cut(crowd.first.stack) else crowd.first.stack.functions
            where = crowd.first.function or next(iter(shown), "a function that is cut off")
            started = f", started by {creator.function}" if creator else ""
            yield self.place_finding(
                subject,
                f"{goroutines(crowd.count)} left over by a test in {where}{started}",
                list(crowd.places),
                severity=Severity.ERROR,
                evidence={"goroutines": crowd.count, "found_by": getattr(crowd.first.capture.body, "kind", "")},
                advice="Close or cancel what this test opened before it returns (t.Cleanup), and wait for "
                "the goroutine.",
            )


def _is_report(body: object) -> bool:
    """Whether a capture lists only left-over goroutines."""
    return isinstance(body, Crash) and kind_of(body) == "DT105"
