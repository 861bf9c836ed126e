"""The pprof tables of an input: what `top`, `tree`, `peek` and `list` print of one profile becomes one table."""

from dataclasses import dataclass, replace

from debugtext.analyzers.subject import Subject
from debugtext.records.pprof_tops import TopRow, TopTable

_SAME_TOTAL = 0.02
"""How far the totals of one profile's tables may differ: some are computed from percentages with two decimals."""


@dataclass(frozen=True, slots=True)
class ToldTable:
    """A table with all that the input tells of its functions; `first_line` is where its first printing begins."""

    table: TopTable
    first_line: int


def tables_of_pprof(subject: Subject) -> tuple[ToldTable, ...]:
    """The tables of the newest input, each once; functions that are only named as callers or callees have rows too."""
    return subject.once(_tables)


def _tables(subject: Subject) -> tuple[ToldTable, ...]:
    told: list[ToldTable] = []
    for _, capture in subject.captures():
        table = capture.body
        if not isinstance(table, TopTable):
            continue
        same = next((index for index, one in enumerate(told) if _are_of_one_profile(one.table, table)), None)
        if same is None:
            told.append(ToldTable(table, capture.first_line))
        else:
            told[same] = replace(told[same], table=_joined(told[same].table, table))
    return tuple(replace(one, table=one.table.with_all_named()) for one in told)


def _are_of_one_profile(one: TopTable, other: TopTable) -> bool:
    """Whether two tables are of one profile: the same total, and the same numbers for the functions that both have."""
    if one.unit != other.unit or (one.kind and other.kind and one.kind != other.kind):
        return False
    if abs(one.total - other.total) > _SAME_TOTAL * max(abs(one.total), abs(other.total)):
        return False
    numbers = {row.function: (row.flat, row.cum) for row in one.rows}
    common = [row for row in other.rows if row.function in numbers]
    return bool(common) and all(numbers[row.function] == (row.flat, row.cum) for row in common)


def _joined(one: TopTable, other: TopTable) -> TopTable:
    """A table with the rows of both, each with all that either table tells of it."""
    more = {row.function: row for row in other.rows}
    rows = [_completed(row, more.pop(row.function, row)) for row in one.rows]
    return replace(one, kind=one.kind or other.kind, rows=(*rows, *more.values()))


def _completed(row: TopRow, other: TopRow) -> TopRow:
    return replace(
        row,
        file=row.file or other.file,
        file_line=row.file_line or other.file_line,
        callers=row.callers or other.callers,
        callees=row.callees or other.callees,
    )
