"""Lines and columns of the table output: wrapping, shortening, and tabulate behind one function."""

from collections.abc import Sequence

from debugtext.records.frames import Frame
from debugtext.renderers.untrusted import one_line

ELLIPSIS = "…"
FEWEST_OF_A_FUNCTION = 12


def wrapped(text: str, width: int, indent: str = "", first: str | None = None) -> list[str]:
    """Text on lines of this width; `first` stands before the first line, `indent` before the others."""
    from textwrap import wrap  # noqa: PLC0415 - JSON needs none of this

    lead = indent if first is None else first
    return wrap(text, width, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False) or [lead.rstrip()]


def shortened(text: str, width: int) -> str:
    """The text, or its beginning and its end, which tells functions apart: `github.com/…/server.(*Hub).run`."""
    if len(text) <= width:
        return text
    if width <= 1:
        return text[:width]
    tail = (width - 1) * 2 // 3
    return f"{text[: width - 1 - tail]}{ELLIPSIS}{text[len(text) - tail :]}"


def short_function(function: str) -> str:
    """A function as pprof's reports shorten it: the package's last element and the name."""
    head, brackets, tail = function.partition("[")
    name = head[head.rfind("/", 0, _before_receiver(head)) + 1 :]
    return one_line(name + brackets + tail)


def _before_receiver(function: str) -> int:
    """Where the receiver or an argument begins: slashes behind it are not the package's."""
    bracket = function.find("(")
    return len(function) if bracket < 0 else bracket


def place(frame: Frame, *, full: bool = False) -> str:
    """`server.go:88`, or with the whole path; nothing where the text has none."""
    if not frame.file:
        return ""
    file = frame.file if full else frame.file.replace("\\", "/").rpartition("/")[2]
    return one_line(file if frame.line is None else f"{file}:{frame.line}")


def function_and_place(frame: Frame, width: int, *, full: bool = False) -> str:
    """`main.(*Server).handle.func1 server.go:88`; the function is shortened until both fit, then the place."""
    where = place(frame, full=full)
    if full:
        return f"{one_line(frame.function)} {where}".rstrip()
    room = max(width - len(where) - 1, FEWEST_OF_A_FUNCTION) if where else width
    return shortened(f"{shortened(short_function(frame.function), room)} {where}".rstrip(), width)


def columns(headers: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str]) -> list[str]:
    """Rows below their headers, as lines; `align` is `left` or `right` for each column."""
    if not rows:
        return []
    from tabulate import tabulate  # noqa: PLC0415 - importing it costs more than reading most texts

    # The headers go in as a row: tabulate widens every column that has a header by two.
    table = tabulate([headers, *rows], tablefmt="plain", disable_numparse=True, colalign=tuple(align))
    return [line.rstrip() for line in table.split("\n")]


def function_columns(headers: Sequence[str], rows: Sequence[list[str]], width: int | None) -> list[str]:
    """Numbers to the right, and last a function's name, shortened to what the width leaves of the line."""
    numbers = len(headers) - 1
    if width is not None and rows:
        taken = sum(max(len(headers[i]), *(len(row[i]) for row in rows)) + 2 for i in range(numbers))
        rows = [[*row[:numbers], shortened(short_function(row[numbers]), width - taken)] for row in rows]
    return columns(headers, [[*row[:numbers], one_line(row[numbers])] for row in rows], ["right"] * numbers + ["left"])
