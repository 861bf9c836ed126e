"""Joins lines that a terminal or a mail program has wrapped, at a column or at a space.

runtime/pprof.writeGoroutineStacks({0xb76498, 0x27c3e933069
0})
    /usr/local/go/src/runtime/pprof/pprof.go:81
6 +0x69
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from debugtext.unwrapping.lines.go_lines import (
    ALONE,
    BLANK,
    CALL,
    CRASH,
    CREATED,
    FOREIGN,
    FRAME,
    HEADER,
    LABELS,
    LEAKED,
    PLACE,
    SAMPLE,
    STATISTIC,
    SURE_LINES,
    TITLE,
    pasted,
    token_of,
    tokens_of,
)
from debugtext.unwrapping.lines.rows import Rows
from debugtext.unwrapping.lines.shapes import as_printed, begins_place

LONGEST = 4000
MOST_LINES, MOST_LIST_LINES = 8, 400
"""How many lines are tried as parts of one line, and of a list of addresses or pauses."""
NARROWEST = 40
PAUSES = 256  # numbers in a list of pauses
_LEAKED = ("[Goroutine ", "Goroutine ")
_LINE_BEGINNINGS = ("\t", " ")
_BEFORE_FILE = re.compile(r"\+0x[0-9a-f]+\s+\S")  # a frame's line as far as its third cell
_SAMPLE_START = re.compile(r"-?[0-9]+(?::[ 0-9]| [0-9@])")
_BARE = re.compile(r"#\s*0x[0-9a-f]+")
_BLANK_IN_NAME = re.compile(r"[^(\[\s]*\s")  # only type arguments contain spaces
_MESSAGES = ("panic: ", "fatal error: ", "panic serving ")
_ENDS_OF_PLACES = ("+0x", "fp=", "sp=", "pc=")
_OFFSET_ALONE = re.compile(r"\+0x[0-9a-f]{1,16}")
_ARGUMENTS_ALONE = re.compile(r"\((?:0x|\{|\.\.\.|_)[0-9a-fx_ ,.?{}]{0,400}\)")


@dataclass(frozen=True, slots=True)
class _Joined:
    line: str
    count: int


class Wrapped:
    """The lines of one text, and the columns at which they seem to have been cut."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._lines = rows.lines
        self._kinds = tokens_of(rows.lines)
        go_on = [
            line
            for line, kind, after in zip(rows.lines, self._kinds, self._kinds[1:], strict=False)
            if _goes_on(line, kind, after)
        ]
        self._widths = (_width(map(len, go_on)), _width(len(line.expandtabs()) for line in go_on))

    def joined(self) -> Rows:
        """The rows with wrapped lines joined; the same rows if there are none."""
        lines: list[str] = []
        numbers = array("Q")
        index, before = 0, ""
        while index < len(self._lines):
            joined = self._with_rest(index, self._join(index, before))
            lines.append(joined.line if joined else self._lines[index])
            numbers.append(self._rows.numbers[index])
            kind = token_of(joined.line) if joined else self._kinds[index]
            before = kind or before * (self._kinds[index] == FOREIGN)
            index += joined.count if joined else 1
        return self._rows if len(lines) == len(self._lines) else Rows(lines, numbers, self._rows.ends_line)

    def _join(self, index: int, before: str) -> _Joined | None:
        line, kind = self._lines[index], self._kinds[index]
        if kind == BLANK or len(line) > LONGEST or index + 1 >= len(self._lines):
            return None
        if (kind in (SAMPLE, FOREIGN) and line[0].isdigit()) or (line.startswith("# Pause") and not line.endswith("]")):
            return self._join_list(index)
        if kind == FRAME and self._kinds[index + 1] == FOREIGN and _BARE.fullmatch(line):
            return self._join_as(index, FRAME)
        if kind in (PLACE, FRAME, STATISTIC, HEADER):
            return self._join_end(index, kind)
        message = self._message(index)
        if message:
            return message
        for wanted in _kinds_wanted(line, kind, before):
            joined = self._join_as(index, wanted)
            if joined:
                return joined
        return None

    def _with_rest(self, index: int, joined: _Joined | None) -> _Joined | None:
        """A location with its offset, or a function with its arguments, if those stand alone on the line below."""
        line, count = (joined.line, joined.count) if joined else (self._lines[index], 1)
        below = self._lines[index + count].strip() if index + count < len(self._lines) else ""
        if _OFFSET_ALONE.fullmatch(below):
            whole, kind = f"{line} {below}", PLACE
        elif joined is None and self._kinds[index] == FOREIGN and _ARGUMENTS_ALONE.fullmatch(below):
            whole, kind = f"{line.rstrip()}{below}", CALL
        else:
            return joined
        return _Joined(whole, count + 1) if as_printed(whole, kind) else joined

    def _join_list(self, index: int) -> _Joined | None:
        """A list of addresses or pauses that was wrapped over many lines."""
        line = self._lines[index]
        pauses = line.startswith("#")
        shape = pasted("NUMBERS" if pauses else "ADDRESSES")
        end = index + 1
        if self._lines[end].lstrip().startswith("@"):
            end += 1
        elif not pauses and "@" not in line:
            return self._join_as(index, SAMPLE) if _SAMPLE_START.match(line) else None
        while end < min(len(self._lines), index + MOST_LIST_LINES) and _is_list(self._lines[end], shape):
            end += 1
            if self._lines[end - 1].endswith("]"):
                break
        lines = self._lines[index:end]
        if len(lines) > 1 and (pauses or "@" in lines[0] + lines[1]):
            joined = _pauses(lines) if pauses else as_printed(_addresses(lines), SAMPLE)
            if joined:
                return _Joined(joined, len(lines))
        return self._join_as(index, SAMPLE) if _SAMPLE_START.match(line) else None

    def _join_end(self, index: int, kind: str) -> _Joined | None:
        """A line that looks complete, joined with the end that was cut off: `…go:12` with `3 +0x1d`."""
        if self._kinds[index + 1] != FOREIGN:
            return None
        more = self._lines[index + 1]
        if more.startswith(_ENDS_OF_PLACES) and kind == PLACE:
            joined = as_printed(f"{self._lines[index]} {more}", kind)
        elif more[0].isdigit() or more[0] in "+x" or (self._is_full(self._lines[index]) and more[0] in "abcdef ]:"):
            joined = as_printed(self._lines[index] + more, kind)
        else:
            joined = None
        if joined is None:
            return None
        if index + 2 < len(self._lines) and self._kinds[index + 2] == FOREIGN:  # a second end
            further = as_printed(joined + self._lines[index + 2], kind) or as_printed(
                f"{joined} {self._lines[index + 2]}", kind
            )
            if further and kind == PLACE:
                return _Joined(further, 3)
        return _Joined(joined, 2)

    def _join_as(self, index: int, wanted: str) -> _Joined | None:
        """The lines from `index` on that are one line of the kind `wanted` together; None if they are none."""
        whole = self._lines[index]
        if wanted == CALL and "." in whole and _is_closed(whole.strip()):
            return None
        for count in range(2, MOST_LINES + 1):
            if index + count > len(self._lines):
                return None
            more, kind = self._lines[index + count - 1], self._kinds[index + count - 1]
            if (
                (kind in SURE_LINES and (wanted, kind) != (FRAME, PLACE))
                or kind == BLANK
                or len(whole) + len(more) > LONGEST
            ):
                return None
            if wanted in (CALL, CREATED) and (more.startswith("\t") or begins_place(more)):
                return None  # it is the location
            if wanted == CREATED and whole.rpartition(" in goroutine ")[2].isdigit() and not more.strip().isdigit():
                return None  # only more digits could belong to it
            full = self._is_full(self._lines[index + count - 2])
            blank = wanted == FRAME and self._is_full(self._lines[index + count - 2] + " ")
            for gap in (" ",) * blank + _gaps(whole, more, wanted, full=full):
                joined = as_printed(whole + gap + (more.lstrip() if gap else more), wanted)
                if wanted == CALL and joined and _BLANK_IN_NAME.match(joined):
                    continue
                if joined and self._may_follow(index + count, wanted) and not (wanted == CRASH and _is_open(joined)):
                    indent = whole[: len(whole) - len(whole.lstrip())] if wanted == LEAKED else ""
                    return _Joined(indent + joined, count)
            whole += _gaps(whole, more, wanted, full=full)[0] + more.strip()
        return None

    def _may_follow(self, index: int, wanted: str) -> bool:
        """Whether a location, or the end of the text, follows a call or creator that was joined."""
        if wanted not in (CALL, CREATED) or index >= len(self._lines):
            return True
        line = self._lines[index]
        return self._kinds[index] == PLACE or line.startswith(_LINE_BEGINNINGS) or as_printed(line, PLACE) is not None

    def _is_full(self, line: str) -> bool:
        """Whether a line is as long as the longest ones, so that it was cut at a column and not at a space."""
        return len(line) >= NARROWEST and (len(line) == self._widths[0] or len(line.expandtabs()) == self._widths[1])

    def _message(self, index: int) -> _Joined | None:
        """A crash's message that was cut at a column; where a message ends that was cut at a space cannot be known."""
        line, more = self._lines[index], self._lines[index + 1]
        if self._kinds[index + 1] != FOREIGN or more[0] in "\t " or not any(word in line for word in _MESSAGES):
            return None
        if self._is_full(line):
            return _Joined(line + more, 2)
        return _Joined(f"{line} {more}", 2) if self._is_full(line + " ") else None


