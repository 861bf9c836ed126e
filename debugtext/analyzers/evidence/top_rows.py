"""Finds the user's own functions in a table that `go tool pprof -top` has printed, which has no stacks."""

from debugtext.analyzers.subject import Subject
from debugtext.records.frames import Frame
from debugtext.records.pprof_tops import TopRow, TopTable


def own_rows(subject: Subject, table: TopTable, least: float) -> list[TopRow]:
    """The own rows with a cum of at least `least`, lowest cum first: a caller has at least as much as what it calls."""
    rows = sorted((row for row in table.rows if row.cum >= least), key=lambda row: row.cum)
    return [row for row in rows if subject.ownership.is_own(Frame(row.function))]
