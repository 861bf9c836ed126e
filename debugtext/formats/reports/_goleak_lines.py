"""Takes the lines of a leak checker's report from the output of a test, without their indentation."""

from functools import partial

from debugtext.formats.crash_lines import terminal_of as crash_terminal_of
from debugtext.formats.dumps.dump import recognizes as is_header
from debugtext.formats.dumps.goroutine import line_of as dump_line
from debugtext.formats.grammar import terminal
from debugtext.formats.interleaved import Taken, take
from debugtext.pieces.text import Cursor

line_of = partial(terminal, "goleak")

HEADINGS = ("UNEXPECTED", "TOO_MANY", "GLEAK")
LEAKS = ("GOLEAK", "LEAKTEST", "INSTANCES", "APPEARS", "APPEARS_ONE")

WORDS = "leaked goroutine: "

_CALLS = ("CREATED_BY", "CALL")
_PLACES = ("LOCATION", "C_LOCATION")
_OF_OTHERS = frozenset({"PAUSED_TEST", "PASSED_TEST", "PASS", "PASSED_PACKAGE"})
"""What `go test` prints about tests and packages that have not failed: such lines do not end a report."""
_ALONE = ("ELIDED", "C_PC", "UNAVAILABLE", "ANCESTOR")


def terminal_of(line: str) -> str | None:
    """The terminal of a line that begins a report or one of its goroutines; None for other lines."""
    text = line.strip() + "\n"
    return next((kind for kind in (*HEADINGS, *LEAKS) if line_of(kind).fullmatch(text)), None)


def plain(line: str) -> str:
    r"""A line of a stack as Go prints it: only locations are indented, by one tab."""
    text = line.strip()
    return "\t" + text if any(dump_line(kind).fullmatch(f"\t{text}\n") for kind in _PLACES) else text


def take_report(cursor: Cursor) -> Taken:
    """Takes the lines of a report; lines of stacks become `plain`, and the headers that goleak 1.1 repeats are dropped.

    If goroutines begin with a header alone, as Gomega's gleak prints them, leaktest's words are put before it.
    """
    lines = _Lines(cursor)
    has_headers = lines.headers > 0
    taken = take(cursor, lines.belongs, lines.ends)
    kept = [
        (WORDS * is_header(line.strip()) + plain(line) + "\n", number)
        for line, number in zip(taken.lines, taken.numbers, strict=True)
        if line.strip() and (has_headers or not is_header(line.strip()))
    ]
    return Taken([line for line, _ in kept], [number for _, number in kept], taken.foreign)


class _Lines:
    """Decides for one line after the other whether it belongs to the report; the cursor stands behind the line."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._kind = terminal_of(cursor.line())
        self._ended = False
        gleak = line_of("GLEAK").fullmatch(cursor.line().strip() + "\n")
        self.headers = int(gleak["gleak_count"]) if gleak else 0
        """How many goroutine headers are still to come, by the count in gleak's heading."""

    def belongs(self, line: str) -> bool:
        """Whether a line is printed by a leak checker."""
        text = line.strip()
        kind = terminal_of(line)
        is_counted = self.headers > 0 and is_header(text)
        self.headers -= is_counted
        if kind or text == "]" or is_counted or self._repeats_header(text) or self._is_of_stack(text):
            self._kind = kind
            self._ended = text == "]"
            return True
        return False

    def ends(self, line: str) -> bool:
        """Whether a line can only stand behind the report."""
        text = line.strip()
        if self._ended or terminal_of(line) == "UNEXPECTED":
            return True
        if crash_terminal_of(line):
            return crash_terminal_of(line) not in _OF_OTHERS
        return is_header(line) and not self.headers and not self._repeats_header(text)

    def _repeats_header(self, text: str) -> bool:
        return self._kind == "GOLEAK" and is_header(text)

    def _is_of_stack(self, text: str) -> bool:
        if any(dump_line(kind).fullmatch(text + "\n") for kind in _CALLS):
            return self._cursor.position < len(self._cursor.text) and _is_place(self._cursor.line())
        return _is_place(text) or any(dump_line(kind).fullmatch(f"{text}\n") for kind in _ALONE)


def _is_place(line: str) -> bool:
    text = f"\t{line.strip()}\n"
    return any(dump_line(kind).fullmatch(text) for kind in _PLACES)
