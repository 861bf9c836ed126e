"""The rules about one function that holds most of the live heap, and about one that makes most of the garbage."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.memory.holdings import holders, largest_holding, part_of_heap
from debugtext.analyzers.memory.never_ended import cure_of
from debugtext.analyzers.memory.trends_of_function import trends_of_function
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.records.heap import HeapProfile
from debugtext.sizes import MEBIBYTE, bytes_in_words
from debugtext.stacks.wording import percent, ratio

_LEAST_SHARE_NAMED = 0.4
"""Functions that hold at least this part of the live heap are named beside the one that makes the garbage: if anything
leaks, they do."""


class HeapHoarder(Rule):
    """One function of your own allocated most of the memory that is in use.

    **What it sees.** A heap text in which one function's inuse_space is most of the live heap, and large. It is a
    warning if it is nearly all of the heap and either a gigabyte, or hundreds of megabytes in objects of a megabyte or
    more.

    **Why it is trouble.** It need not be; but if the process uses too much memory, this is the place to look first.

    **When it is not.** Caches and tables that are meant to be that large. What package initialisation allocates once is
    not counted. One text cannot tell a cache from a leak: compare it with a later one. If several texts show that it
    grows, DT401 reports it instead.

    **What to do.** `debugtext diff` with a text taken some minutes later says whether it grows.
    """

    id = "DT403"
    name = "heap-hoarder"
    verdict = Verdict.PRESSURE
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {
        "share": 0.5,
        "least_bytes": 32 * MEBIBYTE,
        "alarm_share": 0.8,
        "alarm_bytes": 1024 * MEBIBYTE,
        "alarm_bytes_of_large_objects": 256 * MEBIBYTE,
        "large_object_bytes": MEBIBYTE,
    }
    fires_on: ClassVar = ("heap/queue-backlog-go1.26.txt",)
    quiet_on: ClassVar = ("heap/plateau-go1.22-2.txt", "heap/buffers-go1.26.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each heap text."""
        for name, capture in subject.captures():
            if not isinstance(capture.body, HeapProfile):
                continue
            holding = largest_holding(subject, capture.body, "inuse_space")
            held, total, share, front, stack = holding.bytes, holding.total, holding.share, holding.front, holding.stack
            if share < self.threshold(subject, "share") or held < self.threshold(subject, "least_bytes"):
                continue
            yield self.finding(
                f"{front.function} holds {bytes_in_words(held)}, {part_of_heap(capture.body, held, total)}",
                severity=self._severity(subject, capture.body, (share, held, stack)),
                functions=subject.functions(stack, front),
                front=front,
                stack=stack,
                count=held // MEBIBYTE,
                source=(name, capture.first_line),
                evidence={"inuse_bytes": held, "live_bytes": total, "share": ratio(share)},
                advice=cure_of(subject, stack) or _advice(subject, front),
            )

    def _severity(self, subject: Subject, profile: HeapProfile, holding: tuple[float, int, Stack]) -> Severity:
        """A warning if it is nearly all of the heap and larger than most caches; less is enough for large objects."""
        share, held, stack = holding
        live = [sample.inuse.estimated(profile.rate) for sample in profile.samples if sample.stack == stack]
        each = sum(one.bytes for one in live) / max(1, sum(one.objects for one in live))
        is_large = each >= self.threshold(subject, "large_object_bytes")
        least = self.threshold(subject, "alarm_bytes_of_large_objects" if is_large else "alarm_bytes")
        nearly_all = share >= self.threshold(subject, "alarm_share")
        return Severity.WARNING if nearly_all and held >= least else Severity.NOTE


def _advice(subject: Subject, front: Frame) -> str:
    """What to do next: to take a second text, unless the input already has several."""
    is_alone = len(subject.readings) == 1 and subject.known_trends is None
    if is_alone and not subject.within:
        heaps = sum(isinstance(capture.body, HeapProfile) for capture in subject.last.captures)
        if heaps > 1:
            return f"This text has {heaps} heap profiles: `debugtext diff` of it alone says what grew between them."
        return "One text cannot tell a cache from a leak: take another in some minutes and compare (`debugtext diff`)."
    if _has_stayed(subject.within or subject, front):
        return "It does not grow from text to text: rather a cache than a leak. Give it a limit that the memory allows."
    return "If it grows from text to text it leaks; if not, it is a cache: give it a limit that the memory allows."


def _has_stayed(subject: Subject, front: Frame) -> bool:
    """Whether enough texts show that this function's memory does not grow."""
    shapes = {trend.shape.value for trend in trends_of_function(subject, front)}
    return bool(shapes) and shapes.isdisjoint({"growing", "unknown"})


class AllocationChurn(Rule):
    """One function of your own makes most of the garbage.

    **What it sees.** A heap or allocs text in which one function's alloc_space is most of all that was ever allocated,
    and far more than what is in use.

    **Why it is trouble.** Garbage costs processor time, both to allocate and to collect.

    **When it is not.** When the collector's share of the processor is small: then nobody need care.

    **What to do.** Reuse buffers (sync.Pool, a slice with capacity), or stream instead of building whole values.
    """

    id = "DT404"
    name = "allocation-churn"
    verdict = Verdict.INFO
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"share": 0.5, "least_bytes": 1024 * MEBIBYTE, "times_live": 20}
    fires_on: ClassVar = ("heap/churn-go1.26.txt",)
    quiet_on: ClassVar = ("heap/appends-go1.26.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each heap or allocs text."""
        for name, capture in subject.captures():
            if not isinstance(capture.body, HeapProfile):
                continue
            holding = largest_holding(subject, capture.body, "alloc_space")
            made, total, front, stack = holding.bytes, holding.total, holding.front, holding.stack
            live = capture.body.totals()["inuse_bytes"]
            enough = made >= self.threshold(subject, "least_bytes")
            if not enough or made < self.threshold(subject, "share") * total:
                continue
            if made < self.threshold(subject, "times_live") * live:
                continue
            others = [
                one
                for one in holders(subject, capture.body, _LEAST_SHARE_NAMED)
                if not one.startswith(f"{front.function}: ")
            ]
            yield self.finding(
                f"{front.function} allocated {bytes_in_words(made)} so far, {percent(made / total)} of all, and hardly "
                "keeps any",
                severity=Severity.NOTE,
                functions=subject.functions(stack, front),
                front=front,
                stack=stack,
                count=made // MEBIBYTE,
                source=(name, capture.first_line),
                evidence={
                    "alloc_bytes": made,
                    "all_alloc_bytes": total,
                    "live_bytes": live,
                    **({"live_heap_held_by": others} if others else {}),
                },
                advice="Reuse buffers (sync.Pool, a slice with capacity) if the collector's share of the "
                "processor is large.",
            )
