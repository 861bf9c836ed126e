"""CSV for spreadsheets: a row for each finding, and with several inputs for each change or trend."""

import csv
from collections.abc import Iterator
from io import StringIO

from debugtext.records.findings import Finding
from debugtext.records.reports import Report
from debugtext.renderers.finding_text import ci_place
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.untrusted import cell

FINDING_COLUMNS = (
    "type", "rule", "name", "verdict", "certainty", "severity", "title", "function", "file", "line", "count", "input",
    "first_line", "fingerprint", "status", "advice",
)  # fmt: skip
GROWTH_COLUMNS = ("kind", "unit", "before", "after", "delta", "shape", "slope", "per", "p_value")


def render(report: Report, _options: RenderOptions) -> str:
    """A heading, then a row for each finding, change and trend (RFC 4180, but lines end in a bare line feed)."""
    growth = bool(report.changes or report.trends)
    text = StringIO()
    writer = csv.DictWriter(
        text, [*FINDING_COLUMNS, *(GROWTH_COLUMNS if growth else ())], restval="", lineterminator="\n"
    )
    writer.writeheader()
    for row in _rows(report):
        writer.writerow({name: cell(value) if isinstance(value, str) else value for name, value in row.items()})
    return text.getvalue()


def _rows(report: Report) -> Iterator[dict[str, object]]:
    for finding, standing in report.standings():
        yield _finding(finding, standing)
    for change in report.changes:
        yield {
            "type": "change",
            "function": next(iter(change.functions), ""),
            "kind": change.kind,
            "unit": change.unit,
            "before": change.before,
            "after": change.after,
            "delta": change.delta,
        }
    for trend in report.trends:
        yield {
            "type": "trend",
            "name": trend.name,
            "function": next(iter(trend.functions), ""),
            "input": trend.source,
            "kind": trend.kind,
            "unit": trend.unit,
            "before": next(iter(trend.values), 0),
            "after": trend.values[-1] if trend.values else 0,
            "delta": round(trend.growth, 3),
            "shape": trend.shape.value,
            "slope": trend.slope,
            "per": trend.per,
            "p_value": trend.p_value,
        }


def _finding(finding: Finding, standing: str) -> dict[str, object]:
    file, line = ci_place(finding)
    if finding.source is None and finding.location is not None:
        file, line = finding.location.file, finding.location.line or 0
    return {
        "type": "finding",
        "rule": finding.rule,
        "name": finding.name,
        "verdict": finding.verdict.value,
        "certainty": finding.certainty.value,
        "severity": finding.severity.value,
        "title": finding.title,
        "function": next(iter(finding.functions), ""),
        "file": file,
        "line": line,
        "count": finding.count,
        "input": finding.input,
        "first_line": finding.first_line,
        "fingerprint": finding.fingerprint,
        "status": standing,
        "advice": finding.advice,
    }
