"""Goroutine profiles one below the other in one text, each with more goroutines than the one before."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from debugtext.analyzers._rule import Rule, Subject
from debugtext.analyzers.wording import goroutines
from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile
from debugtext.records.findings import Certainty, Finding, Severity, Verdict


class GrowingTotals(Rule):
    """The number of goroutines rises from profile to profile within one text.

    **What it sees.** The headers of goroutine profiles (`goroutine profile: total 1003`, then 2003, then 3003), each
    with more than the one before, the last with far more than the first. Three and more of them, or two of which only
    the headers are there: whoever copies nothing else wants to show how the number rises.

    **Why it is trouble.** Goroutines that do not end, one more for each request, retry or reconnect, are a leak.

    **When it is not.** The load rose meanwhile, or the profiles are of several processes.

    **What to do.** Compare whole profiles, which name the stack that grows: `debugtext diff` takes a text with several
    of them.
    """

    id = "DT216"
    name = "growing-totals"
    verdict = Verdict.GROWTH
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"growth": 100, "factor": 1.5, "growth_of_two": 500, "factor_of_two": 3}
    fires_on: ClassVar = ("pasted/totals-goroutine.txt",)
    quiet_on: ClassVar = ("pasted/cut-goroutine.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding a text; of a series, DT210 names the stack that grew."""
        if len(subject.readings) > 1 or subject.known_trends is not None:
            return
        for run in _rising(capture for _, capture in subject.captures()):
            totals = [page.goroutines or 0 for page in run]
            few = len(run) == 2  # noqa: PLR2004
            if few and any(isinstance(page.body, CountProfile) and page.body.samples for page in run):
                continue
            growth, of_two = totals[-1] - totals[0], "_of_two" if few else ""
            enough = growth >= self.threshold(subject, f"growth{of_two}")
            if not enough or totals[-1] < self.threshold(subject, f"factor{of_two}") * totals[0]:
                continue
            yield self.finding(
                f"goroutines rise from {totals[0]:,} to {totals[-1]:,} within this text",
                severity=Severity.WARNING,
                count=totals[-1],
                is_own=False,  # no place to open: what names one comes first
                source=(subject.last.name, run[0].first_line),
                evidence={"totals": totals, "growth": goroutines(growth)},
                advice="Headers do not say which stack grows: take two whole profiles (goroutine?debug=1) and compare "
                "them (`debugtext diff`).",
            )
            return


def _rising(captures: Iterable[Capture]) -> list[list[Capture]]:
    """Runs of two goroutine profiles and more, each with more goroutines than the one before."""
    runs: list[list[Capture]] = [[]]
    for capture in captures:
        if capture.format != "goroutine-profile":
            continue
        if runs[-1] and (capture.goroutines or 0) <= (runs[-1][-1].goroutines or 0):
            runs.append([])
        runs[-1].append(capture)
    return [run for run in runs if len(run) > 1]
