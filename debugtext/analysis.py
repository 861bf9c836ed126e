"""From what was read to a report: every rule looks at it, the loudest and surest finding comes first."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from debugtext.analyzers import rules_for
from debugtext.analyzers.ignoring import split_by_ignores
from debugtext.analyzers.precedence.answered import without_held_that_grows
from debugtext.analyzers.precedence.growth_with_reason import with_growth
from debugtext.analyzers.precedence.importance import importance
from debugtext.analyzers.precedence.same_finding import identity
from debugtext.analyzers.precedence.steps import apply_precedence
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.stacks.ownership import Ownership
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture, Reading
from debugtext.records.findings import Finding
from debugtext.records.frames import Frame, Stack
from debugtext.records.reports import Report
from debugtext.same_goroutines import without_repeats
from debugtext.settings import Settings

if TYPE_CHECKING:
    from debugtext.records.growth import Trend
    from debugtext.records.locks import AwaitedLock


def analyze(
    readings: Sequence[Reading], settings: Settings | None = None, trends: "tuple[Trend, ...] | None" = None
) -> Report:
    """Says what is wrong with the inputs, given in time order; with several, also what grew between them.

    `trends` are those of a longer series, of which `readings` are only the first and the last. Raises SettingsError for
    rules and thresholds that make no sense.
    """
    if isinstance(readings, Reading):
        raise TypeError("analyze() takes readings in time order: analyze([reading])")
    return _analyzed(readings, _usable(settings), trends)


def analyze_each(readings: Sequence[Reading], settings: Settings | None = None) -> Report:
    """Says what is wrong with each input by itself: they need not be of one program. Raises SettingsError, too."""
    usable = _usable(settings)
    return together([_analyzed((reading,), usable) for reading in readings])


def _usable(settings: Settings | None) -> Settings:
    """The settings; raises SettingsError for rules and thresholds that make no sense."""
    settings = settings or Settings()
    if settings.rules or settings.thresholds:
        from debugtext.analyzers.added import usable  # noqa: PLC0415 - few have rules or thresholds of their own

        return usable(settings)
    return settings


def _analyzed(readings: Sequence[Reading], settings: Settings, trends: "tuple[Trend, ...] | None" = None) -> Report:
    stacks = (stack for reading in readings for capture in reading.captures for stack in _stacks(capture))
    ownership = Ownership.infer(stacks, settings.own_prefixes)
    if not readings:
        return Report(())
    subject = Subject(_worth_judging(readings), ownership, settings, trends)
    rules = (*rules_for(capture.format for reading in readings for capture in reading.captures), *settings.rules)
    found = (finding for rule in rules for finding in rule.examine(subject))
    findings = [*apply_precedence(found, subject.last.captures), *_grown_within(subject, rules)]
    findings = without_held_that_grows(findings)
    if any(capture.repeats for capture in subject.last.captures):
        findings = _with_repeats(findings, rules, subject)
    reported, suppressed = split_by_ignores(findings, settings.ignores)
    differences = subject.differences if len(readings) > 1 else ()
    return Report(
        tuple(readings),
        tuple(sorted(with_growth(reported), key=importance)),
        suppressed=tuple(sorted(suppressed, key=importance)),
        changes=tuple(change for difference in reversed(differences) for change in difference.stacks),
        trends=trends or (),
        differences=differences,
        locks=_locks(subject),
        own_frame=ownership.own_frame,
        front_frame=ownership.front_frame,
    )


def _worth_judging(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The inputs; of one alone without what it shows twice, of which the rules would tell twice."""
    if len(readings) > 1:
        return tuple(readings)
    return tuple(replace(reading, captures=without_repeats(reading.captures)) for reading in readings)


def _grown_within(subject: Subject, rules: Sequence[Rule]) -> Iterator[Finding]:
    """What grew between the dumps of one input, where they surely are of one process."""
    of_series = subject.within
    if of_series is None:
        return
    for rule in rules:
        for finding in rule.examine(of_series) if rule.is_series else ():
            yield replace(finding, evidence={"dumps": len(of_series.readings), **finding.evidence})


def _with_repeats(findings: list[Finding], rules: Sequence[Rule], subject: Subject) -> list[Finding]:
    """The findings that count crashes (`times`) with those that are counted and not kept.

    What tells of such a crash is what the rules find where it stands alone.
    """
    more: Counter[Hashable] = Counter()
    for capture in subject.last.captures:
        if capture.repeats:
            alone = replace(subject, readings=(replace(subject.last, captures=(capture,)),))
            found = {identity(finding) for rule in rules for finding in rule.examine(alone)}
            more.update(dict.fromkeys(found, capture.repeats.times))
    return [
        replace(
            finding,
            count=finding.count + more[identity(finding)],
            evidence={**finding.evidence, "times": finding.count + more[identity(finding)]},
        )
        if "times" in finding.evidence and more[identity(finding)]
        else finding
        for finding in findings
    ]


def _locks(subject: Subject) -> "tuple[AwaitedLock, ...]":
    """Who waits for whom in the newest input; nothing is loaded for texts without goroutines."""
    if not subject.places:
        return ()
    from debugtext.analyzers.locks.awaited import awaited_locks  # noqa: PLC0415

    return awaited_locks(subject)


def _stacks(capture: Capture) -> Iterator[Stack]:
    """The stacks of a capture, each at least once."""
    samples = getattr(capture.body, "samples", ())
    return (sample.stack for sample in samples) if samples else (group.stack for group in capture.groups())


def together(reports: Sequence[Report]) -> Report:
    """One report of several, each of one input or of one series; each trend keeps its source."""
    if len(reports) == 1:
        return reports[0]

    def own_frame(stack: Stack) -> Frame | None:
        return next((frame for report in reports if (frame := report.own_frame(stack))), None)

    def front_frame(stack: Stack) -> Frame | None:
        return own_frame(stack) or next((frame for report in reports if (frame := report.front_frame(stack))), None)

    findings = sorted((finding for report in reports for finding in report.findings), key=importance)
    suppressed = tuple(finding for report in reports for finding in report.suppressed)
    return Report(
        tuple(reading for report in reports for reading in report.readings),
        tuple(findings),
        suppressed=suppressed,
        trends=tuple(trend for report in reports for trend in report.trends),
        locks=tuple(lock for report in reports for lock in report.locks),
        own_frame=own_frame,
        front_frame=front_frame,
    )
