"""Moves a crash's headline to the beginning of its line: out of a comment, an indent, bold type, or other output.

    //	fatal error: sync: unlock of unlocked mutex
    //	shop.(*Cart).Close(...) cart.go:189

    1 2 3fatal error: all goroutines are asleep - deadlock!

    goroutine 1 [semacquire]:

    ••••panic: test timed out after 10m0s

People also mention such words. They are a headline only if another line of the runtime stands beside them, or a call or
a goroutine below them. Calls right below belong to a goroutine whose header was left out.
"""

import re

from debugtext.formats.crash_lines import terminal_of as crash_terminal_of
from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import HEADER, PLACE, token_of
from debugtext.unwrapping.lines.plain_headlines import HEADLINES, TITLE, is_behind_words, is_marked
from debugtext.unwrapping.lines.rows import Rows
from debugtext.unwrapping.retold.bare_frames import shows_frame

UNKNOWN = "goroutine 0 [running]:"
LONGEST = 400
MOST_LINES = 64

_LED = re.compile(r"(?P<lead>[ \t]*(?:(?:/{2,3}|#+|\*|--|;+|%)[ \t]*)?)(?P<headline>(?:fatal error|panic): [^\n]*)")
# glued to a panic, only output without a newline is; glued to a fatal error, C compilers print words as well
_GLUED = re.compile(r"(?P<output>[^\n]*?)(?P<headline>fatal error: [^\n]*|(?<=[^\s\"'`:(>\[])panic: [^\n]*)")
_BEHIND_WORDS = re.compile(r"(?P<output>[^\n]*?[^\n\t])(?P<headline>(?:fatal error|panic): [^\n]*)")
# signs that a runner prints for each test; bold and code in Markdown
_MARKED = re.compile(
    r"(?m)^(?P<progress>[.SPF•·∙◦✓✔✗✘×]{1,2000}|)(?P<mark>\*{1,3}|__|`|)"  # noqa: RUF001
    r"(?P<headline>(?:fatal error|panic): [^\n]*[^\n*_`])(?P<end>\*{2,3}|__|`|)[ \t]*$"
)
_EMPHASIZED = re.compile(r"(?m)^[^\n]*?(?:\*\*|__)[^\n]*$")
_PAIR = re.compile(r"(?P<mark>\*\*|__)(?P<words>[^*_\n]{1,200})(?P=mark)")
_BESIDE = ("SIGNAL", "RUNTIME_MESSAGE")
"""Kinds of lines that the runtime prints directly above and below a headline."""


def with_headlines(piece: Piece) -> Piece:
    """The piece with such headlines as Go prints them; the same piece if there are none."""
    if is_marked(piece.text):
        piece = piece.with_text(_EMPHASIZED.sub(_without_emphasis, piece.text))
    if not any(word in piece.text for word in HEADLINES):
        return piece
    piece = piece.with_text(_MARKED.sub(_unmarked, piece.text))
    rows = Rows.of(piece)
    changed: dict[int, list[str]] = {}
    for index, line in enumerate(rows.lines):
        if index not in changed and len(line) <= LONGEST and any(word in line for word in HEADLINES):
            led = _LED.fullmatch(line)
            changed |= _led(rows.lines, index, led["lead"]) if led else _glued(rows.lines, index)
    return rows.with_parts(changed.get).piece() if changed else piece


def _unmarked(line: re.Match[str]) -> str:
    """A headline without the marks around it; marks of Markdown are only removed if a stack stands below.

    A mark at the end that closes one within the headline is part of the headline.
    """
    headline, mark, end = line["headline"], line["mark"], line["end"]
    if (mark or end) and not _shows_stack_below(line):
        return line[0]
    return headline + end * (not mark and bool(end) and end in headline)


def _without_emphasis(line: re.Match[str]) -> str:
    """A line without the bold marks that hide a headline in it, if a stack stands below."""
    bare = _PAIR.sub(r"\g<words>", line[0])
    is_hidden = any(word in bare and word not in line[0] for word in HEADLINES)
    return bare if is_hidden and _shows_stack_below(line) else line[0]


def _shows_stack_below(line: re.Match[str]) -> bool:
    below = line.string[line.end() : line.end() + LONGEST]
    return "\ngoroutine " in below or " +0x" in below


