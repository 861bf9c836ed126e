"""From what was read to a report: every rule examines it, and the findings are put in order."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from debugtext.analyzers import rules_for
from debugtext.analyzers.ignoring import split_by_ignores
from debugtext.analyzers.precedence.importance import importance
from debugtext.analyzers.precedence.same_finding import identity
from debugtext.analyzers.precedence.steps import apply_precedence, in_order_of_report
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture, Reading
from debugtext.records.findings import Finding
from debugtext.records.frames import Frame, Stack
from debugtext.records.reports import Report
from debugtext.series.same_goroutines import without_repeats
from debugtext.settings import Settings
from debugtext.stacks.ownership import Ownership

if TYPE_CHECKING:
    from debugtext.records.growth import Trend
    from debugtext.records.locks import AwaitedLock


def analyze(readings: Iterable[Reading], settings: Settings | None = None) -> Report:
    """Says what is wrong with the inputs, given in time order; with several, also what grew between them.

    For the report with the trends call `follow`. Raises SettingsError for a rule or threshold that makes no sense, and
    for a rule that fails.
    """
    return _analyzed(all_of(readings), _usable(settings))


def analyze_series(readings: Sequence[Reading], settings: Settings | None, trends: "tuple[Trend, ...]") -> Report:
    """As analyze(), with known trends: those of a longer series if `readings` are only its first and its last text."""
    return _analyzed(readings, _usable(settings), trends)


def analyze_each(readings: Iterable[Reading], settings: Settings | None = None) -> Report:
    """As analyze(), for each input by itself: they may be of several programs. Raises SettingsError as well."""
    usable = _usable(settings)
    return together([_analyzed((reading,), usable) for reading in all_of(readings)])


def all_of(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings that a caller gives, which may come from an iterator; raises TypeError for a single one."""
    if isinstance(readings, Reading):
        raise TypeError("give readings in time order, also if there is only one: [reading]")
    return tuple(readings)


def _usable(settings: Settings | None) -> Settings:
    """The settings; raises SettingsError for rules and thresholds that make no sense."""
    settings = Settings() if settings is None else settings
    if not isinstance(settings, Settings):
        raise TypeError(f"settings must be debugtext.Settings(...), not {type(settings).__name__}")
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
    found = (finding for rule in rules for finding in _examined(rule, subject))
    findings = apply_precedence(found, subject.last.captures, _grown_within(subject, rules))
    if any(capture.repeats for capture in subject.last.captures):
        findings = _with_repeats(findings, rules, subject)
    reported, suppressed = split_by_ignores(findings, settings.ignores)
    differences = subject.differences if len(readings) > 1 else ()
    return Report(
        tuple(readings),
        in_order_of_report(reported),
        series=(tuple(readings),) if differences or trends else (),
        suppressed=tuple(sorted(suppressed, key=importance)),
        changes=tuple(change for difference in reversed(differences) for change in difference.stacks),
        trends=trends or (),
        differences=differences,
        locks=_locks(subject),
        own_frame=ownership.own_frame,
        front_frame=ownership.front_frame,
    )


def _examined(rule: Rule, subject: Subject) -> Iterable[Finding]:
    """What a rule finds; raises SettingsError if a rule of others fails."""
    if rule not in subject.settings.rules:
        return rule.examine(subject)
    from debugtext.analyzers.added import examined  # noqa: PLC0415 - few have rules of their own

    return examined(rule, subject)


def _worth_judging(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The inputs; a single input without the captures that it shows twice, which would give each finding twice."""
    if len(readings) > 1:
        return tuple(readings)
    return tuple(replace(reading, captures=without_repeats(reading.captures)) for reading in readings)


def _grown_within(subject: Subject, rules: Sequence[Rule]) -> Iterator[Finding]:
    """Findings about what grew between the dumps of a single input, if these surely are of one process."""
    series = subject.within
    if series is None:
        return
    for rule in rules:
        for finding in _examined(rule, series) if rule.is_series else ():
            yield replace(finding, evidence={"dumps": len(series.readings), **finding.evidence})


def _with_repeats(findings: list[Finding], rules: Sequence[Rule], subject: Subject) -> list[Finding]:
    """The findings; those that count crashes (`times`) also count the repeats that were not kept.

    A repeated crash adds to each finding that the rules make of a report of it alone: as often what that one counts.
    """
    counts, times = Counter[Hashable](), Counter[Hashable]()
    for capture in subject.last.captures:
        if capture.repeats:
            alone = replace(subject, readings=(replace(subject.last, captures=(capture,)),))
            for finding in (finding for rule in rules for finding in _examined(rule, alone)):
                counts[identity(finding)] += finding.count * capture.repeats.times
                times[identity(finding)] += capture.repeats.times
    return [
        replace(
            finding,
            count=finding.count + counts[identity(finding)],
            evidence={**finding.evidence, "times": int(str(finding.evidence["times"])) + times[identity(finding)]},
        )
        if "times" in finding.evidence and times[identity(finding)]
        else finding
        for finding in findings
    ]


def _locks(subject: Subject) -> "tuple[AwaitedLock, ...]":
    """Who waits for whom in the newest input. Texts without goroutines do not load the module for it."""
    if not subject.places:
        return ()
    from debugtext.analyzers.locks.awaited import awaited_locks  # noqa: PLC0415

    return awaited_locks(subject)


def _stacks(capture: Capture) -> Iterator[Stack]:
    """All distinct stacks of a capture; a stack may come more than once."""
    samples = getattr(capture.body, "samples", ())
    return (sample.stack for sample in samples) if samples else (group.stack for group in capture.groups())


def together(reports: Sequence[Report]) -> Report:
    """Several reports as one; each is of one input or of one series, and its trends keep their source."""
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
        series=tuple(series for report in reports for series in report.series),
        suppressed=suppressed,
        trends=tuple(trend for report in reports for trend in report.trends),
        locks=tuple(lock for report in reports for lock in report.locks),
        own_frame=own_frame,
        front_frame=front_frame,
    )
