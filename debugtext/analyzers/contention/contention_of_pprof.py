"""The rule about contended locks in a `go tool pprof -top` table, which has no stacks and no number of waits."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.evidence.top_rows import own_rows
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.durations import nanoseconds_in_words
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame, split_package
from debugtext.records.pprof_tops import TopRow, TopTable
from debugtext.stacks.lock_types import only_locks
from debugtext.stacks.places import MAIN, words_of
from debugtext.stacks.wording import percent, ratio

_LOCKS = ("sync.(*Mutex).", "sync.(*RWMutex).", "internal/sync.(*Mutex).")
_NANOSECONDS = 1_000_000_000
_TESTS = ("Benchmark", "Test", "Example", "Fuzz")
_ENDS = frozenset({("end",), ("close",), ("done",), ("release",), ("finish",)})


class ContentionOfPprof(Rule):
    """Goroutines wait long for one lock, by a `go tool pprof -top` table of a mutex or block profile.

    **What it sees.** A table of times in which half or more of the flat time is in Lock or Unlock of package sync, and
    functions of your own whose cum is half of all delay or more. A table has no stacks, so the innermost of these is
    named, with the number of others that have as much. Tests, and methods that only lock or unlock, are named only if
    there is nothing else.

    **Why it is trouble.** The program does one thing at a time at this place, no matter how many processors it has.

    **When it is not.** Delay adds up over the life of the process and over all goroutines, and the table does not say
    how many waits it was: a small total is only a note. In a table of processor time, locks never take so large a
    share.

    **What to do.** Take `mutex?debug=1`, which shows how often and how long, twice, and compare the two: `debugtext
    diff`.
    """

    id = "DT503"
    name = "contention-of-pprof"
    verdict = Verdict.CONTENTION
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"share": 0.5, "note_seconds": 1, "seconds": 5}
    fires_on: ClassVar = ("pprof/top-mutex-go1.27.txt",)
    quiet_on: ClassVar = ("pprof/top-waits-go1.26.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each table."""
        for name, capture in subject.captures():
            table = capture.body
            if isinstance(table, TopTable) and table.unit == "nanoseconds" and table.kind in {"", "delay"}:
                yield from self._judge(subject, table.with_all_named(), (name, capture.first_line))

    def _judge(self, subject: Subject, table: TopTable, source: tuple[str, int]) -> Iterator[Finding]:
        most = self.threshold(subject, "share") * table.total
        locked = sum(row.flat for row in table.rows if row.function.startswith(_LOCKS))
        if locked < most or locked < self.threshold(subject, "note_seconds") * _NANOSECONDS:
            return
        least = max(most, locked / 2)  # less is not where most of them wait, however low the threshold
        rows = sorted((row for row in own_rows(subject, table, least) if row.function != MAIN), key=_order)
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
    """The functions that have as much delay as the first, in words: likely they are one chain of calls."""
    alike = [row.function for row in rows[1:] if _order(row)[:2] == _order(rows[0])[:2]]
    if len(alike) > 1:
        return f" (or in one of {len(alike)} others that have as much)"
    return f" (or in {alike[0]})" if alike else ""


def _order(row: TopRow) -> tuple[bool, int, bool]:
    """Sorts the row to name first to the front: the innermost function that is neither a lock's method nor a test.

    Among functions with the same delay, those that begin something come before those that end it (`Close`, `Done`).
    """
    name = split_package(row.function)[1]
    says_little = only_locks(row.function) or name.startswith(_TESTS)
    return says_little, row.cum, words_of(row.function)[:1] in _ENDS