def _is_closed(line: str) -> bool:
    """Whether a line is a call whose brackets are all closed, perhaps with a remark behind it."""
    call = pasted("WHOLE_CALL").match(line)
    return call is not None and line[call.end() : call.end() + 1].strip() == ""


def _is_list(line: str, shape: re.Pattern[str]) -> bool:
    return bool(line.strip()) and shape.fullmatch(line.strip()) is not None


def _addresses(lines: list[str]) -> str:
    """The line of a sample: a part that begins with 0x or a space begins a new word, any other continues one."""
    parts = [lines[0]]
    for before, line in pairwise(lines):
        apart = line.startswith(("0x", " ", "@")) and not before.endswith((" ", " 0"))
        parts.append((" " if apart or line.startswith((" ", "@")) else "") + line.strip())
    return "".join(parts)


def _pauses(lines: list[str]) -> str | None:
    """A list of pauses, cut at a column or at spaces: the way of joining that gives 256 numbers is taken."""
    longest = max(map(len, lines))
    at_column = "".join(line + " " * (len(line) == longest - 1) for line in lines)
    at_blanks = " ".join(line.strip() for line in lines)
    found = [" ".join(joined.split()).replace(" ]", "]") for joined in (at_column, at_blanks)]
    best = min(found, key=lambda joined: abs(joined.count(" ") - 2 - PAUSES))
    return as_printed(best, STATISTIC)


