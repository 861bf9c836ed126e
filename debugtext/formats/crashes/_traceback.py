"""Reads stacks without a goroutine header: those below `runtime stack:`, and the first of a SIGQUIT up to Go 1.3."""

from debugtext.formats.crash_lines import terminal_of
from debugtext.formats.dumps.dump import DumpReader
from debugtext.formats.dumps.dump import recognizes as is_header
from debugtext.formats.dumps.goroutine import line_of
from debugtext.formats.interleaved import take
from debugtext.pieces.text import Cursor, Piece
from debugtext.records.captures import Problem
from debugtext.records.frames import Stack

RUNTIME_STACK = "runtime stack:"

_PLACES = ("LOCATION", "C_LOCATION", "C_PC", "UNAVAILABLE")
_LINES = (*_PLACES, "CREATED_BY", "CALL", "C_CALL", "ELIDED")


def is_stack_line(line: str) -> bool:
    """Whether a line can only be part of a stack; calls do not count, as other text may look like one."""
    return any(line_of(kind).fullmatch(line + "\n") for kind in _PLACES)


def stands_on_stack(cursor: Cursor) -> bool:
    """Whether a call and its location stand at the cursor."""
    lines = cursor.text[cursor.position : cursor.position + 20_000].split("\n", 2)
    return len(lines) > 1 and bool(line_of("CALL").fullmatch(lines[0] + "\n")) and is_stack_line(lines[1])


def read_traceback(cursor: Cursor) -> tuple[Stack, int, tuple[Problem, ...]]:
    """Reads the frames at the cursor up to a blank line; returns the stack, its last line, and its problems."""
    taken = take(cursor, _belongs, _ends)
    piece = Piece(f"goroutine 0 [idle]:\n{taken.text}", taken.numbers[0], [taken.numbers[0], *taken.numbers])
    lines = Cursor([piece])
    lines.more()
    reader = DumpReader(lines).read()
    problems = (*taken.problems("a frame of this stack"), *reader.problems)
    return reader.columns.goroutines[0].stack, taken.last_line, problems


def _belongs(line: str) -> bool:
    return any(line_of(kind).fullmatch(line + "\n") for kind in _LINES)


def _ends(line: str) -> bool:
    return not line.strip() or is_header(line) or terminal_of(line) is not None
