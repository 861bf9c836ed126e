r"""Reads goroutines as the debugger delve lists them, with or without stacks (for a lone stack see `_delve_stack.py`).

      Goroutine 6 - User: /src/m/main.go:8 main.send (0x484f5e) [chan send]
        0  0x0000000000476b2e in runtime.gopark
            at /usr/local/go/src/runtime/proc.go:463

They are written as Go would print them, and then read like those of any dump (`dump.py`).
"""

from dataclasses import replace

from debugtext.formats.dumps.written import Writing, read_written
from debugtext.formats.grammar import is_line, terminal
from debugtext.formats.limits import LONGEST_LINE
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture


def recognizes(line: str) -> bool:
    """Whether a line is a goroutine in delve's list, or the first line of a frame."""
    return _is("GOROUTINE", line) or _is("CALL", line)


def parse(cursor: Cursor) -> Capture | None:
    """Reads one list, up to a goroutine that comes again, which begins another list; or a stack without goroutine."""
    if _is("CALL", cursor.line()):
        from debugtext.formats.reports._delve_stack import read_stack  # noqa: PLC0415 - few texts have one

        return read_stack(cursor)
    from debugtext.formats.reports._delve_transformer import read_goroutines  # noqa: PLC0415 - it imports Lark

    lines, start = cursor.lines(), cursor.index_at(cursor.position)
    end = _end(lines, start)
    numbers = cursor.piece.lines_at(list(range(start, end)))
    cursor.skip_lines(end - start)
    writing = Writing()
    for listed in read_goroutines("".join(f"{line}\n" for line in lines[start:end])):
        writing.header(numbers[listed.index], listed.id, listed.state)
        writing.stack(listed.calls, numbers)
    return replace(read_written(writing.piece()).capture(), last_line=numbers[-1])


def _is(kind: str, line: str) -> bool:
    return is_line("delve", kind, line)


def _end(lines: list[str], start: int) -> int:
    """The index behind the list."""
    seen: set[str] = set()
    at = start
    while at < len(lines):
        if match := terminal("delve", "GOROUTINE").fullmatch(lines[at][:LONGEST_LINE] + "\n"):
            if match["id"] in seen:
                break
            seen.add(match["id"])
            at += 1
        elif at + 1 < len(lines) and _is("CALL", lines[at]) and _is("PLACE", lines[at + 1]):
            at += 2
        elif _is("CUT", lines[at]) and not _is("CUT", lines[at - 1]):
            at += 1
            if at < len(lines) and not _is("GOROUTINE", lines[at]) and not _is("COUNT", lines[at]):
                break
        else:
            return at + 1 if _is("COUNT", lines[at]) else at
    return at
