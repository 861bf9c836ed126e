"""The table output: the verdict, the findings, then what was read; on one screen unless everything is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from itertools import islice

from debugtext.records.captures import Capture, Reading
from debugtext.records.findings import Finding
from debugtext.records.reports import Report
from debugtext.renderers.group_order import ranks_of_stacks
from debugtext.renderers.input_names import input_name
from debugtext.renderers.layout import wrapped
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.problem_lines import problem_lines, screen_lines
from debugtext.renderers.tables.over_inputs import with_inputs
from debugtext.renderers.tables.page import Page, fair_shares
from debugtext.renderers.tables.style import Style
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.verdicts import HEALTHY, NO_VERDICT, quiet_verdict
from debugtext.renderers.words import counted
from debugtext.series.same_goroutines import shown_by_another

PROMPT_LINES = 1
FEWEST_BODY_LINES = 11
"""Findings leave the tables this many lines, or half of a small screen."""
FEWEST_BELOW_ALL_FINDINGS = 8
"""In a log, where all findings are shown, tables get at least this many: a crash's reason and six frames fit."""
NARROWEST_BODY = 60
"""Tables are never narrower, for columns of numbers beside a name; a narrower terminal breaks their lines."""
FEWEST_LINES_OF_A_TEXT = 2
"""A heading and one row: more texts than fit are only counted."""
USUAL_HEIGHT = 24
LINES_OF_A_LOG = 1_000
"""The room for findings in a log, which has no height."""
EVERYTHING = 1 << 30
SECTIONS = {
    "heap": "heap:heap_section",
    "memstats": "memstats:memstats_section",
    "contention": "contention:contention_section",
    "threadcreate": "counts:count_section",
    "count": "counts:count_section",
    "goroutine-profile": "goroutines:goroutine_section",
    "goroutine-dump": "goroutines:goroutine_section",
    "crash": "crash:crash_section",
    "race": "race:race_section",
    "pprof-top": "pprof_top:pprof_top_section",
    "profile": "pprof_top:profile_section",
}
Section = Callable[[Capture, Page, int], list[str]]


