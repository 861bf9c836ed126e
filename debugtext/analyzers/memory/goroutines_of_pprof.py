"""One function in which nearly all goroutines are, in a table of pprof's, which has no stacks."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.rule import MOST_FUNCTIONS, Rule, Subject
from debugtext.analyzers.stacks.places import words_of
from debugtext.analyzers.wording import goroutines, percent
from debugtext.records.captures import Capture
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame
from debugtext.records.pprof_tops import TopTable

_PARKED = "runtime.gopark"
_STARTS = frozenset({"main.main"})


class GoroutinesOfPprof(Rule):
    """Nearly all of very many goroutines are in one function, in a table that `go tool pprof -top` has printed.

    **What it sees.** A table of a goroutine profile (its type says so, or most of it is in `runtime.gopark`), in which
    the cum of a function of your own is nearly all of thousands. The innermost is told: the one with the least cum.

    **Why it is trouble.** Goroutines that are started and do not end have this form.

    **When it is not.** A function whose name says that it waits for work, or serves clients, is but a note: so many may
    be meant.

    **What to do.** The table does not tell what they wait for: take `goroutine?debug=2`.
    """

    id = "DT217"
    name = "goroutines-of-pprof"
    verdict = Verdict.LEAK
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"goroutines": 1000, "share": 0.8}
    fires_on: ClassVar = ("pprof/top-goroutines-go1.26.txt",)
    quiet_on: ClassVar = ("pprof/top-baseline-go1.26.txt", "pprof/top-appends-go1.26.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding a table."""
        for name, capture in subject.captures():
            table = capture.body
            if isinstance(table, TopTable) and _is_of_goroutines(table):
                yield from self._judge(subject, table, name, capture)

    def _judge(self, subject: Subject, table: TopTable, name: str, capture: Capture) -> Iterator[Finding]:
        least = max(self.threshold(subject, "goroutines"), self.threshold(subject, "share") * table.total)
        rows = sorted((row for row in table.rows if row.cum >= least), key=lambda row: row.cum)
        own = [row for row in rows if subject.ownership.is_own(Frame(row.function)) and row.function not in _STARTS]
        if not own:
            return
        row, *callers = own
        share = percent(row.cum / table.total)
        resident = subject.knowledge.is_resident(words_of(row.function))
        yield self.finding(
            f"{goroutines(row.cum)}, {share} of all, are in {row.function}",
            severity=Severity.NOTE if resident else Severity.WARNING,
            functions=tuple(one.function for one in (row, *callers))[:MOST_FUNCTIONS],
            front=Frame(row.function),
            count=row.cum,
            source=(name, capture.first_line),
            evidence={"goroutines": row.cum, "all_goroutines": table.total, "share": share},
            advice="The table does not tell what they wait for: take goroutine?debug=2, and again some minutes later.",
        )


def _is_of_goroutines(table: TopTable) -> bool:
    """Whether a table counts goroutines: its type is printed, or most of them are parked."""
    if table.unit != "count" or table.kind not in ("", "goroutine"):
        return False
    parked = max((row.flat for row in table.rows if row.function == _PARKED), default=0)
    return table.kind == "goroutine" or 2 * parked > table.total
