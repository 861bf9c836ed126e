"""The rule about one function that holds most of the memory in a pprof table, which has no stacks."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.memory.callers_of_row import callers_of, said_of_callers, to_open
from debugtext.analyzers.memory.holdings import is_start_up
from debugtext.analyzers.memory.tables_of_pprof import ToldTable, tables_of_pprof
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.sizes import MEBIBYTE, bytes_in_words
from debugtext.stacks.wording import percent, ratio


class TopOfPprof(Rule):
    """One function holds most of the memory in a table that `go tool pprof -top` has printed.

    **What it sees.** A table in bytes of memory in use in which the flat of one function is large and most of all, or a
    third of all with a cum that is most of all; it is a warning from 128 MiB on. If that function is in the standard
    library or a dependency, the nearest caller of your own that accounts for most of it is named: by a `tree` or `peek`
    in the same text, or else by the least cum that can hold it.

    **Why it is trouble.** It need not be; but whoever prints this table is mostly looking for what takes the memory.

    **When it is not.** Caches and tables that are meant to be that large.

    **What to do.** The table has no stacks and no times: take `heap?debug=1` twice, some minutes apart, and compare the
    two (`debugtext diff`).
    """

    id = "DT413"
    name = "top-of-pprof"
    verdict = Verdict.PRESSURE
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {
        "share": 0.5,
        "flat_share": 0.33,
        "least_bytes": 32 * MEBIBYTE,
        "alarm_bytes": 128 * MEBIBYTE,
    }
    fires_on: ClassVar = ("pprof/top-appends-go1.26.txt",)
    quiet_on: ClassVar = ("pprof/top-baseline-go1.26.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each table."""
        for told in tables_of_pprof(subject):
            if told.table.unit == "bytes" and told.table.kind in ("", "inuse_space"):
                yield from self._judge(subject, told)

    def _judge(self, subject: Subject, told: ToldTable) -> Iterator[Finding]:
        table = told.table
        most = max(table.rows, key=lambda row: row.flat)
        half, third = (self.threshold(subject, name) * table.total for name in ("share", "flat_share"))
        held = most.flat if most.flat >= half or most.flat < third else most.cum
        if held < half or held < self.threshold(subject, "least_bytes") or is_start_up(most.function):
            return
        alarm = held >= self.threshold(subject, "alarm_bytes")
        front = to_open(subject, table, most, most.flat)
        callers = callers_of(subject, table, most)
        below = sorted(table.rows, key=lambda row: -row.cum)
        functions = dict.fromkeys([front.function, most.function, *callers, *(row.function for row in below)])
        called = "" if front.function == most.function else f", called by {front.function},"
        deeper = "" if held == most.flat else " and what it calls"
        share = held / table.total if table.total else 0.0
        yield self.finding(
            f"{most.function}{called or deeper} holds {bytes_in_words(held)}, {percent(share)} of the memory in use",
            severity=Severity.WARNING if alarm else Severity.NOTE,
            functions=tuple(functions)[:MOST_FUNCTIONS],
            front=front,
            count=held // MEBIBYTE,
            source=(subject.last.name, told.first_line),
            evidence={
                "inuse_bytes": held,
                "live_bytes": table.total,
                "share": ratio(share),
                **said_of_callers(callers),
            },
            advice="pprof's table has no stacks and no times: take heap?debug=1 twice, some minutes apart, and "
            "compare the two (`debugtext diff`).",
        )
