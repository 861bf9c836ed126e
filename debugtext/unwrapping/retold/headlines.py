"""Puts a crash's headline at its line's beginning: one in a comment, an indented block, bold, or glued to other output.

    //	fatal error: sync: unlock of unlocked mutex
    //	shop.(*Cart).Close(...) cart.go:189

    1 2 3fatal error: all goroutines are asleep - deadlock!

    goroutine 1 [semacquire]:

    ••••panic: test timed out after 10m0s

Such words are spoken of, too: they are a headline where another line of the runtime's stands beside them, or a call or
a goroutine below them. Calls right below are the stack of a goroutine, the header of which is not in the text.
"""

import re

from debugtext.formats._crash_lines import terminal_of as crash_terminal_of
from debugtext.text import Piece
from debugtext.unwrapping.lines.go_lines import HEADER, PLACE, token_of
from debugtext.unwrapping.lines.plain_headlines import HEADLINES, TITLE, is_behind_words, is_marked
from debugtext.unwrapping.lines.rows import Rows
from debugtext.unwrapping.retold.bare_frames import shows_frame

UNKNOWN = "goroutine 0 [running]:"
LONGEST = 400
MOST_LINES = 64

_LED = re.compile(r"(?P<lead>[ \t]*(?:(?:/{2,3}|#+|\*|--|;+|%)[ \t]*)?)(?P<headline>(?:fatal error|panic): [^\n]*)")
# nothing but a print without a newline stands right before a panic; of fatal errors the compiler of C speaks, too
_GLUED = re.compile(r"(?P<output>[^\n]*?)(?P<headline>fatal error: [^\n]*|(?<=[^\s\"'`:(>\[])panic: [^\n]*)")
_BEHIND_WORDS = re.compile(r"(?P<output>[^\n]*?[^\n\t])(?P<headline>(?:fatal error|panic): [^\n]*)")
# what a runner prints of each test; Markdown's bold and code
_MARKED = re.compile(
    r"(?m)^(?P<progress>[.SPF•·∙◦✓✔✗✘×]{1,2000}|)(?P<mark>\*{1,3}|__|`|)"  # noqa: RUF001
    r"(?P<headline>(?:fatal error|panic): [^\n]*[^\n*_`])(?P<end>\*{2,3}|__|`|)[ \t]*$"
)
_EMPHASIZED = re.compile(r"(?m)^[^\n]*?(?:\*\*|__)[^\n]*$")
_PAIR = re.compile(r"(?P<mark>\*\*|__)(?P<words>[^*_\n]{1,200})(?P=mark)")
_BESIDE = ("SIGNAL", "RUNTIME_MESSAGE")
"""What the runtime prints directly above and below."""


def with_headlines(piece: Piece) -> Piece:
    """The piece with such headlines as Go prints them; itself if there are none."""
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
    """A headline without the marks at its ends, where a goroutine stands below if they are Markdown's.

    One that closes what was opened within the headline is its own.
    """
    headline, mark, end = line["headline"], line["mark"], line["end"]
    if (mark or end) and not _shows_stack_below(line):
        return line[0]
    return headline + end * (not mark and bool(end) and end in headline)


def _without_emphasis(line: re.Match[str]) -> str:
    """A line without the marks that hide a headline in it, where a stack stands below it."""
    bare = _PAIR.sub(r"\g<words>", line[0])
    is_hidden = any(word in bare and word not in line[0] for word in HEADLINES)
    return bare if is_hidden and _shows_stack_below(line) else line[0]


def _shows_stack_below(line: re.Match[str]) -> bool:
    below = line.string[line.end() : line.end() + LONGEST]
    return "\ngoroutine " in below or " +0x" in below


def _glued(lines: list[str], index: int) -> dict[int, list[str]]:
    """The line taken apart where a goroutine below shows that a headline is its end, if the format does not know it."""
    if token_of(lines[index]) == HEADER or crash_terminal_of(lines[index]):
        return {}
    is_above = _has_header_below(lines, index, "")
    match = (_GLUED.fullmatch(lines[index]) if is_above else None) or _behind_words(lines, index)
    if not match:
        return {}
    output, headline = match["output"], match["headline"]
    return {index: [output, headline.partition("`")[0] if output.endswith("`") else headline]}


def _behind_words(lines: list[str], index: int) -> re.Match[str] | None:
    """The line taken apart where the goroutine that panicked stands right below it."""
    match = _BEHIND_WORDS.fullmatch(lines[index])
    return match if match and _is_above_running(lines, index, match.start("headline")) else None


def _is_above_running(lines: list[str], index: int, start: int) -> bool:
    """Whether the goroutine that panicked stands below a headline that begins at `start` of a line."""
    return is_behind_words("\n".join(lines[index : index + MOST_LINES]), 0, start)


def _led(lines: list[str], index: int, lead: str) -> dict[int, list[str]]:
    """The block around a headline without what stands before each of its lines, if it is a headline."""
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
    """Whether something beside a line that begins like a headline speaks for it; most such lines are spoken words."""
    for beside in (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2]):
        bare = beside.removeprefix(lead)
        if crash_terminal_of(bare) in _BESIDE or shows_frame(bare):
            return True
    return bool(lead) and _is_above_goroutine(lines, index, lead)


def _is_above_goroutine(lines: list[str], index: int, lead: str) -> bool:
    return _has_header_below(lines, index, lead) or _is_above_running(lines, index, len(lead))


def _first_frame(block: list[str], below: int) -> int:
    """Where calls begin right below a headline that have neither a goroutine's header nor locations; 0 if none do."""
    while below < len(block) and crash_terminal_of(block[below]) in _BESIDE:
        below += 1
    if below == len(block) or not shows_frame(block[below]):
        return 0
    return 0 if any(token_of(line) in (HEADER, PLACE) for line in block[below:]) else below


def _has_header_below(lines: list[str], index: int, lead: str) -> bool:
    """Whether a goroutine begins on one of the next two lines, or four with a title or what tells of a signal."""
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
    """Whether the block is indented because it belongs to a panic above: Go does so with the panics that follow it."""
    above = first - 1
    while above > 0 and first - above < MOST_LINES and lines[above].startswith(lead):
        above -= 1
    return above >= 0 and not lines[above].startswith(lead) and crash_terminal_of(lines[above].strip()) is not None
