"""The findings of the table output: the first in full, the others as far as there is room."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from debugtext.records.findings import CHAIN, WAITS, Certainty, Finding, Severity
from debugtext.records.reasons import Reason
from debugtext.renderers.evidence import (
    EVERY_ITEM,
    ITEMS_SHOWN,
    PARTED,
    info_in_words,
    items_of,
    stands_in,
    wait_in_words,
    why_in_words,
)
from debugtext.renderers.layout import (
    beginning,
    display_width,
    first_lines,
    short_function,
    shortened_name,
    shortened_path,
    wrapped,
)
from debugtext.renderers.tables.page import EVERY_LINE, INDENT, Page
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.verdicts import certainty_in_words, marked_severity
from debugtext.renderers.words import counted

LABEL_WIDTH = 7
"""The columns of `  why  `, which stands before the text."""
STEP = "└ "
_OF_FUNCTIONS = frozenset(
    {
        *("reasons", "waits_with_it", "still_blocked", "still_there", "blocked_in_its_package"),
        *("live_heap_held_by", "called_by", "started_by", "behind_it"),
    }
)
"""Lists whose items begin with a function; brief outputs show it without the path of its package."""
_FEWER = range(ITEMS_SHOWN, 0, -1)
"""How many items or reasons to try, most first, until they fit."""
_KIND = "kind"
"""Not shown: the line of the text itself says it in Go's words."""
FIRST, LATER = 3, 2
"""Lines for reasons and other facts of the first finding, and of each later one.

Facts get what the reasons leave, at least one line. The advice, for which the reader came, is never cut.
"""


def finding_lines(findings: Sequence[Finding], page: Page, room: int) -> list[str]:
    """The findings on at most `room` lines: in full as long as they fit, then titles alone, the rest only counted."""
    if page.full:
        return [line for finding in findings for line in (*in_full(finding, page), "")][:-1]
    lines: list[str] = []
    is_whole = True
    for index, finding in enumerate(findings):
        left = len(findings) - index - 1
        reserved = min(left, 2)
        whole = in_full(finding, page, LATER if index else FIRST)
        if (is_whole and len(lines) + len(whole) + reserved <= room) or not index:
            lines += whole
        elif len(lines) + 1 + min(left, 1) <= room:
            lines.append(shortened_title(finding, page))
            is_whole = False
        else:
            return [*lines, page.rest(counted(left + 1, "more finding"))]
    if len(lines) < room and not is_whole:
        lines.append(page.style.dim(f"{INDENT}(--full shows where, why and what to do)"))
    return lines


def in_full(finding: Finding, page: Page, most: int = FIRST) -> list[str]:
    """Title, place, evidence and advice of a finding; at most `most` lines of evidence unless everything is shown."""
    title = wrapped(f"{_badge(finding)} {_title(finding)}", page.width, INDENT, first="", whole=page.full)
    lines = [_painted(line, finding, page) for line in title]
    chain = items_of(finding.evidence, CHAIN)
    already_said = " ".join((finding.title, *chain))
    drawn = " ".join(chain)
    waits = [one for one in _each_wait(finding.evidence.get(WAITS)) if not stands_in(one.partition(": ")[0], drawn)]
    shown = {CHAIN, _KIND, *([WAITS] if chain or waits else [])}
    others = {name: _shorter(name, value, page) for name, value in finding.evidence.items() if name not in shown}
    parts = (
        ("at" if finding.is_own else "seen", _where(finding, page)),
        ("who", _who(chain, page) + _who_waits(waits, page)),
        ("why", why := _why(others, already_said, page, most)),
        ("info", _info(others, already_said, page, max(most - len(why), 1))),
        ("do", _text(one_line(finding.advice), page, EVERY_LINE)),
    )
    for label, words in parts:
        if words:
            lead = f"{INDENT}{label}".ljust(LABEL_WIDTH)
            lines += [page.style.dim(lead) + words[0], *(" " * LABEL_WIDTH + line for line in words[1:])]
    return lines


def _shorter(name: str, value: object, page: Page) -> object:
    if page.full or name not in _OF_FUNCTIONS or not isinstance(value, list | tuple):
        return value
    return [_shorter_item(item) for item in value]


def _shorter_item(item: object) -> object:
    """The item with the function before its colon shortened."""
    if isinstance(item, Reason):
        return replace(item, words=str(_shorter_item(item.words)))
    function, colon, what = str(item).partition(": ")
    return f"{_with_short_functions(function)}{colon}{what}"


def _who(steps: Sequence[str], page: Page) -> list[str]:
    """Who waits for whom, each step indented further: the first thing to see of a deadlock."""
    lines: list[str] = []
    for depth, step in enumerate(steps):
        lead = " " * (2 * (depth - 1)) + STEP if depth else ""
        words = step if page.full else _with_short_functions(step)
        lines += wrapped(words, page.width - LABEL_WIDTH, " " * (2 * depth), first=lead, whole=page.full)
    return lines


