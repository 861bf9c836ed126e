r"""Reads fields of runtime.MemStats that a program printed itself: on one line, or one a line, exact or rounded.

Alloc = 12 MiB	TotalAlloc = 26889 MiB	Sys = 734 MiB	NumGC = 161
HeapInuse: 17825792

At least three fields make a capture, if one of them has a name that only the runtime uses. A field that comes again
begins another moment.
"""

import re
from functools import partial
from math import isfinite
from typing import Any

from debugtext.formats.grammar import terminal
from debugtext.formats.profiles._memstats_lines import FIELDS
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem
from debugtext.records.memstats import MemStats

FEWEST_FIELDS = 3
MOST_FOREIGN_LINES = 3
"""How many foreign lines in a row may stand between two lines with fields."""
MOST_LIST_LINES = 400
"""The longest list: BySize has 61 sizes, PauseNs and PauseEnd 256 pauses."""
LONGEST_LINE = 4000
"""How much of a line is searched for fields."""

Fields = list[tuple[str, re.Match[str]]]

_NAMES = {name.lower(): name for name in FIELDS if not name.startswith("Pause")}
_ANYBODYS = frozenset(("Alloc", "Sys", "Lookups", "Mallocs", "Frees", "EnableGC", "DebugGC", "MaxRSS"))
"""Names that other programs use for numbers of their own."""
_COUNTS = frozenset(("Lookups", "Mallocs", "Frees", "HeapObjects", "NumGC", "NumForcedGC", "LastGC"))
_POWERS = {"": 0, "b": 0, "k": 10, "m": 20, "g": 30, "t": 40}

_LIST = re.compile(r"(?:BySize|PauseNs|PauseEnd)\W{0,4}\[[^\]]*\]?")
"""Left out, because BySize repeats names of fields for each size of objects."""

_field = partial(terminal, "printed_memstats", "PRINTED_FIELD")


def recognizes(line: str) -> bool:
    """Whether a line holds a field; the following lines decide whether it is one of MemStats."""
    return bool(fields_of(line))


def parse(cursor: Cursor) -> Capture | None:
    """Reads the fields from the cursor on, until one comes again; None if there are too few."""
    index = cursor.index_at(cursor.position)
    rows = _rows_from(cursor, index)
    names = {name for _, fields in rows for name, _ in fields}
    if len(names) < FEWEST_FIELDS or names <= _ANYBODYS:
        cursor.skip_line()
        return None
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for number, (name, match) in ((cursor.piece.line_at(at), field) for at, fields in rows for field in fields):
        found[FIELDS[name]] = value = _value(name, match)
        if value is None:
            problems.append(Problem(number, "a number of MemStats without its unit", "bytes", match[0]))
    if "alloc_bytes" in found:  # the same by definition (runtime/mstats.go)
        found.setdefault("heap_alloc_bytes", found["alloc_bytes"])
    first_line, last_line = cursor.line_number(), cursor.piece.line_at(rows[-1][0])
    cursor.skip_lines(rows[-1][0] - index + 1)
    return Capture("memstats", first_line, last_line, MemStats(**found, line=first_line), tuple(problems))


def _rows_from(cursor: Cursor, index: int) -> list[tuple[int, Fields]]:
    """The lines with the fields of one moment: their indexes, and their fields."""
    lines = cursor.lines()
    rows: list[tuple[int, Fields]] = []
    names: set[str] = set()
    last, in_list = index, 0
    for at in range(index, len(lines)):
        if in_list:
            last, in_list = at, 0 if "]" in lines[at] else in_list - 1
            continue
        found = _LIST.search(lines[at])
        in_list = MOST_LIST_LINES if found and not found[0].endswith("]") else 0
        fields = fields_of(lines[at])
        here = {name for name, _ in fields}
        if not names.isdisjoint(here) or at - last > MOST_FOREIGN_LINES or (not here and cursor.begins(lines[at])):
            break
        if here:
            rows.append((at, fields))
            names |= here
            last = at
    return rows


def fields_of(line: str) -> Fields:
    """The fields in a line, by Go's names, each once."""
    found: dict[str, re.Match[str]] = {}
    for match in _field().finditer(_LIST.sub("", line[:LONGEST_LINE]) if "[" in line else line[:LONGEST_LINE]):
        name = _NAMES.get(match["printed_name"].replace("_", "").lower())
        if name:
            found.setdefault(name, match)
    return [*found.items()]


def _value(name: str, match: re.Match[str]) -> int | float | None:
    """The number of bytes, or of things; None for a fraction without a unit, and for infinity (1e999)."""
    number, unit = match["printed_number"].replace(",", ""), (match["printed_unit"] or "")[:1].lower()
    if number.isdigit() and name != "GCCPUFraction":
        return int(number) << (0 if name in _COUNTS else _POWERS[unit])
    value = float(number) * (1 << _POWERS[unit])
    if not isfinite(value):
        return None
    if name == "GCCPUFraction":
        return value
    return round(value) if unit or "e" in number else None
