"""Markdown for job summaries and pull requests: the verdict, a table of the findings, and each of them in full."""

import re
from collections.abc import Iterator

from debugtext.records.findings import Finding, Severity
from debugtext.records.reports import Report
from debugtext.renderers._renderer import RenderOptions
from debugtext.renderers.ci_places import ci_place, heading, input_path
from debugtext.renderers.doubts import doubt
from debugtext.renderers.evidence import evidence_in_words
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import counted

_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")
_HARMLESS = frozenset("()-./,;'\"%+=?")
_MENTIONS = frozenset("@#")
MOST_ROWS = 100


class MarkdownRenderer:
    """GitHub's Markdown; text of a dump stands in it as character references, so that none of it is markup."""

    def __init__(self, options: RenderOptions) -> None:
        self.most = 1 << 30 if options.full else MOST_ROWS

    def render(self, report: Report) -> str:
        """A line for a report without findings."""
        lines = [_verdict(report), *self._findings(report), *self._growth(report), *_ignored(report)]
        return "\n".join(lines) + "\n"

    def _findings(self, report: Report) -> Iterator[str]:
        if not report.findings:
            return
        yield from ("", "| severity | finding | place | rule |", "|---|---|---|---|")
        for finding in report.findings[: self.most]:
            path, line = ci_place(finding)
            cells = (finding.severity.value, plain(heading(finding)), code(f"{path}:{line}"), plain(finding.rule))
            yield f"| {' | '.join(cells)} |"
        if (left := len(report.findings) - self.most) > 0:
            yield f"\n… and {counted(left, 'more finding')}"
        for finding in report.findings[: self.most]:
            yield from _in_full(finding)

    def _growth(self, report: Report) -> Iterator[str]:
        changes = [change for change in report.changes if change.delta]
        if changes:
            yield from ("", "| change | before | after | kind | function |", "|---:|---:|---:|---|---|")
        for change in changes[: self.most]:
            function = code(next(iter(change.functions), "")) if change.functions else ""
            kind = f"{plain(change.kind)}, {plain(change.unit)}"
            yield f"| {change.delta:+,} | {change.before:,} | {change.after:,} | {kind} | {function} |"
        if report.trends:
            yield from ("", "| trend | first | last | kind | what |", "|---|---:|---:|---|---|")
        for trend in report.trends[: self.most]:
            what = code(next(iter(trend.functions), trend.name))
            first, last = (trend.values[0], trend.values[-1]) if trend.values else (0, 0)
            yield f"| {plain(trend.shape.value)} | {first:,} | {last:,} | {plain(trend.kind)} | {what} |"


def plain(text: str) -> str:
    """Text as text: no markup, no HTML, no link; an @ or # is parted from what follows, so that it mentions nobody."""
    return _MARKUP.sub(_reference, one_line(text))


def code(text: str) -> str:
    """Text in the code's font. Backticks would end at a backtick of the text, an element ends nowhere inside."""
    return f"<code>{plain(text)}</code>" if text else ""


def _reference(match: re.Match[str]) -> str:
    character = match[0]
    if character in _HARMLESS:
        return character if character not in "-+=" else f"&#{ord(character)};"
    return f"&#{ord(character)};" + "<!-- -->" * (character in _MENTIONS)


def _verdict(report: Report) -> str:
    known = sum(finding.known for finding in report.findings)
    loud = [one for one in report.findings if one.severity is not Severity.NOTE and not one.known]
    if not any(reading.captures for reading in report.readings) and not report.findings:
        return "**debugtext**: no Go debug text found."
    if not loud and not known and (words := doubt(report)):
        return f"**debugtext**: {words}."
    if not loud:
        return "**debugtext**: healthy, nothing new is wrong." + f" {counted(known, 'known finding')}." * bool(known)
    new = counted(len(report.findings) - known, "finding")
    return f"**debugtext**: {new}" + f", and {known:,} known" * bool(known) + "."


def _in_full(finding: Finding) -> Iterator[str]:
    yield from ("", "<details>", f"<summary>{plain(heading(finding))}</summary>", "")
    location = finding.location
    if finding.functions:
        yield f"- function: {code(finding.functions[0])}"
    if location:
        yield f"- file: {code(f'{location.file}:{location.line}' if location.line is not None else location.file)}"
    if reasons := evidence_in_words(finding.evidence, finding.title, brief=True):
        yield f"- why: {plain(reasons)}"
    if finding.advice:
        yield f"- do: {plain(finding.advice)}"
    yield f"- in the log: {code(f'{input_path(finding.input)}:{finding.first_line}')}"
    yield from ("", "</details>")


def _ignored(report: Report) -> Iterator[str]:
    if report.suppressed:
        yield from ("", f"Ignored: {counted(len(report.suppressed), 'finding')}.", "")
    for finding in report.suppressed[:MOST_ROWS]:
        yield f"- {plain(heading(finding))}{f' ({plain(finding.reason)})' if finding.reason else ''}"
