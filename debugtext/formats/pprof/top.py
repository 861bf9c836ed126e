r"""Reads the output of `go tool pprof -top` (google/pprof internal/report/report.go printText): functions, no stacks.

Showing nodes accounting for 1011.30MB, 96.70% of 1045.81MB total
      flat  flat%   sum%        cum   cum%
  859.40MB 82.17% 82.17%   996.25MB 95.26%  compress/flate.NewWriter

The tables of -tree and -peek have a function's callers above its row and its callees below; the row itself is the same.
An excerpt that begins below the columns is recognised by two rows, or by one row with callers or callees.
"""

import re
from dataclasses import dataclass, field
from functools import partial

from debugtext.formats.grammar import terminal
from debugtext.formats.limits import LONGEST_LINE
from debugtext.formats.stack_lines import unescape
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem
from debugtext.records.pprof_tops import TopCall, TopRow, TopTable
from debugtext.views.units import scaled

line_of = partial(terminal, "pprof_top")

MOST_LINES_ABOVE = 16
"""How far above the table its type and total are looked for."""
DIFFERENCE = "a number below zero: the table compares two profiles (-base or -diff_base)"
NO_RULER = "no ruler between two functions: whether the first calls these or the second is called by them is not told"
NO_ROW = "callers of a function whose row is missing"
LEAST_SHARE = 0.001
"""In percent: the total cannot be computed from a smaller share, which has too few digits."""
INLINED = (" (inline)", " (partial-inline)")


def recognizes(line: str) -> bool:
    """Whether a line names the columns of such a table, or is a function's row, with which an excerpt may begin."""
    return line_of("COLUMNS").fullmatch(line + "\n") is not None or _is_row(line)


def parse(cursor: Cursor) -> Capture | None:
    """Reads one table, and its type and total above it; None if there is only a heading or a single row."""
    index = cursor.index_at(cursor.position)
    blocks = _Blocks()
    if _is_row(cursor.line()):
        begin = _first_of_excerpt(cursor.lines(), index)
        if begin is None:
            cursor.skip_line()
            return None
        for above in range(begin, index):
            blocks.take(cursor.lines()[above] + "\n", cursor.piece.line_at(above))
    else:
        begin = index
        cursor.skip_line()
    above, kind, total, unit = _said_above(cursor, begin)
    first_line = cursor.piece.line_at(above)
    while cursor.more() and blocks.take(cursor.line() + "\n", cursor.line_number()):
        cursor.skip_line()
    blocks.end()
    if not blocks.rows:
        return None
    found = [block.match for block in blocks.rows]
    measure = measured_in([unit, *(match[name] for match in found for name in ("flat_unit", "cum_unit"))])
    rows = tuple(_row(block, measure) for block in blocks.rows)
    sum_of_all = value_of(total, unit, measure) if total else _total_of(found, rows)
    below_zero = next((row.line for row in rows if row.flat < 0 or row.cum < 0), 0)
    problems = (*((Problem(below_zero, DIFFERENCE),) if below_zero else ()), *blocks.problems)
    table = TopTable(kind, measure, sum_of_all, rows)
    return Capture("pprof-top", first_line, blocks.last_line, table, problems)


_Found = tuple[re.Match[str], int]
"""The match of a line, and the line's number in the original input."""


@dataclass
class _Block:
    """A function's row, with the lines of its callers and callees."""

    match: re.Match[str]
    line: int
    callers: list[_Found]
    callees: list[_Found] = field(default_factory=list)


class _Blocks:
    """The rows of a table, read line by line; in -tree and -peek a ruler separates them."""

    def __init__(self) -> None:
        self.rows: list[_Block] = []
        self.problems: list[Problem] = []
        self.last_line = 0
        self._open: _Block | None = None
        self._above: list[_Found] = []

    def take(self, text: str, line: int) -> bool:
        """Takes a line; False if it does not belong to the table."""
        if match := line_of("ROW").fullmatch(text):
            self._begin(match, line)
        elif match := line_of("CONTEXT").fullmatch(text):
            (self._open.callees if self._open else self._above).append((match, line))
        elif line_of("RULER").fullmatch(text):
            self.end()
            return True
        else:
            return False
        self.last_line = line
        return True

    def _begin(self, match: re.Match[str], line: int) -> None:
        if self._open and self._open.callees:
            self.problems.append(Problem(self._open.callees[0][1], NO_RULER))
            self._open.callees = []
        self._open = _Block(match, line, self._above)
        self._above = []
        self.rows.append(self._open)

    def end(self) -> None:
        """Ends a block; callers without a row are reported, as an excerpt may have lost it."""
        if self._above:
            self.problems.append(Problem(self._above[0][1], NO_ROW))
        self._open, self._above = None, []


