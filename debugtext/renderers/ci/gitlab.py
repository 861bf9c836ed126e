"""GitLab Code Quality: a JSON array of issues as Code Climate specifies them (platform, spec/analyzers/SPEC.md)."""

import json
from hashlib import sha256

from debugtext.records.findings import Certainty, Finding, Severity
from debugtext.records.reports import Report
from debugtext.renderers.finding_text import ci_place, details, heading
from debugtext.renderers.markdown_text import plain
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.untrusted import json_text

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def render(report: Report, _options: RenderOptions) -> str:
    """An issue for each finding; `[]` without findings, because GitLab takes a missing file for a failed report.

    GitLab compares with the target branch itself, so findings known to the baseline are included.
    """
    seen: dict[str, int] = {}
    issues = [_issue(finding, seen) for finding in report.findings]
    return json_text(json.dumps(issues, indent=2, ensure_ascii=False)) + "\n"


def _issue(finding: Finding, seen: dict[str, int]) -> dict[str, object]:
    path, line = ci_place(finding)
    certain = finding.severity is Severity.ERROR and finding.certainty is Certainty.CERTAIN
    return {
        "type": "issue",
        "description": f"{heading(finding)} [{finding.rule}]",
        "check_name": finding.name,
        "fingerprint": _unique(finding.fingerprint, seen),
        "severity": "info" if finding.known else "blocker" if certain else SEVERITIES[finding.severity],
        "categories": ["Bug Risk"],
        "content": {"body": "  \n".join(map(plain, details(finding)))},
        "location": {"path": path, "lines": {"begin": line, "end": line}},
    }


def _unique(fingerprint: str, seen: dict[str, int]) -> str:
    """The fingerprint, changed if it was seen before: GitLab shows only one issue for each fingerprint."""
    number = seen[fingerprint] = seen.get(fingerprint, -1) + 1
    return fingerprint if not number else sha256(f"{fingerprint} {number}".encode()).hexdigest()[:16]
