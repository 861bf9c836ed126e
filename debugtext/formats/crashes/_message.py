"""Finds the end of a panic's message, which may have several lines, and lines that look like goroutines.

Up to Go 1.22 a message is printed as it is, and may hold a goroutine header; since 1.23 a tab follows each newline.
"""

from debugtext.formats.crash_lines import AT_EXIT, BEGINNINGS, LONGEST_REMEMBERED, MARKS, RUNS_ON, line_of, terminal_of
from debugtext.formats.crashes._traceback import RUNTIME_STACK, is_stack_line
from debugtext.formats.dumps.dump import recognizes as is_header
from debugtext.pieces.text import Cursor

MOST_LINES, MOST_TESTS = 400, 10_000
"""The longest message, and the longest one that lists the tests that were running."""
MOST_LINES_BEFORE_EXIT = 12
"""The longest message behind which an exit status, without goroutines, ends the report."""
MOST_CHARACTERS = 4_000
MOST_LINES_BELOW = 16
"""How far below a goroutine header a frame is looked for."""
MARKS_OF_LINES = tuple(f" {mark}\n" for mark in MARKS)
"""The ends of messages behind which another panic follows, perhaps without its tab."""


class Messages:
    """Finds the ends of messages; remembers how far it has searched, so that no line is read twice."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._piece = cursor.piece
        self._known = -1
        """No line between the cursor's position at the last call and this position ends a message."""
        self._ends: int | None = None

    def end(self) -> int | None:
        """The position behind the message at the cursor where the report goes on; None if it does not."""
        cursor = self._cursor
        if cursor.piece is not self._piece or cursor.position > self._known:
            self._piece, self._known, self._ends = cursor.piece, cursor.position, None
        lines = cursor.text.count("\n", cursor.position, self._known)
        most = MOST_TESTS if _lists_tests(cursor) else MOST_LINES
        while self._ends is None and lines < most:
            if self._known >= len(cursor.text):
                if not cursor.extend():
                    return None
                self._piece = cursor.piece
            end = cursor.text.find("\n", self._known)
            end = len(cursor.text) if end < 0 else end
            if self._may_end(cursor.text[self._known : end]):
                self._ends = self._known
            else:
                self._known, lines = end + 1, lines + 1
        return self._goes_on_at(lines) if self._ends is not None and lines < most else None

    def _may_end(self, line: str) -> bool:
        """Whether a line cannot be part of the message above it."""
        if is_header(line):
            return not is_quoted(self._cursor.text, self._known)
        return line == RUNTIME_STACK or terminal_of(line) is not None or self._cursor.begins(line)

    def _goes_on_at(self, lines: int) -> int | None:
        """The position of the message's end, `lines` lines further, if the report goes on there; else None."""
        cursor, position = self._cursor, self._known
        end = cursor.text.find("\n", position)
        line = cursor.text[position:] if end < 0 else cursor.text[position:end]
        if is_header(line) or line == RUNTIME_STACK:
            return position
        kind = terminal_of(line)
        if kind is None:
            return None
        goes_on = kind == "SIGNAL" or kind not in (*BEGINNINGS, *AT_EXIT, *RUNS_ON)
        goes_on = goes_on or (kind == "PANIC" and cursor.text.endswith(MARKS_OF_LINES, 0, position))
        return position if goes_on or (kind in AT_EXIT and lines <= MOST_LINES_BEFORE_EXIT) else None


def _lists_tests(cursor: Cursor) -> bool:
    """Whether the message is that of a test timeout, which lists all running tests, one a line."""
    first = cursor.text[cursor.position : cursor.position + LONGEST_REMEMBERED].split("\n", 2)[:2]
    return any(line_of("RUNNING_TESTS").fullmatch(f"{line}\n") for line in first)


def is_quoted(text: str, position: int) -> bool:
    """Whether the goroutine header at a position is only part of a message: no frame stands below it.

    If nothing at all stands below it, the text may be cut off there, unless a running goroutine follows.
    """
    end = text.find("\n\n", position, position + MOST_CHARACTERS)
    below = text[position : end if end >= 0 else position + MOST_CHARACTERS].split("\n", MOST_LINES_BELOW + 1)[1:]
    below = below[:MOST_LINES_BELOW]
    if not any(line.strip() for line in below):
        return end >= 0 and _is_header_of_running(text, end + 2)
    return not any(map(is_stack_line, below))


def _is_header_of_running(text: str, position: int) -> bool:
    """Whether the next line that is not blank is the header of a running goroutine."""
    line = text[position : position + MOST_CHARACTERS].lstrip("\n").partition("\n")[0]
    return "[running" in line and is_header(line)
