"""The user's own functions in a table of pprof's, which has no stacks: by how much of all is below each."""

from debugtext.analyzers.subject import Subject
from debugtext.records.frames import Frame
from debugtext.records.pprof_tops import TopRow, TopTable


def own_rows(subject: Subject, table: TopTable, least: float) -> list[TopRow]:
    """Those with a cum of so much at least, the innermost first: callers have as much as what they call."""
    rows = sorted((row for row in table.rows if row.cum >= least), key=lambda row: row.cum)
    return [row for row in rows if subject.ownership.is_own(Frame(row.function))]
