"""JSON output, on which scripts rely: a change that breaks them raises `schema_version`.

Version 1 is the first: inputs with captures and problems, findings, locks, changes between inputs, suppressed findings.
"""

import json
from typing import TYPE_CHECKING

from debugtext.records.captures import Problem, Reading
from debugtext.records.findings import Finding, KnownFinding
from debugtext.records.pprof_tops import TopTable
from debugtext.records.reasons import in_json
from debugtext.records.reports import Report
from debugtext.renderers.json_captures import (
    Fields,
    capture_fields,
    frame_fields,
    function_fields,
    location_fields,
    stack_fields,
)
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.untrusted import json_text
from debugtext.series.same_goroutines import shown_by_another

if TYPE_CHECKING:
    from debugtext.records.growth import Change, Difference, Trend
    from debugtext.records.locks import AwaitedLock, LockHolder, LockWaiters

SCHEMA_VERSION = 1


def render(report: Report, options: RenderOptions) -> str:
    """The report as one JSON object, indented, without control characters; `full` adds each capture's stacks."""
    fields: Fields = {
        "schema_version": SCHEMA_VERSION,
        "inputs": [_input(reading, full=options.full) for reading in report.readings],
        "findings": [finding_fields(finding) for finding in report.findings],
    }
    if report.is_quiet:
        fields |= _quiet_fields(report)
    if report.locks:
        fields["locks"] = [_lock(lock) for lock in report.locks]
    if report.trends:
        fields["trends"] = [trend_fields(trend) for trend in report.trends]
    if report.differences or report.changes:
        fields["changes"] = [change_fields(change) for change in report.changes]
    if report.differences:
        fields["differences"] = [_difference(difference) for difference in report.differences]
    if report.pace and (report.differences or report.forecasts):
        fields["pace"] = picked(report.pace, "per", "number")
    if report.forecasts:
        fields["forecasts"] = [picked(one, "name", "unit", "limit", "now", "seconds") for one in report.forecasts]
    if report.suppressed:
        fields["suppressed"] = [finding_fields(finding) for finding in report.suppressed]
    if report.absent:
        fields["absent"] = [absent_fields(known) for known in report.absent]
    return json_text(json.dumps(fields, indent=2, ensure_ascii=False, default=in_json, allow_nan=False)) + "\n"


def _input(reading: Reading, *, full: bool) -> Fields:
    captures = [capture_fields(capture) for capture in reading.captures]
    for number, whole in shown_by_another(reading.captures).items():
        again = {"goroutines": 0, "goroutines_shown_again": captures[number].get("goroutines")}
        captures[number] |= {**again, "shown_first_line": captures[whole]["first_line"]}
    if full:
        for fields, capture in zip(captures, reading.captures, strict=True):
            fields["stacks"] = stack_fields(capture)
            if isinstance(capture.body, TopTable):
                fields["functions"] = function_fields(capture.body)
    return {"name": reading.name, "captures": captures, "problems": [_problem(p) for p in reading.all_problems()]}


def _quiet_fields(report: Report) -> Fields:
    """Of a report without alarms: why that is no verdict (`doubt`), or what the text alone cannot tell (`remark`)."""
    from debugtext.renderers.doubts import doubt  # noqa: PLC0415 - most texts that scripts look at have findings
    from debugtext.renderers.verdicts import quiet_verdict  # noqa: PLC0415

    if words := doubt(report):
        return {"doubt": words}
    remark = quiet_verdict(report).remark
    return {"remark": remark} if remark else {}


def absent_fields(known: KnownFinding) -> Fields:
    """A finding of the baseline that was not found any more."""
    return picked(known, "rule", "fingerprint", "title")


def kind_fields(finding: Finding) -> dict[str, str]:
    """Rule, name, verdict, certainty and severity of a finding."""
    return {
        "rule": finding.rule,
        "name": finding.name,
        "verdict": finding.verdict.value,
        "certainty": finding.certainty.value,
        "severity": finding.severity.value,
    }


def finding_fields(finding: Finding) -> Fields:
    """A finding as docs/json.md describes it, with the frames of its stack."""
    return {
        **kind_fields(finding),
        "title": finding.title,
        "functions": list(finding.functions),
        "location": location_fields(finding.location),
        "count": finding.count,
        "input": finding.input,
        "first_line": finding.first_line,
        "evidence": dict(finding.evidence),
        "advice": finding.advice,
        "fingerprint": finding.fingerprint,
        "stack": [frame_fields(frame) for frame in finding.stack.frames] if finding.stack else [],
        **_standing(finding),
    }


def _standing(finding: Finding) -> Fields:
    """The place in the checkout, whether the baseline has the finding, why it is ignored; only what is known."""
    fields: Fields = {"source": location_fields(finding.source)} if finding.source else {}
    if finding.known:
        fields["known"] = True
    if finding.reason:
        fields["ignored_because"] = finding.reason
    return fields


def _problem(problem: Problem) -> Fields:
    words = {"expected": problem.expected, "found": problem.found}
    return {"line": problem.line, "message": problem.message, **{name: text for name, text in words.items() if text}}


def change_fields(change: "Change") -> Fields:
    """How the numbers of one stack differ between two inputs."""
    return picked(change, "kind", "unit", "functions", "state", "before", "after", "delta")


def trend_fields(trend: "Trend") -> Fields:
    """How the numbers of one stack went over several snapshots."""
    return {
        **picked(trend, "kind", "unit", "name", "functions", "shape", "values", "slope", "per", "p_value", "growth"),
        **picked(trend, "share", "noise", "points", "source"),
    }


def _difference(difference: "Difference") -> Fields:
    """What two inputs differ in: each function's flat and cum, the states and creators of goroutines."""
    columns = ("function", "flat_before", "flat_after", "cum_before", "cum_after")
    return {
        **picked(difference, "kind", "unit", "before", "after", "delta"),
        "functions": [picked(function, *columns) for function in difference.functions],
        "states": [picked(group, "name", "before", "after") for group in difference.states],
        "creators": [picked(group, "name", "before", "after") for group in difference.creators],
    }


def _lock(lock: "AwaitedLock") -> Fields:
    """A lock, who seems to hold it, and who waits for it; below the waiters the locks that they hold meanwhile.

    The address is in hexadecimal, as in the text: some readers of JSON cannot hold such a large number exactly.
    """
    return {
        "address": None if lock.address is None else f"{lock.address:#x}",
        "waiting": lock.count,
        "waiting_in_all": lock.total,
        "is_circle": lock.is_circle,
        "holder": _holder(lock.holder) if lock.holder else None,
        "waiters": [_waiters(group) for group in lock.waiters],
        "input": lock.input,
        "line": lock.line,
    }


def _holder(holder: "LockHolder") -> Fields:
    return {
        **picked(holder, "goroutine", "function"),
        "location": location_fields(holder.location),
        **picked(holder, "now", "in_function"),
        "waiting_minutes": holder.minutes,
        "waits_for_it_itself": holder.again,
        "by_address": holder.by_address,
    }


def _waiters(group: "LockWaiters") -> Fields:
    return {
        **picked(group, "count", "goroutine", "function"),
        "location": location_fields(group.location),
        "operation": group.operation,
        "waiting_minutes": group.minutes,
        "closes_circle": group.closes_circle,
        "holds": [_lock(lock) for lock in group.holds],
    }


def picked(record: object, *names: str) -> Fields:
    """These attributes of the record under their own names."""
    return {name: getattr(record, name) for name in names}
