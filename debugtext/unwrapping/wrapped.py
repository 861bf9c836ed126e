"""Joins lines that a terminal or a mail program has wrapped: at a column, or at a blank.

runtime/pprof.writeGoroutineStacks({0xb76498, 0x27c3e933069
0})
    /usr/local/go/src/runtime/pprof/pprof.go:81
6 +0x69
"""

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from debugtext.unwrapping.go_lines import (
    ALONE,
    BLANK,
    CALL,
    CRASH,
    CREATED,
    FOREIGN,
    FRAME,
    HEADER,
    LEAKED,
    PLACE,
    SAMPLE,
    STATISTIC,
    SURE_LINES,
    TITLE,
    kind_of,
    pasted,
)
from debugtext.unwrapping.rows import Rows
from debugtext.unwrapping.shapes import as_printed

LONGEST = 4000
MOST_LINES = 8
MOST_LIST_LINES = 400
NARROWEST = 30
_LEAKED = ("[Goroutine ", "Goroutine ")
_LINE_BEGINNINGS = ("\t", " ")
_MESSAGES = ("panic: ", "fatal error: ", "panic serving ")
_ENDS_OF_PLACES = ("+0x", "fp=", "sp=", "pc=")


@dataclass(frozen=True, slots=True)
class _Joined:
    line: str
    count: int


