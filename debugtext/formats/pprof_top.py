r"""What `go tool pprof -top` prints (google/pprof internal/report/report.go printText): functions without stacks.

Showing nodes accounting for 1011.30MB, 96.70% of 1045.81MB total
      flat  flat%   sum%        cum   cum%
  859.40MB 82.17% 82.17%   996.25MB 95.26%  compress/flate.NewWriter

The tables of -tree and -peek have the callers above each row, and what it calls below; the row itself is as here. An
excerpt that begins below the columns is known by two rows, one below the other.
"""

import re
from functools import partial

from debugtext.formats._grammar import LONGEST_LINE, terminal
from debugtext.formats._stack_lines import unescape
from debugtext.records.captures import Capture, Problem
from debugtext.records.pprof_tops import TopRow, TopTable
from debugtext.text import Cursor
from debugtext.views.units import scaled

line_of = partial(terminal, "pprof_top")

MOST_LINES_ABOVE = 16
_BETWEEN = ("CONTEXT", "RULER")
"""What -tree and -peek print around a row: its callers and what it calls."""
DIFFERENCE = "a number below zero: the table compares two profiles (-base or -diff_base)"
LEAST_SHARE = 0.001
"""In percent: of a smaller one, whose digits are few, the total cannot be told."""
INLINED = (" (inline)", " (partial-inline)")


def recognizes(line: str) -> bool:
    """Whether a line names the columns of such a table, or is a function's row: an excerpt may begin with one."""
    return line_of("COLUMNS").fullmatch(line + "\n") is not None or _is_row(line)


def parse(cursor: Cursor) -> Capture | None:
    """Reads one table, and above it what the numbers are and their total; None of a heading or a row alone."""
    index = cursor.index_at(cursor.position)
    if _is_row(cursor.line()):
        if not _is_row(cursor.lines()[index + 1]):
            cursor.skip_line()
            return None
        last_line = 0
    else:
        last_line = cursor.line_number()
        cursor.skip_line()
    above, kind, total, unit = _said_above(cursor, index)
    first_line = cursor.piece.line_at(above)
    found: list[tuple[re.Match[str], int]] = []
    while cursor.more():
        match = line_of("ROW").fullmatch(cursor.line() + "\n")
        if match:
            last_line = cursor.line_number()
            found.append((match, last_line))
        elif not any(line_of(name).fullmatch(cursor.line() + "\n") for name in _BETWEEN):
            break
        cursor.skip_line()
    if not found:
        return None
    measure = measured_in([unit, *(match[name] for match, _ in found for name in ("flat_unit", "cum_unit"))])
    rows = tuple(_row(match, line, measure) for match, line in found)
    sum_of_all = value_of(total, unit, measure) if total else _total_of([match for match, _ in found], rows)
    below_zero = next((row.line for row in rows if row.flat < 0 or row.cum < 0), 0)
    problems = (Problem(below_zero, DIFFERENCE),) if below_zero else ()
    return Capture("pprof-top", first_line, last_line, TopTable(kind, measure, sum_of_all, rows), problems)


def _is_row(line: str) -> bool:
    """Whether a line is the row of a function, whose name has a package."""
    match = line_of("ROW").fullmatch(line + "\n") if len(line) <= LONGEST_LINE else None
    return match is not None and "." in match["function"]


def _said_above(cursor: Cursor, index: int) -> tuple[int, str, str, str]:
    """Where the lines of the table begin, what its numbers are, and their total with its unit, as far as they tell."""
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
    """The total that nobody has printed, by the row which tells its share best; that of the rows if none does."""
    shares = ((row.cum, abs(_number(match["cum_share"]))) for row, match in zip(rows, found, strict=True))
    told = [(cum, share) for cum, share in shares if share >= LEAST_SHARE]
    most, share = max(told, key=lambda pair: abs(pair[0]), default=(0, 1.0))
    return round(abs(100 * most / share)) or sum(row.flat for row in rows)


def _row(match: re.Match[str], line: int, measure: str) -> TopRow:
    function, _, place = match["function"].partition(" /")
    function = function if ".go" in place else match["function"]  # with -lines and -files its place stands behind it
    name = next((function.removesuffix(mark) for mark in INLINED if function.endswith(mark)), function)
    flat, cum = (value_of(match[side], match[f"{side}_unit"], measure) for side in ("flat", "cum"))
    return TopRow(unescape(name), flat, cum, line, inlined=name != function)


def measured_in(units: list[str]) -> str:
    """What is measured, by the first unit that stands behind a number."""
    first = next(filter(None, units), "")
    if not first:
        return "count"
    return "bytes" if scaled(1, first, "ns")[1] == "B" else "nanoseconds"


def value_of(number: str, unit: str, measure: str) -> int:
    """The number in bytes or nanoseconds; 0 where it is none after all (`1.2.3`)."""
    value = _number(number)
    base = {"bytes": "B", "nanoseconds": "ns"}.get(measure, "")
    return round(value * scaled(1, unit, base)[0]) if base and unit else round(value)


def _number(text: str) -> float:
    """The number; 0 where it is none after all (`1.2.3`)."""
    try:
        return float(text)
    except ValueError:
        return 0.0