def render(report: Report, options: RenderOptions) -> str:
    """The verdict, the findings, then each text that was read; empty if there was none."""
    captures = [(reading, capture) for reading in report.readings for capture in reading.captures]
    if not captures and not report.findings and not report.changes:
        return ""
    frames = report.own_frame, report.front_frame
    page = Page(
        options.width, options.full, options.view, Style(color=options.color), *frames, ranks_of_stacks(report.findings)
    )
    room = _room(report, options)
    scrolls = options.height is None or options.full
    most = max(room, LINES_OF_A_LOG) if scrolls else room - min(FEWEST_BODY_LINES, room // 2)
    head = _head(report, page, most)
    left = room - len(head) - 1
    wide = replace(page, width=max(page.width, NARROWEST_BODY))
    below = max(left, FEWEST_BELOW_ALL_FINDINGS) if scrolls else left
    body = _body(report, captures, wide, below, int(scrolls))
    return "\n".join([*head, *(["", *body] if body else [])]) + "\n"


def _room(report: Report, options: RenderOptions) -> int:
    """The lines of the screen without those of the prompt and of the problems, which the terminal shows as well."""
    if options.full:
        return EVERYTHING
    if options.height is None:
        return USUAL_HEIGHT - PROMPT_LINES
    problems = screen_lines(problem_lines(report), options.width)
    return max(options.height - PROMPT_LINES - problems, FEWEST_BODY_LINES)


def _head(report: Report, page: Page, room: int) -> list[str]:
    verdict = _quiet_verdict(report, page) if report.is_quiet else []
    ignored = [page.style.dim(line) for line in wrapped(_ignored(report), page.width)] if report.suppressed else []
    if not report.findings:
        return verdict + ignored
    from debugtext.renderers.tables.findings import finding_lines  # noqa: PLC0415 - most dumps are healthy

    several = len(report.readings) > 1 and len(report.series) != 1
    visible = report if page.full else replace(report, findings=report.shown)
    findings = with_inputs(visible, full=page.full) if several else visible.findings
    return verdict + finding_lines(findings, page, room - len(verdict) - len(ignored)) + ignored


def _quiet_verdict(report: Report, page: Page) -> list[str]:
    verdict = quiet_verdict(report, page.view)
    words = "healthy: " * (verdict.word == HEALTHY) + verdict.sentence + ":" * bool(report.findings)
    color = "yellow" if verdict.word == NO_VERDICT else "green"
    return [page.style.paint(line, "bold", color) for line in wrapped(words, page.width)]


def _ignored(report: Report) -> str:
    """`ignored: 2 findings (…)`: the number of ignored findings and the reasons, lest they be forgotten."""
    reasons = dict.fromkeys(one_line(finding.reason) for finding in report.suppressed)
    return f"ignored: {counted(len(report.suppressed), 'finding')} ({'; '.join(reasons)})"


def _body(report: Report, captures: list[tuple[Reading, Capture]], page: Page, room: int, spare: int) -> list[str]:
    """What grew, if inputs were compared; otherwise each text, and they share the room.

    `spare` lines more are used if that shows a text completely.
    """
    if report.trends:
        from debugtext.renderers.tables.trends import trend_sections  # noqa: PLC0415 - only series have trends

        return trend_sections(report, page, room)
    if report.changes:
        from debugtext.renderers.tables.changes import change_sections  # noqa: PLC0415 - only `diff` has changes

        return change_sections(report, page, room)
    if len(captures) == 1:
        return section(captures[0][1], page, room, spare)
    shown = len(captures) if page.full else max(room, 0) // FEWEST_LINES_OF_A_TEXT
    pages = _pages_of([reading for reading, _ in islice(captures, shown)], report, page)
    blocks = [
        [page.style.paint(origin, "cyan"), *section(capture, its_page, room)]
        for origin, (_, capture), its_page in zip(_origins(report), captures, pages, strict=False)
    ]
    shares = fair_shares([len(block) for block in blocks], room - (len(blocks) < len(captures)))
    lines: list[str] = []
    for (_, capture), its_page, block, share in zip(captures, pages, blocks, shares, strict=False):
        whole = page.full or len(block) <= share
        lines += block if whole else [block[0], *section(capture, its_page, share - 1, spare)]
    if left := len(captures) - len(blocks):
        lines.append(page.rest(counted(left, "more text")))
    return lines


def _pages_of(readings: list[Reading], report: Report, page: Page) -> list[Page]:
    """The page for a text of each input: its findings choose the rows, as an equal stack of another may be healthy."""
    if len(report.readings) == 1:
        return [page] * len(readings)
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.input, []).append(finding)
    return [replace(page, ranks=ranks_of_stacks(found.get(reading.name, ()))) for reading in readings]


def _origins(report: Report) -> Iterator[str]:
    """For each text where it stands, `crash.log, lines 12 to 340`, and whether it repeats another text's goroutines."""
    for reading in report.readings:
        name = f"{input_name(reading.name)}, " if len(report.readings) > 1 else ""
        again = shown_by_another(reading.captures)
        for number, capture in enumerate(reading.captures):
            whole = f" (goroutines of {_lines(reading.captures[again[number]])} again)" if number in again else ""
            yield f"{name}{_lines(capture)}{whole}{_repeats(capture)}"


def _repeats(capture: Capture) -> str:
    """` (and 12 times more, lines 40 to 90)`, if the same crash is reported again."""
    more = capture.repeats
    return f" (and {more.times:,} times more, lines {more.first_line:,} to {more.last_line:,})" if more else ""


def _lines(capture: Capture) -> str:
    if capture.first_line == capture.last_line:
        return f"line {capture.first_line:,}"
    return f"lines {capture.first_line:,} to {capture.last_line:,}"


def section(capture: Capture, page: Page, room: int, spare: int = 0) -> list[str]:
    """One text on at most `room` lines unless everything is shown; `spare` lines more if that shows it completely."""
    module, _, function = SECTIONS[capture.format].partition(":")
    show: Section = getattr(import_module(f"debugtext.renderers.tables.{module}"), function)
    lines = show(capture, page, EVERYTHING if page.full else room)
    left = len(lines) - max(room, 1)
    if page.full or left <= (spare if room > 1 else 0):
        return lines
    return lines[:1] if room <= 1 else [*lines[: room - 1], page.rest(counted(left + 1, "more line"))]