def _goes_on(line: str, kind: str, after: str) -> bool:
    """Whether a line seems to go on in the next one. Lines of lists are no guide: their words are too short."""
    listed = line.startswith("# Pause") or pasted("NUMBERS").fullmatch(line) or pasted("ADDRESSES").fullmatch(line)
    return after == FOREIGN and kind != BLANK and len(line) <= LONGEST and not listed


def _width(lengths: Iterable[int]) -> int:
    """The column at which lines were cut; 0 if they were cut at spaces, so that their lengths differ."""
    counts = Counter(length for length in lengths if NARROWEST <= length <= LONGEST)
    width = max(counts, default=0)
    near = sum(count for length, count in counts.items() if length > width - 8)
    most = counts[width] + counts[width - 1]
    return width if most > 1 and most * 2 > near else 0


def _kinds_wanted(line: str, kind: str, before: str) -> tuple[str, ...]:
    """The kinds of lines of which this line may be the beginning."""
    if line.startswith("goroutine"):
        return (HEADER, TITLE)
    if line.startswith("created by"):
        return (CREATED,)
    if line.startswith("# labels: {"):
        return (LABELS,)
    if line.startswith("#") or line.lstrip().startswith(("#", "0x")):
        return (FRAME, STATISTIC)
    if line.lstrip().startswith(_LEAKED):
        return (LEAKED,)
    if line.startswith(("heap ", "--- ", "threadcreate ")):
        return (TITLE,)
    if kind == CRASH:
        return (CRASH,) if _is_open(line) else ()
    if before in (CALL, CREATED) and (line.startswith((*_LINE_BEGINNINGS, "/")) or line[1:3] == ":/"):
        return (PLACE,)
    if before in (HEADER, PLACE, ALONE, LEAKED) and kind == FOREIGN and "." in line:
        return (CALL,)
    return ()


def _is_open(line: str) -> bool:
    """Whether a bracket is still open at the end of a line."""
    return line.count("(") > line.count(")") or line.count("[") > line.count("]")


def _gaps(whole: str, more: str, wanted: str, *, full: bool) -> tuple[str, ...]:
    """What may have stood between two parts of a line, the likeliest first."""
    if whole.endswith(" ") or more.startswith(" "):
        return ("",)
    if wanted == FRAME:  # within a file's name, most lines were cut at a column
        return ("", "\t") if full or _BEFORE_FILE.search(whole) else ("\t", "")
    if wanted == PLACE:
        return (" ", "") if more.startswith(_ENDS_OF_PLACES) else ("",)
    if wanted == CALL:
        return (" ", "") if whole.endswith(",") else ("",)
    if wanted == CREATED:
        at_word = more.startswith("in goroutine") or whole.endswith((" by", " in", " goroutine"))
        return (" ", "") if at_word else ("", " ")
    return ("", " ") if full else (" ", "")
