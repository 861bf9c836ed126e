"""JSON lines, an object on each line, whose `type` is finding, suppressed, absent, change or trend."""

import json
from collections.abc import Iterator

from debugtext.records.reasons import in_json
from debugtext.records.reports import Report
from debugtext.renderers.json_captures import Fields
from debugtext.renderers.json_report import absent_fields, change_fields, finding_fields, trend_fields
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.untrusted import json_text


def render(report: Report, _options: RenderOptions) -> str:
    """An object for each finding, change and trend; empty for an empty report."""
    return "".join(
        json_text(json.dumps(fields, ensure_ascii=False, default=in_json, allow_nan=False)) + "\n"
        for fields in _objects(report)
    )


def _objects(report: Report) -> Iterator[Fields]:
    for finding in report.findings:
        yield {"type": "finding", **finding_fields(finding)}
    for finding in report.suppressed:
        yield {"type": "suppressed", **finding_fields(finding)}
    for known in report.absent or ():
        yield {"type": "absent", **absent_fields(known)}
    for change in report.changes:
        yield {"type": "change", **change_fields(change)}
    for trend in report.trends:
        yield {"type": "trend", **trend_fields(trend)}