def _each_wait(waits: object) -> list[str]:
    """What each goroutine waits for, in words, if the evidence lists it."""
    return [wait_in_words(wait) for wait in waits] if isinstance(waits, list | tuple) else []


def _who_waits(waits: Sequence[str], page: Page) -> list[str]:
    """Who waits for what, each on a line of its own; only the first ones unless everything is shown."""
    shown = waits if page.full else waits[:ITEMS_SHOWN]
    lines: list[str] = []
    for wait in shown:
        function, colon, what = wait.partition(": ")
        words = wait if page.full else f"{short_function(function)}{colon}{what}"
        lines += wrapped(words, page.width - LABEL_WIDTH, "  ", first="", whole=page.full)
    return lines + [f"… and {len(waits) - len(shown):,} more"] * (len(waits) > len(shown))


def _why(evidence: Mapping[str, object], already_said: str, page: Page, most: int) -> list[str]:
    """The reasons on at most `most` lines: all if they fit, otherwise the weightiest ones."""
    if page.full:
        return _text(why_in_words(evidence, already_said), page, most)
    texts = (why_in_words(evidence, already_said, brief=True, reasons_shown=shown) for shown in (EVERY_ITEM, *_FEWER))
    fitting = (text for text in texts if _fits([text], page, most))
    return _text(next(fitting, why_in_words(evidence, already_said, brief=True, reasons_shown=1)), page, most)


def _info(evidence: Mapping[str, object], already_said: str, page: Page, most: int) -> list[str]:
    """The other facts on at most `most` lines: all if they fit with shorter lists, otherwise those that fit."""
    if page.full:
        return _text(PARTED.join(info_in_words(evidence, already_said)), page, most)
    for shown in _FEWER:
        parts = info_in_words(evidence, already_said, brief=True, most_items=shown)
        if _fits(parts, page, most):
            return _text(PARTED.join(parts), page, most)
    kept: list[str] = []
    for part in parts:
        if _fits([*kept, part], page, most):
            kept.append(part)
    return _text(PARTED.join(kept or parts[:1]), page, most)


def _fits(parts: Sequence[str], page: Page, most: int) -> bool:
    return len(wrapped(PARTED.join(parts), page.width - LABEL_WIDTH)) <= most


def _text(text: str, page: Page, most: int) -> list[str]:
    if not text:
        return []
    width = page.width - LABEL_WIDTH
    lines = wrapped(text, width, whole=page.full)
    return lines if page.full else first_lines(lines, most, width)


def shortened_title(finding: Finding, page: Page) -> str:
    """The title on one line, if need be with functions without the path of their package.

    If it is still too long, its beginning, followed by the function to open unless the beginning names it.
    """
    title = f"{_badge(finding)} {_title(finding)}"
    if display_width(title) > page.width:
        title = _with_short_functions(title)
    shown = beginning(title, page.width)
    function = short_function(one_line(finding.functions[0])) if finding.functions else ""
    if shown != title and function not in shown:
        place = f" in {shortened_name(function, page.width // 2)}"
        shown = beginning(title.partition(f" in {function}")[0], page.width - display_width(place)) + place
    return _painted(shown, finding, page)


def _with_short_functions(text: str) -> str:
    return " ".join(short_function(word) if "/" in word and word[-1] != ":" else word for word in text.split(" "))


def _badge(finding: Finding) -> str:
    """`LEAK certain:`, `leak likely:`, or `possible leak:` for a note; they differ even without colours."""
    if finding.severity is Severity.NOTE:
        return f"{certainty_in_words(finding)}:"
    verdict, _, certainty = certainty_in_words(finding).partition(", ")
    return f"{verdict.upper() if finding.certainty is Certainty.CERTAIN else verdict} {certainty}:"


def _title(finding: Finding) -> str:
    """The title with the rule, and with the severity if the badge does not tell it: the exit code depends on it."""
    return f"{one_line(finding.title)} [{finding.rule}{marked_severity(finding)}{', known' * finding.known}]"


def _painted(line: str, finding: Finding, page: Page) -> str:
    if finding.severity is Severity.NOTE:
        return line
    return page.style.paint(line, "bold", "red" if finding.certainty is Certainty.CERTAIN else "yellow")


def _where(finding: Finding, page: Page) -> list[str]:
    """The function and place to open in an editor; never broken and only cut in front, so that they can be copied.

    None for functions of the runtime, which nobody opens.
    """
    function = one_line(finding.functions[0]) if finding.functions else ""
    if function == "panic" or function.startswith("runtime."):
        return []
    file = one_line(finding.location.place) if finding.location else ""
    width = page.width - LABEL_WIDTH
    if display_width(whole := f"{function} {file}".strip()) <= width:
        return [whole] if whole else []
    lines = [function, file] if page.full else [shortened_name(function, width), shortened_path(file, width)]
    return [part for part in lines if part]
