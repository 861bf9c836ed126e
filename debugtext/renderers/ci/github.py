"""GitHub annotations: workflow commands that put each finding on its line of the pull request.

GitHub shows ten annotations of each level for each step and drops the others, so the tenth lists the rest. The escapes
are those of actions/toolkit, packages/core/src/command.ts (escapeData, escapeProperty).
"""

from collections.abc import Sequence

from debugtext.records.findings import Finding, Severity
from debugtext.records.reports import Report
from debugtext.renderers.finding_text import ci_place, details, heading, input_path, short_heading
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import counted

MOST_OF_A_LEVEL = 10
TITLES_IN_THE_REST = 50
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, _options: RenderOptions) -> str:
    """A workflow command for each finding, the loudest level first; findings known to the baseline are notices.

    Empty if nothing was found and every input could be read.
    """
    by_level: dict[str, list[Finding]] = {level: [] for level in LEVELS.values()}
    for finding in sorted(report.shown, key=lambda finding: finding.known):
        by_level["notice" if finding.known else LEVELS[finding.severity]].append(finding)
    refused = [(input_path(one.name), one.refusal) for one in report.readings if one.refusal]
    lines = [_command("error", path, 1, f"{path} could not be read", [why]) for path, why in refused]
    lines += [line for level, found in by_level.items() for line in _level(level, found)]
    return "".join(f"{line}\n" for line in lines)


def _level(level: str, findings: Sequence[Finding]) -> list[str]:
    if len(findings) <= MOST_OF_A_LEVEL:
        return [_annotation(level, finding) for finding in findings]
    rest = findings[MOST_OF_A_LEVEL - 1 :]
    titles = [f"{heading(finding)} [{finding.rule}]" for finding in rest[:TITLES_IN_THE_REST]]
    path, line = ci_place(rest[0])
    last = _command(level, path, line, f"{counted(len(rest), 'more finding')}", titles)
    return [*(_annotation(level, finding) for finding in findings[: MOST_OF_A_LEVEL - 1]), last]


def _annotation(level: str, finding: Finding) -> str:
    path, line = ci_place(finding)
    return _command(level, path, line, short_heading(finding), [heading(finding), *details(finding)])


def _command(level: str, path: str, line: int, title: str, message: Sequence[str]) -> str:
    properties = f"file={_property(path)},line={line},title={_property(one_line(title))}"
    return f"::{level} {properties}::{_data(chr(10).join(message) or title)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
