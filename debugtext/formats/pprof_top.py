r"""What `go tool pprof -top` prints (google/pprof internal/report/report.go printText): functions without stacks.

Showing nodes accounting for 1011.30MB, 96.70% of 1045.81MB total
      flat  flat%   sum%        cum   cum%
  859.40MB 82.17% 82.17%   996.25MB 95.26%  compress/flate.NewWriter

The tables of -tree and -peek have the callers above each row, and what it calls below; the row itself is as here.
"""

import re
from functools import partial

from debugtext.formats._grammar import terminal
from debugtext.formats._stack_lines import unescape
from debugtext.records.captures import Capture
from debugtext.records.pprof_tops import TopRow, TopTable
from debugtext.text import Cursor
from debugtext.views.units import scaled

line_of = partial(terminal, "pprof_top")

MOST_LINES_ABOVE = 16
_BETWEEN = ("CONTEXT", "RULER")
"""What -tree and -peek print around a row: its callers and what it calls."""
INLINED = (" (inline)", " (partial-inline)")


def recognizes(line: str) -> bool:
    """Whether a line names the columns of such a table."""
    return line_of("COLUMNS").fullmatch(line + "\n") is not None


def parse(cursor: Cursor) -> Capture | None:
    """Reads one table, and above it what the numbers are and their total; None of a heading alone."""
    first_line, kind, total, unit = cursor.line_number(), "", "", ""
    index = cursor.index_at(cursor.position)
    for above in range(index - 1, max(index - 1 - MOST_LINES_ABOVE, -1), -1):
        line = cursor.lines()[above] + "\n"
        if recognizes(line[:-1]):
            break
        if not total and (match := line_of("TOTAL").fullmatch(line)):
            total, unit, first_line = match["total"], match["total_unit"], cursor.piece.line_at(above)
        elif match := line_of("TYPE").fullmatch(line):
            kind, first_line = match["type"], cursor.piece.line_at(above)
            break
    last_line = cursor.line_number()
    cursor.skip_line()
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
    sum_of_all = value_of(total, unit, measure) if total else sum(row.flat for row in rows)
    return Capture("pprof-top", first_line, last_line, TopTable(kind, measure, sum_of_all, rows))


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
    try:
        value = float(number)
    except ValueError:
        return 0
    base = {"bytes": "B", "nanoseconds": "ns"}.get(measure, "")
    return round(value * scaled(1, unit, base)[0]) if base and unit else round(value)
