"""The verdict and the findings: the first in full, the others as far as there is room."""

from collections.abc import Mapping, Sequence

from debugtext.records.findings import Certainty, Finding, Severity
from debugtext.records.frames import Frame
from debugtext.renderers._layout import function_and_place, shortened, wrapped
from debugtext.renderers._page import INDENT, Page
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import (
    bytes_in_words,
    count_in_words,
    counted,
    fraction_in_words,
    minutes_in_words,
    nanoseconds_in_words,
    seconds_in_words,
)

LABEL_WIDTH = 7


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
    """Title, place, evidence and advice."""
    title = wrapped(f"{_badge(finding)} {_title(finding)}", page.width, INDENT, first="")
    lines = [_painted(line, finding, page) for line in title]
    parts = (
        ("at", _where(finding, page)),
        ("why", evidence_in_words(finding.evidence, finding.title)),
        ("do", one_line(finding.advice)),
    )
    for label, text in parts:
        if text:
            lead = f"{INDENT}{label}".ljust(LABEL_WIDTH)
            first, *others = wrapped(text, page.width, " " * LABEL_WIDTH, first=lead)
            lines += [page.style.dim(first[:LABEL_WIDTH]) + first[LABEL_WIDTH:], *others]
    return lines


def shortened_title(finding: Finding, page: Page) -> str:
    """The title on one line."""
    title = f"{_badge(finding)} {_title(finding)}"
    return _painted(title if len(title) <= page.width else title[: page.width - 1] + "…", finding, page)


def _badge(finding: Finding) -> str:
    """`LEAK certain:` and `leak likely:` differ without colours too."""
    verdict = finding.verdict.value
    return f"{verdict.upper() if finding.certainty is Certainty.CERTAIN else verdict} {finding.certainty.value}:"


def _title(finding: Finding) -> str:
    return f"{one_line(finding.title)} [{finding.rule}]"


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


def evidence_in_words(evidence: Mapping[str, object], title: str = "") -> str:
    """`goroutines 1,100 · share 91% · longest wait 42 min`: the units stand in the names. Nothing is said twice."""
    facts = (_fact(name, value) for name, value in evidence.items() if not (isinstance(value, str) and value in title))
    return " · ".join(filter(None, facts))


def _fact(name: str, value: object) -> str:
    words = name.replace("_", " ")
    if isinstance(value, bool):
        return words if value else ""
    if isinstance(value, int | float):
        for suffix, unit_in_words in _UNITS.items():
            if name.endswith(suffix):
                return f"{words.removesuffix(suffix.replace('_', ' '))} {unit_in_words(value)}".strip()
        return f"{words} {count_in_words(value) if isinstance(value, int) else f'{value:.3g}'}"
    if isinstance(value, str):
        return f"{words} {one_line(value)}" if value else ""
    if isinstance(value, list | tuple) and value:
        return f"{words} {', '.join(one_line(str(item)) for item in value[:3])}{', …' * (len(value) > 3)}"  # noqa: PLR2004
    return ""


_UNITS = {
    "_bytes": lambda value: bytes_in_words(int(value)),
    "_minutes": lambda value: minutes_in_words(int(value)),
    "_ns": nanoseconds_in_words,
    "_seconds": seconds_in_words,
    "share": lambda value: f"share {fraction_in_words(value)}",
    "fraction": fraction_in_words,
}
