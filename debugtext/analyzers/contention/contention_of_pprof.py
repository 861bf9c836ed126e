"""Locks that goroutines wait for much, in a table of pprof's, which has no stacks and no number of waits."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.evidence.top_rows import own_rows
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.stacks.lock_types import only_locks
from debugtext.analyzers.stacks.places import MAIN, words_of
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.analyzers.wording import percent, ratio
from debugtext.durations import nanoseconds_in_words
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame, split_package
from debugtext.records.pprof_tops import TopRow, TopTable

_LOCKS = ("sync.(*Mutex).", "sync.(*RWMutex).", "internal/sync.(*Mutex).")
_NANOSECONDS = 1_000_000_000
_TESTS = ("Benchmark", "Test", "Example", "Fuzz")
_ENDS = frozenset({("end",), ("close",), ("done",), ("release",), ("finish",)})


class ContentionOfPprof(Rule):
    """Goroutines wait long for one lock, in a table that `go tool pprof -top` has printed of a mutex or block profile.

    **What it sees.** A table of times of which half or more is the flat of package sync's Lock or Unlock, and the
    functions of your own whose cum is half of all delay or more: the innermost is told, and how many others have as
    much, as a table has no stacks. Methods that only lock or unlock, and tests, are not told if there are others.

    **Why it is trouble.** The program does one thing at a time there, whatever the number of processors.

    **When it is not.** Delay adds up over the whole life of the process, and the table does not tell in how many waits:
    less than seconds of it is but a note. In a table of processor time the locks' own share is never so large.

    **What to do.** Take `mutex?debug=1`, which tells how often and how long, twice, and compare: `debugtext diff`.
    """

    id = "DT503"
    name = "contention-of-pprof"
    verdict = Verdict.CONTENTION
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"share": 0.5, "note_seconds": 1, "seconds": 5}
    fires_on: ClassVar = ("pprof/top-mutex-go1.27.txt",)
    quiet_on: ClassVar = ("pprof/top-waits-go1.26.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding a table."""
        for name, capture in subject.captures():
            table = capture.body
            if isinstance(table, TopTable) and table.unit == "nanoseconds" and table.kind in {"", "delay"}:
                yield from self._judge(subject, table.with_all_named(), (name, capture.first_line))

    def _judge(self, subject: Subject, table: TopTable, source: tuple[str, int]) -> Iterator[Finding]:
        most = self.threshold(subject, "share") * table.total
        locked = sum(row.flat for row in table.rows if row.function.startswith(_LOCKS))
        if locked < most or locked < self.threshold(subject, "note_seconds") * _NANOSECONDS:
            return
        rows = sorted((row for row in own_rows(subject, table, most) if row.function != MAIN), key=_order)
        if not rows or not table.total:
            return
        first = rows[0]
        seconds, share = first.cum / _NANOSECONDS, first.cum / table.total
        yield self.finding(
            f"goroutines waited {nanoseconds_in_words(first.cum)} for a lock in {first.function}{_others(rows)}, "
            f"{percent(share)} of all waiting",
            severity=Severity.WARNING if seconds >= self.threshold(subject, "seconds") else Severity.NOTE,
            functions=tuple(row.function for row in rows)[:MOST_FUNCTIONS],
            front=Frame(first.function),
            source=source,
            evidence={"delay_seconds": round(seconds, 3), "share": ratio(share)},
            advice="Take mutex?debug=1, which tells how often and how long: hold it for less, or split it by key.",
        )


def _others(rows: list[TopRow]) -> str:
    """Those that have as much as the first: one chain of calls, likely."""
    alike = [row.function for row in rows[1:] if _order(row)[:2] == _order(rows[0])[:2]]
    if len(alike) > 1:
        return f" (or in one of {len(alike)} others that have as much)"
    return f" (or in {alike[0]})" if alike else ""


def _order(row: TopRow) -> tuple[bool, int, bool]:
    """What to tell first: the innermost that is neither a lock's own nor a test.

    Of those that have as much, one that begins something rather than ends it.
    """
    name = split_package(row.function)[1]
    says_little = only_locks(row.function) or name.startswith(_TESTS)
    return says_little, row.cum, words_of(row.function)[:1] in _ENDS
