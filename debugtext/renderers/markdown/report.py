"""Markdown for job summaries and pull requests: the verdict, a table of the findings, and each of them in full."""

from collections.abc import Iterator

from debugtext.records.findings import Finding, Severity
from debugtext.records.reports import Report
from debugtext.renderers.evidence import info, why
from debugtext.renderers.finding_text import ci_place, heading, input_path
from debugtext.renderers.markdown_text import code, plain
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.verdicts import HEALTHY, quiet_verdict
from debugtext.renderers.words import counted

MOST_ROWS, EVERY_ROW = 100, 1 << 30


def render(report: Report, options: RenderOptions) -> str:
    """GitHub's Markdown; all text of the dump is escaped, so that none of it is markup."""
    most = EVERY_ROW if options.full else MOST_ROWS
    lines = [_verdict(report), *_refused(report), *_findings(report, most)]
    if report.changes or report.trends or report.forecasts:
        from debugtext.renderers.markdown.growth import growth_lines  # noqa: PLC0415 - few reports have any

        lines += growth_lines(report, most, full=options.full)
    lines += _ignored(report)
    return "\n".join(lines) + "\n"


def _findings(report: Report, most: int) -> Iterator[str]:
    if not report.findings:
        return
    yield from ("", "| severity | finding | place | rule |", "|---|---|---|---|")
    for finding in report.shown[:most]:
        path, line = ci_place(finding)
        cells = (finding.severity.value, plain(heading(finding)), code(f"{path}:{line}"), plain(finding.rule))
        yield f"| {' | '.join(cells)} |"
    if (left := len(report.shown) - most) > 0:
        yield f"\n… and {counted(left, 'more finding')}"
    for finding in report.shown[:most]:
        yield from _in_full(finding)


def _refused(report: Report) -> Iterator[str]:
    """A paragraph for each input of which nothing could be read."""
    for reading in report.readings:
        if reading.refusal:
            yield from ("", f"Not read&#58; {plain(one_line(reading.refusal))}")


def _verdict(report: Report) -> str:
    known = sum(finding.known for finding in report.shown)
    loud = [one for one in report.findings if one.severity is not Severity.NOTE and not one.known]
    if not report.captures and not report.findings:
        return "**debugtext**: no Go debug text found."
    if not loud and known:
        return f"**debugtext**: nothing new is wrong. {counted(known, 'known finding')}."
    if not loud:
        verdict = quiet_verdict(report)
        sentence = verdict.sentence.replace(verdict.place, plain(verdict.place)) if verdict.place else verdict.sentence
        return f"**debugtext**: {'healthy, ' * (verdict.word == HEALTHY)}{sentence}."
    new = counted(len(report.shown) - known, "finding")
    return f"**debugtext**: {new}" + f", and {known:,} known" * bool(known) + "."


def _in_full(finding: Finding) -> Iterator[str]:
    yield from ("", "<details>", f"<summary>{plain(heading(finding))}</summary>", "")
    if finding.functions:
        yield f"- function: {code(finding.functions[0])}"
    if finding.location:
        yield f"- file: {code(finding.location.place)}"
    if reasons := why(finding):
        yield f"- why: {plain(reasons)}"
    if facts := info(finding):
        yield f"- info: {plain(facts)}"
    if finding.advice:
        yield f"- do: {plain(finding.advice)}"
    yield f"- in the text: {code(f'{input_path(finding.input)}:{finding.first_line}')}"
    yield from ("", "</details>")


def _ignored(report: Report) -> Iterator[str]:
    if report.suppressed:
        yield from ("", f"Ignored: {counted(len(report.suppressed), 'finding')}.", "")
    for finding in report.suppressed[:MOST_ROWS]:
        yield f"- {plain(heading(finding))}{f' ({plain(finding.reason)})' if finding.reason else ''}"
