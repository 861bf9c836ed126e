"""The rule about timers and contexts that hold most of the memory: nobody means to keep so many."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from debugtext.analyzers.memory.callers_of_row import callers_of, said_of_callers, to_open
from debugtext.analyzers.memory.holdings import largest_holding, part_of_heap
from debugtext.analyzers.memory.tables_of_pprof import ToldTable, tables_of_pprof
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.captures import Capture
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Stack
from debugtext.records.heap import HeapProfile
from debugtext.records.pprof_tops import TopRow, TopTable
from debugtext.sizes import MEBIBYTE, bytes_in_words
from debugtext.stacks.ownership import Owner
from debugtext.stacks.wording import percent, ratio

if TYPE_CHECKING:
    from debugtext.knowledge.kept import Kept


@dataclass(frozen=True, slots=True)
class HeldInHeap:
    """What a heap text has of one kind of objects: their bytes, the bytes of all objects, and the share in words.

    `stack` is the one with the most of these objects.
    """

    kind: "Kept"
    bytes: int
    total: int
    part: str
    stack: Stack


class NeverEnded(Rule):
    """Timers or contexts hold most of the memory in use: they are made, and nobody ends them.

    **What it sees.** A heap text, or a pprof table in bytes of memory in use, in which most of the memory, and at least
    64 MiB, was made by NewTimer, After, AfterFunc, NewTicker or Tick of package time, or by WithCancel, WithTimeout or
    WithDeadline of package context. That is hundreds of thousands of them. A table that does not name its type is taken
    for memory in use, because pprof shows that by default.

    **Why it is trouble.** A context stays in its parent's list until its cancel function is called or its parent ends.
    Before Go 1.23, a timer that is not stopped stays until it fires, so `time.After` in a loop keeps one per pass, and
    a ticker stays forever. From Go 1.23 on (by the go line of go.mod), timers and tickers stay only while something
    refers to them, and those of AfterFunc until they fire.

    **When it is not.** A table that is meant to be so large, with a timer for each entry; one timer for the entry that
    ends first would do. A server with that many requests at once has larger objects for each of them.

    **What to do.** Use one timer with Reset or Stop, `defer cancel()` for each derived context, and a context's
    deadline in place of a `time.After` in each pass.
    """

    id = "DT415"
    name = "never-ended"
    verdict = Verdict.LEAK
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"share": 0.5, "least_bytes": 64 * MEBIBYTE}
    fires_on: ClassVar = (
        "heap/timers-go1.26.txt",
        "heap/contexts-go1.26.txt",
        "pprof/peek-timers-go1.26.txt",
        "pprof/tree-timers-go1.26.txt",
    )
    quiet_on: ClassVar = ("heap/context-children-go1.25.txt", "heap/time-after-go1.21.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each heap text or table; none for heap texts in a series: DT401 reports what grew."""
        if len(subject.readings) == 1 and subject.known_trends is None:
            for name, capture in subject.captures():
                if isinstance(capture.body, HeapProfile) and (held := self._in_heap(subject, capture.body)):
                    yield self._of_heap(subject, held, name, capture)
        for told in tables_of_pprof(subject):
            if found := self._in_table(subject, told.table):
                yield self._of_table(subject, told, *found)

    def _in_heap(self, subject: Subject, profile: HeapProfile) -> HeldInHeap | None:
        """The timers or contexts that hold most of the live heap; None if they do not."""
        inuse = next(kind for kind in profile.sample_kinds if kind.name == "inuse_space")
        stacks = [(stack, value) for stack, value in profile.weighted_stacks(inuse) if value > 0]
        least = self.threshold(subject, "least_bytes")
        if sum(value for _, value in stacks) < least:
            return None
        total = largest_holding(subject, profile, "inuse_space").total
        for kind in _kinds():
            made = [(stack, value) for stack, value in stacks if _makes(subject, stack, kind)]
            held = sum(value for _, value in made)
            if held >= least and held >= self.threshold(subject, "share") * total:
                part = part_of_heap(profile, held, total)
                return HeldInHeap(kind, held, total, part, max(made, key=lambda one: one[1])[0])
        return None

    def _in_table(self, subject: Subject, table: TopTable) -> "tuple[Kept, TopRow] | None":
        """(kind, row with the most) of the timers or contexts that hold most of a table's memory; None if none do."""
        if table.unit != "bytes" or table.kind not in ("", "inuse_space"):
            return None
        least = max(self.threshold(subject, "least_bytes"), self.threshold(subject, "share") * table.total)
        for kind in _kinds():
            made = [row for row in table.rows if row.cum >= least and kind.first_in([row.function])]
            if made:
                return kind, max(made, key=lambda row: (row.cum, row.flat))
        return None

    def _of_heap(self, subject: Subject, held: HeldInHeap, name: str, capture: Capture) -> Finding:
        stack = held.stack
        front = subject.ownership.front_frame(stack)
        made_by = f", made by {front.function}" if front else ""
        return self.finding(
            f"{held.kind.what} hold {bytes_in_words(held.bytes)}, {held.part}{made_by}",
            severity=Severity.WARNING,
            functions=subject.functions(stack, front),
            front=front,
            stack=stack,
            count=held.bytes // MEBIBYTE,
            source=(name, capture.first_line),
            evidence={
                "inuse_bytes": held.bytes,
                "live_bytes": held.total,
                "share": ratio(held.bytes / held.total),
                "through": held.kind.first_in(stack.functions),
            },
            advice=held.kind.advice,
        )

    def _of_table(self, subject: Subject, told: ToldTable, kind: "Kept", row: TopRow) -> Finding:
        table = told.table
        callers = callers_of(subject, table, row)
        front = to_open(subject, table, row, row.cum)
        made_by = "" if front.function == row.function else f", made by {front.function}"
        share = row.cum / table.total if table.total else 0.0
        return self.finding(
            f"{kind.what} hold {bytes_in_words(row.cum)}, {percent(share)} of the memory in use{made_by}",
            severity=Severity.WARNING,
            functions=tuple(dict.fromkeys([front.function, row.function, *callers]))[:MOST_FUNCTIONS],
            front=front,
            count=row.cum // MEBIBYTE,
            source=(subject.last.name, told.first_line),
            evidence={
                "inuse_bytes": row.cum,
                "live_bytes": table.total,
                "share": ratio(share),
                "through": row.function,
                **said_of_callers(callers),
            },
            advice=kind.advice,
        )


def cure_of(subject: Subject, stack: Stack) -> str:
    """What to do about timers or contexts, if a stack allocates them; else empty."""
    return next((kind.advice for kind in _kinds() if _makes(subject, stack, kind)), "")


def _kinds() -> "tuple[Kept, ...]":
    from debugtext.knowledge import kept_kinds  # noqa: PLC0415 - most heaps are too small to have so many

    return kept_kinds()


def _makes(subject: Subject, stack: Stack, kind: "Kept") -> bool:
    """Whether a stack allocates in one of the kind's functions, or in standard library code that such a one calls."""
    for frame in stack.frames:
        if kind.first_in([frame.function]):
            return True
        if subject.ownership.owner(frame) is not Owner.STANDARD:
            return False
    return False
