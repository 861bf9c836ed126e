"""Classifies the lines of a report about locks: its own lines, and those of the goroutines in it."""

from functools import partial

from debugtext.formats.dumps.dump import recognizes as is_header
from debugtext.formats.dumps.dump_lines import is_of_stack
from debugtext.formats.grammar import terminal
from debugtext.formats.limits import LONGEST_LINE
from debugtext.pieces.text import Cursor

line_of = partial(terminal, "lock_report")

HEADINGS = ("PREVIOUS", "WAITED", "BEFORE", "AFTER", "CALLERS", "HOLDERS", "CURRENT", "LOCK")
BEFORE_GOROUTINES = ("DOING_NOW", "ALL_GOROUTINES")
_KINDS = ("TITLE", *HEADINGS, *BEFORE_GOROUTINES)


def terminal_of(line: str) -> str | None:
    """The terminal of a title or heading; None for other lines (frames count only below a heading)."""
    if len(line) > LONGEST_LINE:
        return None
    return next((kind for kind in _KINDS if line_of(kind).fullmatch(line + "\n")), None)


class Lines:
    """Decides for one line after the other whether it belongs to the report."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._begun = False
        self._goroutines = self._in_stack = False
        self._in_places = False

    def belongs(self, line: str) -> bool:
        """Whether a line belongs to the report; goroutines belong to it only below their heading."""
        if not self._is_own(line):
            self._in_stack = self._in_stack and bool(line.strip())
            return False
        kind = terminal_of(line)
        if kind is not None:
            self._goroutines, self._in_stack = kind in BEFORE_GOROUTINES, False
            self._in_places = kind in HEADINGS
        self._in_stack = self._in_stack or is_header(line)
        return True

    def ends(self, line: str) -> bool:
        """Whether a line can only stand behind the report."""
        if not self._begun:
            self._begun = True
            return False
        return terminal_of(line) == "TITLE" or (not self._is_own(line) and self._cursor.begins(line))

    def _is_own(self, line: str) -> bool:
        kind = terminal_of(line)
        if kind is not None:
            return kind != "TITLE" or not self._begun
        if self._goroutines:
            return is_header(line) or (self._in_stack and is_of_stack(line))
        return self._in_places and any(line_of(kind).fullmatch(line + "\n") for kind in ("TAKEN", "FRAME"))
