"""Reads runtime.MemStats alone: the end of a heap text, or the `memstats` of /debug/vars.

# runtime.MemStats
# Alloc = 2101232
# Stack = 524288 / 524288
# PauseNs = [30208 14336 0 0]
"""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from debugtext.formats import grammar
from debugtext.formats.limits import MOST_FOREIGN_LINES
from debugtext.formats.profiles._memstats_lines import FIELDS, MemStatsLines, begins_as_memstats, values_of
from debugtext.formats.recovery import Refusal, parse_lines
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem
from debugtext.records.memstats import MemStats


def recognizes(line: str) -> bool:
    """Whether a line is the title or a field."""
    return line.startswith("# ") and values_of(line) is not None


def parse(cursor: Cursor) -> Capture:
    """Reads the lines up to other text, or up to a second block of MemStats."""
    cursor.more()
    first_line = cursor.line_number()
    lines, numbers = _own_lines(cursor)
    read = MemStatsLines()
    problems: list[Problem] = []
    if grammar.LARK_ALONE or any(values_of(line) is None for line in lines):
        problems = _read_by_lark(read, lines, numbers)
    else:
        for line, number in zip(lines, numbers, strict=True):
            read.add(line, number)
    return Capture(
        format="memstats",
        first_line=first_line,
        last_line=numbers[-1] if numbers else first_line,
        body=read.record() or MemStats(line=first_line),
        problems=tuple(problems),
        truncated=not read.complete,
    )


def _own_lines(cursor: Cursor) -> tuple[list[str], list[int]]:
    """The lines of one block and their numbers: no field occurs twice, and only a few foreign lines stand between."""
    lines: list[str] = []
    numbers: list[int] = []
    fields: set[str] = set()
    while cursor.more():
        line = cursor.line()
        values = values_of(line)
        is_again = bool(values) and line in lines[-3:]
        is_next = values == {} or (fields & set(values or ()) and cursor.begins(line))
        if lines and not is_again and is_next:
            break
        is_foreign = values is None and line.strip() and not line.startswith("# ")
        if is_foreign and ("debug_gc" in fields or not _goes_on(cursor, fields, lines[-3:])):
            break
        if line.strip():
            fields.update(values or ())
            lines.append(line)
            numbers.append(cursor.line_number())
        cursor.skip_line()
    return lines, numbers


def _goes_on(cursor: Cursor, fields: set[str], before: list[str]) -> bool:
    """Whether more fields of these MemStats, or one of the lines `before` again, follow behind a few foreign lines."""
    from debugtext.formats.profiles.printed_memstats import fields_of  # noqa: PLC0415 - most MemStats are whole

    index = cursor.index_at(cursor.position)
    for line in cursor.lines()[index : index + MOST_FOREIGN_LINES]:
        if values := values_of(line):
            return line in before or not (fields & set(values) and cursor.begins(line))
        if cursor.begins(line) and not fields_of(line):  # a field that has lost its `# ` begins no other text
            break
    return False


def _read_by_lark(read: MemStatsLines, lines: list[str], numbers: list[int]) -> list[Problem]:
    from debugtext.formats.profiles._sample_rules import SampleRules  # noqa: PLC0415 - it imports Lark

    text = "\n".join(lines) + "\n"
    items, recovery = parse_lines("memstats", SampleRules, text, begins_as_memstats, lambda _: False)
    for item in items:
        read.add(item.line, numbers[item.index])
    return [_problem(refusal, numbers[refusal.index]) for refusal in recovery.refusals]


def _problem(refusal: Refusal, line: int) -> Problem:
    what = "this line is" if refusal.lines == 1 else f"{refusal.lines} lines from here on are"
    return Problem(line, f"{what} not of the MemStats", refusal.expected, refusal.found)


def memstats_of_vars(document: Mapping[str, object]) -> MemStats:
    """The `memstats` of a /debug/vars document (expvar prints runtime.MemStats as JSON), or that object alone.

    Fields whose type is not Go's are left out, as are numbers that Go's type cannot hold (JSON readers take `1e999` and
    `NaN`); BySize is not read.
    """
    memstats = document.get("memstats", document)
    values: dict[str, Any] = {}
    if isinstance(memstats, Mapping):
        for name, value in memstats.items():
            field = FIELDS.get(name)
            if field and _has_type_of(field, value):
                values[field] = tuple(value) if isinstance(value, list) else value
    if isinstance(values.get("gc_cpu_fraction"), int):
        values["gc_cpu_fraction"] = float(values["gc_cpu_fraction"])
    return MemStats(**values)


def _has_type_of(field: str, value: object) -> bool:
    if field in {"debug_gc", "enable_gc"}:
        return isinstance(value, bool)
    if isinstance(value, list):
        return field.startswith("pause_") and all(_is_unsigned(item) for item in value)
    if field == "gc_cpu_fraction" and isinstance(value, float):
        return isfinite(value)
    return _is_unsigned(value) and not field.startswith("pause_")


def _is_unsigned(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 64
