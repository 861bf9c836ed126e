r"""Reads panics that a framework or a logger recovered and printed with a stack in its own form.

    [Recovery] 2026/11/21 - 10:03:04 panic recovered:
    GET /put HTTP/1.1

    runtime error: invalid memory address or nil pointer dereference
    /src/shop/cart/cart.go:7 (0x9951ce)
        (*Cart).Add: *c.total++

A stack with a heading, or with the runtime's message right above it, is a crash report. Loggers also print such stacks
for errors, which are no crashes, so that a stack without a heading is read only if it shows a panic. It is written as a
goroutine, and read like those of any dump (`dump.py`).
"""

from itertools import takewhile

from debugtext.formats.crashes.recovered_lines import is_lone_place, is_pair, terminal_of
from debugtext.formats.dumps.dump import DumpReader
from debugtext.formats.dumps.written import Writing, read_written
from debugtext.formats.grammar import terminal
from debugtext.formats.limits import LONGEST_LINE
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash, Panic
from debugtext.records.goroutines import GoroutineDump

MOST_HEADING_LINES = {"RECOVERED": 100, "PRETTY": 4}
"""How many lines below a heading the stack may begin: a request and a message stand in between."""

FEWEST_PLACES = 3
"""Fewer places without functions are no stack."""


def recognizes(line: str) -> bool:
    """Whether a line may begin such a stack, or is a heading of one."""
    return terminal_of(line) is not None


def parse(cursor: Cursor) -> Capture | None:
    """Reads one stack; None if none follows the heading."""
    kind = terminal_of(cursor.line())
    index = cursor.index_at(cursor.position)
    first = _below_heading(cursor, index, kind) if kind in MOST_HEADING_LINES else _top_of_stack(cursor.lines(), index)
    if first is None:
        cursor.skip_line()
        return None
    pairs = _pairs(cursor, first, spaced=kind in ("PRETTY", "ARROW"))
    lines, piece = cursor.lines(), cursor.piece
    has_heading = kind in MOST_HEADING_LINES
    said = _message(lines[index:first], kind) if has_heading else _said_above(cursor, first)
    reader = _read(cursor, pairs, "running" if has_heading or said else "")
    cursor.skip_lines(pairs[-1] + 2 - index)
    if not has_heading and not said:
        return reader.capture()
    crash = Crash(
        "panic",
        said.partition("\n")[0],
        GoroutineDump(reader.columns.goroutines),
        panics=(Panic(said, recovered=True),),
        crashed_id=0,
        line=piece.line_at(index if has_heading else first - 1),
    )
    last_line = piece.line_at(pairs[-1] + 1)
    return Capture("crash", crash.line, last_line, crash, tuple(reader.problems))


def read_lone_places(cursor: Cursor) -> DumpReader | None:
    """Reads the stack at the cursor whose frames are only places; None if there are too few."""
    lines = cursor.lines() if cursor.more() else [""]
    start = end = cursor.index_at(cursor.position)
    while end < len(lines) and is_lone_place(lines[end]):
        end += 1
    if end - start < FEWEST_PLACES:
        return None
    reader = _read(cursor, list(range(start, end)), "running", lines_each=1)
    cursor.skip_lines(end - start)
    return reader


def _below_heading(cursor: Cursor, index: int, kind: str | None) -> int | None:
    """The index of the first frame below a heading; None if another text begins before it."""
    most = MOST_HEADING_LINES.get(kind or "", 0)
    while len(cursor.lines()) - index < most and cursor.extend():
        pass
    lines = cursor.lines()
    for at in range(index + 1, min(index + most, len(lines))):
        if is_pair(lines, at):
            return at
        if cursor.begins(lines[at]):
            break
    return None


def _top_of_stack(lines: list[str], index: int) -> int | None:
    """The index of the first frame of the stack to which the line at an index belongs; None if it is no frame's."""
    at = index if is_pair(lines, index) else index - 1
    if not is_pair(lines, at):
        return None
    while is_pair(lines, at - 2):
        at -= 2
    return at


def _pairs(cursor: Cursor, first: int, *, spaced: bool) -> list[int]:
    """The indexes at which consecutive frames begin; `spaced`: blank lines may stand between them."""
    found = [first]
    while True:
        after = found[-1] + 2
        while spaced and after + 2 > len(cursor.lines()) - 1 and cursor.extend():
            pass  # a piece ends at a blank line
        lines = cursor.lines()
        while spaced and after < len(lines) - 1 and not lines[after].strip() and after - found[-1] < 4:  # noqa: PLR2004
            after += 1
        if not is_pair(lines, after):
            break
        found.append(after)
    return found


def _read(cursor: Cursor, frames: list[int], state: str, lines_each: int = 2) -> DumpReader:
    """Reads the frames at these indexes as a goroutine of a dump."""
    from debugtext.formats.crashes._recovered_transformer import read_calls  # noqa: PLC0415 - it imports Lark

    lines, piece, writing = cursor.lines(), cursor.piece, Writing()
    indexes = [index for at in frames for index in range(at, at + lines_each)]
    writing.header(piece.line_at(frames[0]), state=state)
    writing.stack(read_calls("".join(f"{lines[index]}\n" for index in indexes)), piece.lines_at(indexes))
    return read_written(writing.piece())


def _message(lines: list[str], kind: str | None) -> str:
    """The panic's message, which stands below the request in a heading."""
    if kind == "PRETTY":
        more = takewhile(bool, (line.strip() for line in lines[1:]))
        return "\n".join((lines[0].strip().removeprefix("panic: "), *more))
    below = [line.strip() for line in lines[1:]]
    request = next((at for at, line in enumerate(below) if _is_request(line)), None)
    if request is not None:
        blank = next((at for at, line in enumerate(below) if at > request and not line), len(below))
        below = below[blank:] or below[request + 1 :]
    return "\n".join(below).strip("\n")


def _said_above(cursor: Cursor, first: int) -> str:
    """The runtime's message in the line above a stack; empty if there is none, or it belongs to another text."""
    above = cursor.lines()[first - 1] if first else ""
    match = terminal("recovered", "SAID").fullmatch(above + "\n") if len(above) <= LONGEST_LINE else None
    return match["said"] if match and not cursor.begins(above) else ""


def _is_request(line: str) -> bool:
    """Whether a line is the first of a request: `GET /put HTTP/1.1`."""
    return " HTTP/" in line and line.partition(" ")[0].isupper()
