"""The rule about one function in which nearly all goroutines are, in a pprof table, which has no stacks."""

from collections.abc import Iterator
from operator import itemgetter
from typing import ClassVar

from debugtext.analyzers.amounts import NEARLY_ALL
from debugtext.analyzers.evidence.top_rows import own_rows
from debugtext.analyzers.memory.tables_of_pprof import ToldTable, tables_of_pprof
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame
from debugtext.records.pprof_tops import TopRow, TopTable
from debugtext.stacks.operations import LOCKS, Operation
from debugtext.stacks.places import MAIN, words_of
from debugtext.stacks.wording import goroutines, percent, ratio

_WAITS = {
    "sync.runtime_SemacquireMutex": Operation.MUTEX,
    "internal/sync.runtime_SemacquireMutex": Operation.MUTEX,
    "sync.runtime_SemacquireRWMutexR": Operation.READ_LOCK,
    "sync.runtime_SemacquireRWMutex": Operation.WRITE_LOCK,
    "runtime.chansend": Operation.SEND,
    "runtime.chanrecv": Operation.RECEIVE,
    "sync.(*WaitGroup).Wait": Operation.WAIT_GROUP,
    "sync.runtime_notifyListWait": Operation.CONDITION,
    "runtime.netpollblock": Operation.NETWORK,
    "runtime.selectgo": Operation.SELECT,
    "time.Sleep": Operation.SLEEP,
}
"""What goroutines in these functions wait for, whatever function called them."""
_HOLD_UP = LOCKS | {Operation.SEND, Operation.WAIT_GROUP}
"""Waits that hold others up: the name of a function that is meant to wait does not excuse them."""
_NAMES = (Operation.SELECT, Operation.WAIT_GROUP, Operation.CONDITION, Operation.SLEEP, Operation.NETWORK)
"""Operations whose value is a noun, so that a sentence says `in` before it."""
_TAKE_DUMPS = "take goroutine?debug=2, and again some minutes later."
_ADVICE = f"The table has no stacks, and does not tell who keeps them waiting: {_TAKE_DUMPS}"


class GoroutinesOfPprof(Rule):
    """Nearly all of very many goroutines are in one function, in a table that `go tool pprof -top` has printed.

    **What it sees.** A table of a goroutine profile in which the cum of a function of your own is nearly all of
    thousands of goroutines, or all but a few of hundreds. The innermost such function, the one with the least cum, is
    named. The runtime's functions in the table show what they likely wait for: locks, channels or connections.

    **Why it is trouble.** This is what goroutines look like that are started and never end.

    **When it is not.** A function may be meant to wait, and its name may say so (it waits for work, or serves clients).
    It is then only a note if the goroutines read connections, or if one in ten of all is elsewhere; but never if they
    wait for a lock, a send or a WaitGroup.

    **What to do.** The table has no stacks: take `goroutine?debug=2`.
    """

    id = "DT217"
    name = "goroutines-of-pprof"
    verdict = Verdict.LEAK
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"goroutines": 1000, "share": 0.8, "fewer": 200, "share_of_fewer": 0.95}
    fires_on: ClassVar = ("pprof/top-goroutines-go1.26.txt",)
    quiet_on: ClassVar = ("pprof/top-idle-pool-go1.26.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each table."""
        for told in tables_of_pprof(subject):
            if told.table.counts_goroutines:
                yield from self._judge(subject, told)

    def _judge(self, subject: Subject, told: ToldTable) -> Iterator[Finding]:
        table = told.table
        few = table.total < self.threshold(subject, "goroutines")
        names = ("fewer", "share_of_fewer") if few else ("goroutines", "share")
        count, part = (self.threshold(subject, name) for name in names)
        least = max(count, part * table.total)
        own = [row for row in own_rows(subject, table, least) if row.function != MAIN]
        if not own or not table.total:
            return
        row, *callers = own
        share = row.cum / table.total
        waits = self._waits(subject, table, row)
        resident = waits is Operation.NETWORK or row.cum <= NEARLY_ALL * table.total
        resident = resident and waits not in _HOLD_UP and subject.knowledge.is_resident(words_of(row.function))
        yield self.finding(
            f"{goroutines(row.cum)}, {percent(share)} of all, are in {row.function}"
            + (f", likely {_wait_in_words(waits)}" if waits else ""),
            severity=Severity.NOTE if resident else Severity.WARNING,
            functions=tuple(one.function for one in (row, *callers))[:MOST_FUNCTIONS],
            front=Frame(row.function),
            count=row.cum,
            source=(subject.last.name, told.first_line),
            evidence={"goroutines": row.cum, "all_goroutines": table.total, "share": ratio(share)},
            advice=_ADVICE if waits else f"The table does not tell what they wait for: {_TAKE_DUMPS}",
        )

    def _waits(self, subject: Subject, table: TopTable, row: TopRow) -> Operation | None:
        """What most goroutines of a row wait for; None if the table does not show it."""
        least = self.threshold(subject, "share") * row.cum
        found = [(one.cum, _WAITS[one.function]) for one in table.rows if one.function in _WAITS and one.cum >= least]
        return max(found, key=itemgetter(0))[1] if found else None


def _wait_in_words(waits: Operation) -> str:
    """What the goroutines likely do, in words that follow `likely`."""
    return "waiting for a lock" if waits in LOCKS else f"in {waits}" if waits in _NAMES else str(waits)
