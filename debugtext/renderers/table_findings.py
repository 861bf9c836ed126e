"""The verdict and the findings: the first in full, the others as far as there is room."""

from collections.abc import Sequence

from debugtext.records.findings import Certainty, Finding, Severity
from debugtext.records.frames import Frame
from debugtext.renderers._layout import ELLIPSIS, function_and_place, shortened, wrapped
from debugtext.renderers._page import INDENT, Page
from debugtext.renderers.evidence import evidence_in_words
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import counted

LABEL_WIDTH = 7
LINES_OF_A_PART = 2


def finding_lines(findings: Sequence[Finding], page: Page, room: int) -> list[str]:
    """The findings, most important first, on at most `room` lines: what does not fit is a title, or only counted."""
    if page.full:
        return [line for finding in findings for line in (*in_full(finding, page), "")][:-1]
    lines: list[str] = []
    for index, finding in enumerate(findings):
        left = len(findings) - index - 1
        reserved = min(left, 2)
        whole = in_full(finding, page)
        if len(lines) + len(whole) + reserved <= room or not index:
            lines += whole
        elif len(lines) + 1 + min(left, 1) <= room:
            lines.append(shortened_title(finding, page))
        else:
            lines.append(page.rest(counted(left + 1, "more finding")))
            break
    return lines


def in_full(finding: Finding, page: Page) -> list[str]:
    """Title, place, evidence and advice; of long ones the first two lines, unless everything is shown."""
    title = wrapped(f"{_badge(finding)} {_title(finding)}", page.width, INDENT, first="")
    lines = [_painted(line, finding, page) for line in title]
    parts = (
        ("at", _where(finding, page)),
        ("why", evidence_in_words(finding.evidence, finding.title, brief=not page.full)),
        ("do", one_line(finding.advice)),
    )
    for label, text in parts:
        if text:
            lead = f"{INDENT}{label}".ljust(LABEL_WIDTH)
            words = wrapped(text, page.width, " " * LABEL_WIDTH, first=lead)
            first, *others = words if page.full or len(words) <= LINES_OF_A_PART else _cut(words, page.width)
            lines += [page.style.dim(first[:LABEL_WIDTH]) + first[LABEL_WIDTH:], *others]
    return lines


def _cut(words: list[str], width: int) -> list[str]:
    last = words[LINES_OF_A_PART - 1]
    return [*words[: LINES_OF_A_PART - 1], f"{last[: width - 2]} {ELLIPSIS}"]


def shortened_title(finding: Finding, page: Page) -> str:
    """The title on one line."""
    title = f"{_badge(finding)} {_title(finding)}"
    return _painted(title if len(title) <= page.width else title[: page.width - 1] + ELLIPSIS, finding, page)


def _badge(finding: Finding) -> str:
    """`LEAK certain:` and `leak likely:` differ without colours too."""
    verdict = finding.verdict.value
    return f"{verdict.upper() if finding.certainty is Certainty.CERTAIN else verdict} {finding.certainty.value}:"


def _title(finding: Finding) -> str:
    return f"{one_line(finding.title)} [{finding.rule}{', known' * finding.known}]"


def _painted(line: str, finding: Finding, page: Page) -> str:
    if finding.severity is Severity.NOTE:
        return line
    return page.style.paint(line, "bold", "red" if finding.certainty is Certainty.CERTAIN else "yellow")


def _where(finding: Finding, page: Page) -> str:
    """The place to open in an editor, with the whole path, since it is there to be copied."""
    function = finding.functions[0] if finding.functions else ""
    file = finding.location.file if finding.location else None
    line = finding.location.line if finding.location else None
    if not function and not file:
        return ""
    if not function:
        return one_line(f"{file}:{line}" if line is not None else str(file))
    frame = Frame(function, file, line)
    whole = function_and_place(frame, page.width, full=True)
    return whole if len(whole) <= page.width - LABEL_WIDTH else f"{shortened(whole, 3 * page.width)}"
