"""Goroutine profiles in one text, each with more goroutines than the one before."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile
from debugtext.records.findings import Certainty, Finding, Severity, Verdict


class GrowingTotals(Rule):
    """The number of goroutines rises from profile to profile within one text.

    **What it sees.** Headers of goroutine profiles (`goroutine profile: total 1003`, then 2003, then 3003), each with
    more than the one before, the last with far more than the first, and still rising. It takes three or more complete
    profiles with the same largest stack, or two or more headers directly below each other: whoever copies only the
    headers wants to show how the number rises.

    **Why it is trouble.** Goroutines that do not end, one more for each request, retry or reconnect, are a leak.

    **When it is not.** When the load rose meanwhile, or the profiles are of several processes.

    **What to do.** Compare complete profiles, which show the stack that grows: `debugtext diff` also takes one text
    with several of them.
    """

    id = "DT216"
    name = "growing-totals"
    verdict = Verdict.GROWTH
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"growth": 100, "factor": 1.5, "growth_of_two": 500, "factor_of_two": 3, "last_step": 0.25}
    fires_on: ClassVar = ("pasted/totals-goroutine.txt",)
    quiet_on: ClassVar = ("pasted/totals-influxdb.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding; in a series of whole profiles DT210 names the stack that grew."""
        series = len(subject.readings) > 1
        captures = [capture for reading in subject.readings for capture in reading.captures]
        for run in _rising(captures, anywhere=series):
            totals = [page.goroutines or 0 for page in run]
            headers = not any(map(_has_records, run))
            if (series or len(run) == 2) and not headers:  # noqa: PLR2004
                continue
            growth, of_two = totals[-1] - totals[0], "_of_two" if len(run) == 2 else ""  # noqa: PLR2004
            enough = growth >= self.threshold(subject, f"growth{of_two}")
            rises_still = totals[-1] - totals[-2] >= self.threshold(subject, "last_step") * growth / (len(run) - 1)
            if not (enough and rises_still) or totals[-1] < self.threshold(subject, f"factor{of_two}") * totals[0]:
                continue
            yield self.finding(
                f"goroutines rise from {totals[0]:,} to {totals[-1]:,} within this text",
                severity=Severity.WARNING,
                count=totals[-1],
                is_own=False,  # no place to open: findings that name one come first
                source=(subject.last.name, run[0].first_line),
                evidence={"totals": totals, "growth": growth},
                advice="Headers do not say which stack grows: take two whole profiles (goroutine?debug=1) and compare "
                "them (`debugtext diff`).",
            )
            return


def _rising(captures: Iterable[Capture], *, anywhere: bool) -> list[list[Capture]]:
    """Runs of at least two goroutine profiles, each with more goroutines than the one before.

    Unless they may stand `anywhere`, headers must follow each other directly, and whole profiles share their largest
    stack.
    """
    runs: list[list[Capture]] = [[]]
    for capture in captures:
        if capture.format != "goroutine-profile":
            continue
        before = runs[-1][-1] if runs[-1] else None
        if before and not (_is_more(before, capture) and (anywhere or _is_next(before, capture))):
            runs.append([])
        runs[-1].append(capture)
    return [run for run in runs if len(run) > 1]


def _is_more(before: Capture, after: Capture) -> bool:
    return (after.goroutines or 0) > (before.goroutines or 0)


def _is_next(before: Capture, after: Capture) -> bool:
    """Whether two captures may be of one program: headers on successive lines, or profiles with one largest stack."""
    if not _has_records(before) and not _has_records(after):
        return after.first_line - before.last_line == 1
    if not (_has_records(before) and _has_records(after)):
        return False
    largest = after.groups()[0].stack.functions
    return any(group.stack.functions == largest for group in before.groups())


def _has_records(capture: Capture) -> bool:
    return isinstance(capture.body, CountProfile) and bool(capture.body.samples)