class Wrapped:
    """The lines of one text, to be joined."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._lines = rows.lines
        self._kinds = [kind_of(line) for line in rows.lines]
        self._widths = (_width(map(len, rows.lines)), _width(len(line.expandtabs()) for line in rows.lines))

    def joined(self) -> Rows:
        """The rows with wrapped lines joined; the same if there are none."""
        lines: list[str] = []
        numbers = array("Q")
        index, before = 0, ""
        while index < len(self._lines):
            joined = self._join(index, before)
            lines.append(joined.line if joined else self._lines[index])
            numbers.append(self._rows.numbers[index])
            before = kind_of(lines[-1]) or before * (self._kinds[index] == FOREIGN)
            index += joined.count if joined else 1
        return self._rows if len(lines) == len(self._lines) else Rows(lines, numbers, self._rows.ends_line)

    def _join(self, index: int, before: str) -> _Joined | None:
        line, kind = self._lines[index], self._kinds[index]
        if kind == BLANK or len(line) > LONGEST or index + 1 >= len(self._lines):
            return None
        if kind in (SAMPLE, FOREIGN) and (line[0].isdigit() or line.startswith("# Pause")):
            return self._join_list(index)
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

    def _join_list(self, index: int) -> _Joined | None:
        """A list of addresses, or of pauses, over many lines."""
        line = self._lines[index]
        pauses = line.startswith("#")
        shape = pasted("NUMBERS" if pauses else "ADDRESSES")
        parts, last = [line], line
        for more in self._lines[index + 1 : index + MOST_LIST_LINES]:
            text = more.strip()
            if text[:1] == "@" and len(parts) == 1:
                parts.append(" " + text)
            elif not text or not shape.fullmatch(text) or ("@" not in line and not pauses and len(parts) == 1):
                break
            else:
                parts.append(self._gap(last, more, pauses=pauses) + text)
            last = more
        wanted = STATISTIC if pauses else SAMPLE
        while len(parts) > 1:
            joined = as_printed("".join(parts), wanted)
            if joined:
                return _Joined(joined, len(parts))
            parts.pop()
            if len(parts) > MOST_LINES:
                del parts[MOST_LINES:]
        return self._join_as(index, wanted) if not pauses and not line.isdigit() else None

    def _gap(self, line: str, more: str, *, pauses: bool) -> str:
        """What stood between two lines of a list."""
        if line.endswith(" "):
            return ""
        if more.startswith((" ", "0x")):
            return " "
        return " " if pauses and not self._is_full(line) else ""

    def _join_end(self, index: int, kind: str) -> _Joined | None:
        """A line that is complete without its end: `…go:12` and `3 +0x1d`."""
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
        """Lines that make one of this kind together."""
        whole = self._lines[index]
        for count in range(2, MOST_LINES + 1):
            if index + count > len(self._lines):
                return None
            more, kind = self._lines[index + count - 1], self._kinds[index + count - 1]
            if kind in SURE_LINES or kind == BLANK or len(whole) + len(more) > LONGEST:
                return None
            if wanted in (CALL, CREATED) and more.startswith(("\t", "/")):
                return None  # the location
            full = self._is_full(self._lines[index + count - 2])
            for gap in _gaps(whole, more, wanted, full=full):
                joined = as_printed(whole + gap + (more.lstrip() if gap else more), wanted)
                if joined and self._may_follow(index + count, wanted):
                    indent = whole[: len(whole) - len(whole.lstrip())] if wanted == LEAKED else ""
                    return _Joined(indent + joined, count)
            whole += _gaps(whole, more, wanted, full=full)[0] + more.strip()
        return None

    def _may_follow(self, index: int, wanted: str) -> bool:
        """Whether what stands behind a joined call or creator is its location, or the end."""
        if wanted not in (CALL, CREATED) or index >= len(self._lines):
            return True
        line = self._lines[index]
        return self._kinds[index] == PLACE or line.startswith(_LINE_BEGINNINGS) or as_printed(line, PLACE) is not None

    def _is_full(self, line: str) -> bool:
        """Whether a line is as long as the longest ones: it was cut at a column, not at a blank."""
        return len(line) >= NARROWEST and (len(line) == self._widths[0] or len(line.expandtabs()) == self._widths[1])

    def _message(self, index: int) -> _Joined | None:
        """What was thrown, cut at a column; nothing tells where one ends that was cut at a blank."""
        line, more = self._lines[index], self._lines[index + 1]
        if self._kinds[index + 1] != FOREIGN or not any(word in line for word in _MESSAGES):
            return None
        if self._is_full(line):
            return _Joined(line + more, 2)
        return _Joined(f"{line} {more}", 2) if self._is_full(line + " ") else None


def _width(lengths: Iterable[int]) -> int:
    """The width at which lines were cut: the greatest length, if more than one line has it; else 0."""
    counts = Counter(length for length in lengths if NARROWEST <= length <= LONGEST)
    width = max(counts, default=0)
    return width if counts[width] > 1 else 0


def _kinds_wanted(line: str, kind: str, before: str) -> tuple[str, ...]:
    """What a line may be the beginning of."""
    if line.startswith("goroutine"):
        return (HEADER, TITLE)
    if line.startswith("created by"):
        return (CREATED,)
    if line.startswith("#") or line.lstrip().startswith(("#", "0x")):
        return (FRAME, STATISTIC)
    if line.lstrip().startswith(_LEAKED):
        return (LEAKED,)
    if line.startswith(("heap ", "--- ", "threadcreate ")):
        return (TITLE,)
    if kind == CRASH:
        return (CRASH,) if line.startswith("[signal ") and not line.endswith("]") else ()
    if before in (CALL, CREATED) and (line.startswith((*_LINE_BEGINNINGS, "/")) or line[1:3] == ":/"):
        return (PLACE,)
    if before in (HEADER, PLACE, ALONE) and kind == FOREIGN and "." in line:
        return (CALL,)
    return ()


def _gaps(whole: str, more: str, wanted: str, *, full: bool) -> tuple[str, ...]:
    """What may have stood between two lines, the likeliest first."""
    if whole.endswith(" ") or more.startswith(" "):
        return ("",)
    if wanted == FRAME:
        return ("", "\t")
    if wanted == PLACE:
        return (" ", "") if more.startswith(_ENDS_OF_PLACES) else ("",)
    if wanted == CALL:
        return (" ", "") if whole.endswith(",") else ("",)
    if wanted == CREATED:
        return (
            (" ", "") if more.startswith("in goroutine") or whole.endswith((" by", " in", " goroutine")) else ("", " ")
        )
    return ("", " ") if full else (" ", "")
