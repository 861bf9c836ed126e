r"""Reads the output of `go tool pprof -list`: functions, and the most expensive source line of each.

Total: 27.15s
ROUTINE ======================== main.main.func1 in /src/hello/main.go
         0     27.15s (flat, cum)   100% of Total
         .     27.15s     23:		}()
"""

import re
from dataclasses import replace
from functools import partial

from debugtext.formats.grammar import is_line, terminal
from debugtext.formats.pprof.top import measured_in, value_of
from debugtext.formats.stack_lines import unescape
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture
from debugtext.records.pprof_tops import TopRow, TopTable

line_of = partial(terminal, "pprof_list")


def recognizes(line: str) -> bool:
    """Whether a line names a function whose source lines follow."""
    return is_line("pprof_list", "ROUTINE", line)


def parse(cursor: Cursor) -> Capture | None:
    """Reads all consecutive functions, and the total above them; None if no function has sums."""
    index, first_line = cursor.index_at(cursor.position), cursor.line_number()
    total = line_of("TOTAL").fullmatch(cursor.lines()[index - 1] + "\n") if index else None
    found: list[tuple[re.Match[str], re.Match[str], int]] = []
    places: list[list[re.Match[str]]] = []
    last_line = first_line
    routine = None
    while cursor.more():
        line = cursor.line() + "\n"
        if match := line_of("ROUTINE").fullmatch(line):
            routine = match
        elif routine and (match := line_of("SUMS").fullmatch(line)):
            found.append((routine, match, cursor.line_number()))
            places.append([])
            routine = None
        elif found and (match := line_of("SOURCE").fullmatch(line)):
            places[-1] += [match] if match["line_cum"] and match["source_line"] else []
        elif line.strip():
            break
        last_line = cursor.line_number() if line.strip() else last_line
        cursor.skip_line()
    if not found:
        return None
    measure = measured_in([total["list_total_unit"] if total else "", *(sums["list_cum_unit"] for _, sums, _ in found)])
    rows = tuple(
        _with_place(_row(name, sums, line, measure), name["list_file"], lines, measure)
        for (name, sums, line), lines in zip(found, places, strict=True)
    )
    if total:
        first_line = cursor.piece.line_at(index - 1)
        sum_of_all = value_of(total["list_total"], total["list_total_unit"], measure)
    else:
        sum_of_all = max(row.cum for row in rows)
    return Capture("pprof-top", first_line, last_line, TopTable("", measure, sum_of_all, rows))


def _row(name: re.Match[str], sums: re.Match[str], line: int, measure: str) -> TopRow:
    flat, cum = (value_of(sums[f"list_{side}"], sums[f"list_{side}_unit"], measure) for side in ("flat", "cum"))
    return TopRow(unescape(name["list_function"]), flat, cum, line)


def _with_place(row: TopRow, file: str, lines: list[re.Match[str]], measure: str) -> TopRow:
    """The row with its file and, if any of its lines has a number, its most expensive line."""
    most = max(lines, key=lambda line: value_of(line["line_cum"], line["line_cum_unit"], measure), default=None)
    return replace(row, file=file, file_line=int(most["source_line"]) if most else None)