def _glued(lines: list[str], index: int) -> dict[int, list[str]]:
    """The line split before the headline at its end, if a goroutine stands below and no format reads the whole line."""
    if token_of(lines[index]) == HEADER or crash_terminal_of(lines[index]):
        return {}
    is_above = _has_header_below(lines, index, "")
    match = (_GLUED.fullmatch(lines[index]) if is_above else None) or _behind_words(lines, index)
    if not match:
        return {}
    output, headline = match["output"], match["headline"]
    return {index: [output, headline.partition("`")[0] if output.endswith("`") else headline]}


def _behind_words(lines: list[str], index: int) -> re.Match[str] | None:
    """The line split before its headline, if the goroutine that panicked stands right below; None otherwise."""
    match = _BEHIND_WORDS.fullmatch(lines[index])
    return match if match and _is_above_running(lines, index, match.start("headline")) else None


def _is_above_running(lines: list[str], index: int, start: int) -> bool:
    """Whether the goroutine that panicked stands below a headline that begins at `start` of a line."""
    return is_behind_words("\n".join(lines[index : index + MOST_LINES]), 0, start)


def _led(lines: list[str], index: int, lead: str) -> dict[int, list[str]]:
    """The block around a headline without `lead`, which stands before each of its lines; {} if it is no headline."""
    if not _may_be_headline(lines, index, lead):
        return {}
    first, end = index, index + 1
    while first and lines[first - 1].startswith(lead) and crash_terminal_of(lines[first - 1][len(lead) :]) in _BESIDE:
        first -= 1
    while end < min(len(lines), index + MOST_LINES) and lines[end].startswith(lead) and lines[end].strip("/#*-;% \t"):
        end += 1
    block = [line[len(lead) :] for line in lines[first:end]]
    frame = _first_frame(block, index - first + 1)
    is_headline = frame or first < index or crash_terminal_of("".join(block[index - first + 1 :][:1])) in _BESIDE
    if not is_headline and not (lead and _is_above_goroutine(lines, index, lead)):
        return {}
    if (lead and _is_chained(lines, first, lead)) or not (lead or frame):
        return {}
    changed = {first + at: [line] for at, line in enumerate(block)}
    if frame:
        changed[first + frame] = ["", UNKNOWN, block[frame]]
        changed[end - 1] = [*changed[end - 1], ""]
    return changed


def _may_be_headline(lines: list[str], index: int, lead: str) -> bool:
    """Whether a neighbouring line suggests that this one is a headline; most lines that look like one are prose."""
    for beside in (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2]):
        bare = beside.removeprefix(lead)
        if crash_terminal_of(bare) in _BESIDE or shows_frame(bare):
            return True
    return bool(lead) and _is_above_goroutine(lines, index, lead)


def _is_above_goroutine(lines: list[str], index: int, lead: str) -> bool:
    return _has_header_below(lines, index, lead) or _is_above_running(lines, index, len(lead))


def _first_frame(block: list[str], below: int) -> int:
    """The index of the first call right below a headline, if the block has no header and no locations; 0 otherwise."""
    while below < len(block) and crash_terminal_of(block[below]) in _BESIDE:
        below += 1
    if below == len(block) or not shows_frame(block[below]):
        return 0
    return 0 if any(token_of(line) in (HEADER, PLACE) for line in block[below:]) else below


def _has_header_below(lines: list[str], index: int, lead: str) -> bool:
    """Whether a goroutine begins within the next four lines, behind nothing but a title or lines about a signal."""
    below = lines[index + 1 : index + 5]
    if not any("goroutine " in line for line in below):
        return False
    for line in below:
        bare = line.removeprefix(lead)
        if token_of(bare.strip()) == HEADER:
            return True
        if bare.strip("/#*-;% \t") and crash_terminal_of(bare) not in _BESIDE and TITLE.fullmatch(bare) is None:
            break
    return False


def _is_chained(lines: list[str], first: int, lead: str) -> bool:
    """Whether the block is indented because it follows another panic: Go indents the panics of a chain."""
    above = first - 1
    while above > 0 and first - above < MOST_LINES and lines[above].startswith(lead):
        above -= 1
    return above >= 0 and not lines[above].startswith(lead) and crash_terminal_of(lines[above].strip()) is not None
