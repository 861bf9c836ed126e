r"""Reads one stack as delve, or an IDE, prints it without its goroutine's line, and the panic's message above it.

    Exception has occurred: panic
    "send on closed channel"
    Stack:
         4  0x0000000000eb3cc6 in example.com/tea.(*Pot).pour
             at /src/tea/pot.go:109

The frames are numbered from the innermost on.
"""

from dataclasses import replace

from debugtext.formats.crashes.crash import parse as parse_crash
from debugtext.formats.dumps.dump import HEADLESS
from debugtext.formats.dumps.repair import CALL_ALONE
from debugtext.formats.dumps.written import Writing, read_written
from debugtext.formats.grammar import is_line, terminal
from debugtext.formats.limits import LONGEST_LINE
from debugtext.formats.stack_lines import unquote
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem

MOST_LINES_ABOVE = 24
"""How far above the stack the message is looked for: delve shows source code and commands in between."""
MOST_LINES_SAID = 8
"""The longest message of an exception."""
MOST_VARIABLES = 64
"""How many variables, or blank lines, may stand below a frame."""
_BETWEEN = ("VARIABLE", "BLANK")


def read_stack(cursor: Cursor) -> Capture | None:
    """Reads the stack whose first call is at the cursor; None if no place stands below the call."""
    from debugtext.formats.reports._delve_transformer import read_goroutines  # noqa: PLC0415 - it imports Lark

    lines, start = cursor.lines(), cursor.index_at(cursor.position)
    end = _end(lines, start)
    stack = read_goroutines("".join(f"{line}\n" for line in lines[start:end]))[0] if end > start else None
    if stack is None or not stack.calls:
        cursor.skip_lines(max(end - start, 1))
        return None
    numbers = cursor.piece.lines_at(list(range(start, end)))
    headline, index = _said_above(cursor, start)
    cursor.skip_lines(end - start)
    writing = Writing()
    if headline:
        for line in (*headline.split("\n"), ""):
            writing.as_printed(line, cursor.piece.line_at(index))
    writing.header(numbers[0], state="running" if headline.startswith("panic") else "")
    writing.stack(stack.calls, numbers)
    capture = _crash(writing) if headline else read_written(writing.piece()).capture()
    problems = list(capture.problems)
    if not headline:
        problems.insert(0, Problem(numbers[0], HEADLESS, "delve's line of a goroutine", lines[start][:120]))
    ends_in_call = _number(lines[end - 1]) >= 0
    if ends_in_call:
        problems.append(Problem(numbers[-1], CALL_ALONE, "the place of a call", lines[end - 1][:120]))
    truncated = capture.truncated or ends_in_call
    return replace(capture, last_line=numbers[-1], problems=tuple(problems), truncated=truncated)


def _crash(writing: Writing) -> Capture:
    report = Cursor([writing.piece()])
    report.more()
    return parse_crash(report)


def _end(lines: list[str], start: int) -> int:
    """The index behind the frames, whose numbers rise; `start` if there are none."""
    at, before = start, -1
    while at < len(lines) - 1:
        number = _number(lines[at])
        if number <= before or not is_line("delve", "PLACE", lines[at + 1]):
            break
        at, before = at + 2, number
        below = _behind_frame(lines, at)
        at = below if below < len(lines) and _number(lines[below]) > before else at
    if at > start and at < len(lines) and _number(lines[at]) > before:
        at += 1  # its place is cut off
    return at + (start < at < len(lines) and is_line("delve", "CUT", lines[at]))


def _number(line: str) -> int:
    """The number of a frame, by its first line; -1 for other lines."""
    match = terminal("delve", "CALL").fullmatch(line + "\n") if len(line) <= LONGEST_LINE else None
    return int(match["number"]) if match else -1


def _behind_frame(lines: list[str], at: int) -> int:
    """The index behind the variables of a frame and the blank lines below them (pastes add these)."""
    most = min(at + MOST_VARIABLES, len(lines))
    while at < most and _number(lines[at]) < 0 and any(is_line("delve", name, lines[at]) for name in _BETWEEN):
        at += 1
    return at


def _said_above(cursor: Cursor, start: int) -> tuple[str, int]:
    """The headline that Go would have printed, and the index of the line that holds it; empty if there is none."""
    lines = cursor.lines()
    for at in range(start - 1, max(start - 1 - MOST_LINES_ABOVE, -1), -1):
        line = lines[at][:LONGEST_LINE] + "\n"
        if match := terminal("delve", "ARGUMENT").fullmatch(line):
            return f"panic: {_unquoted(match['argument'])}", at
        if match := terminal("delve", "EXCEPTION").fullmatch(line):
            said = _message(lines[at + 1 : start])
            return (f"{match['exception']}: {said}", at) if said else ("", start)
        if is_line("delve", "PLACE", lines[at]) or cursor.begins(lines[at]):
            break
    return "", start


def _message(lines: list[str]) -> str:
    """The message that the IDE shows between the kind of an exception and its stack; strings are quoted there."""
    end = next((at for at, line in enumerate(lines) if is_line("delve", "STACK_HEADING", line)), len(lines))
    said = [line.strip() for line in lines[: min(end, MOST_LINES_SAID)] if line.strip()]
    if len(said) == 1 and len(said[0]) > 1 and said[0].startswith('"') and said[0].endswith('"'):
        return _unquoted(said[0][1:-1])
    return "\n\t".join(said)


def _unquoted(word: str) -> str:
    """A quoted string as Go prints it behind `panic: `: since Go 1.23 with a tab behind each newline."""
    return unquote(word).replace("\n", "\n\t")