def _first_of_excerpt(lines: list[str], index: int) -> int | None:
    """The index at which an excerpt begins whose first row is at `index`; None if that row stands alone."""
    begin = index
    while begin and line_of("CONTEXT").fullmatch(lines[begin - 1] + "\n"):
        begin -= 1
    below = lines[index + 1] + "\n"
    is_table = begin < index or _is_row(lines[index + 1]) or line_of("CONTEXT").fullmatch(below)
    return begin if is_table else None


def _is_row(line: str) -> bool:
    """Whether a line is the row of a function, whose name has a package."""
    match = line_of("ROW").fullmatch(line + "\n") if len(line) <= LONGEST_LINE else None
    return match is not None and "." in match["function"]


def _said_above(cursor: Cursor, index: int) -> tuple[int, str, str, str]:
    """The index of the table's first line above the columns, the table's type, its total, and the total's unit."""
    lines, begin, total, unit = cursor.lines(), index, "", ""
    for above in range(index - 1, max(index - 1 - MOST_LINES_ABOVE, -1), -1):
        line = lines[above] + "\n"
        if recognizes(lines[above]) or cursor.begins(lines[above]):
            break
        if not total and (match := line_of("TOTAL").fullmatch(line)):
            total, unit, begin = match["total"], match["total_unit"], above
        elif match := line_of("TYPE").fullmatch(line):
            return above, match["type"], total, unit
    return begin, "", total, unit


def _total_of(found: list[re.Match[str]], rows: tuple[TopRow, ...]) -> int:
    """The total, which is not printed, computed from the largest row and its share; else the sum of the rows."""
    shares = ((row.cum, abs(_number(match["cum_share"]))) for row, match in zip(rows, found, strict=True))
    told = [(cum, share) for cum, share in shares if share >= LEAST_SHARE]
    most, share = max(told, key=lambda pair: abs(pair[0]), default=(0, 1.0))
    return round(abs(100 * most / share)) or sum(row.flat for row in rows)


def _row(block: _Block, measure: str) -> TopRow:
    name, inlined = _name(block.match["function"])
    flat, cum = (value_of(block.match[side], block.match[f"{side}_unit"], measure) for side in ("flat", "cum"))
    callers, callees = (tuple(_call(*found, measure) for found in side) for side in (block.callers, block.callees))
    return TopRow(name, flat, cum, block.line, inlined, callers=callers, callees=callees)


def _call(match: re.Match[str], line: int, measure: str) -> TopCall:
    name, inlined = _name(match["context"])
    return TopCall(name, value_of(match["way"], match["way_unit"], measure), line, inlined)


def _name(text: str) -> tuple[str, bool]:
    """The function's name, and whether it is inlined."""
    function, _, place = text.partition(" /")
    function = function if ".go" in place else text  # with -lines and -files the place stands behind the name
    name = next((function.removesuffix(mark) for mark in INLINED if function.endswith(mark)), function)
    return unescape(name), name != function


def measured_in(units: list[str]) -> str:
    """What is measured (bytes, nanoseconds or a count), by the first unit behind a number."""
    first = next(filter(None, units), "")
    if not first:
        return "count"
    return "bytes" if scaled(1, first, "ns")[1] == "B" else "nanoseconds"


def value_of(number: str, unit: str, measure: str) -> int:
    """The number in bytes or nanoseconds; 0 if it is no valid number (`1.2.3`)."""
    value = _number(number)
    base = {"bytes": "B", "nanoseconds": "ns"}.get(measure, "")
    return round(value * scaled(1, unit, base)[0]) if base and unit else round(value)


def _number(text: str) -> float:
    """The number; 0 if it is not valid (`1.2.3`)."""
    try:
        return float(text)
    except ValueError:
        return 0.0
