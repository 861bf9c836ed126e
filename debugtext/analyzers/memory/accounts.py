"""The rules about memory that is not in the live heap: stacks, idle pages, holes, and memory outside of Go."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.heap import HeapProfile
from debugtext.records.memstats import MemStats
from debugtext.sizes import MEBIBYTE, bytes_in_words
from debugtext.stacks.wording import ratio

_JUST_COLLECTED = 0.6
"""A HeapAlloc below this part of NextGC is that of a heap just after a collection."""
_AFTER_COLLECTION_ADVICE = (
    "HeapAlloc is about half of NextGC, as just after a collection: the holes may fill again. Look at another text, "
    "taken just before the next collection."
)
_HOLES_ADVICE = "Few long-lived objects keep pages alive: allocate those together or early."


class MemoryRule(Rule):
    """What the rules about MemStats share."""

    verdict = Verdict.PRESSURE
    certainty = Certainty.LIKELY

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """At most one finding for each MemStats."""
        for name, capture in subject.captures():
            stats = capture.body.memstats if isinstance(capture.body, HeapProfile) else capture.body
            if isinstance(stats, MemStats):
                yield from self.judge(subject, stats, name)

    def judge(self, subject: Subject, stats: MemStats, name: str) -> Iterator[Finding]:
        """The finding, if any."""
        raise NotImplementedError

    def note(
        self,
        title: str,
        stats: MemStats,
        name: str,
        evidence: dict[str, object],
        advice: str,
        severity: Severity = Severity.NOTE,
    ) -> Finding:
        """A finding about MemStats."""
        source = (name, stats.line)
        return self.finding(title, severity=severity, source=source, evidence=evidence, advice=advice)


class StacksOutweighHeap(MemoryRule):
    """Goroutine stacks use more memory than the heap.

    **What it sees.** StackInuse is larger than HeapInuse, and large in itself.

    **Why it is trouble.** No sample of a heap profile counts stacks, so the profile looks small and the process large.
    The cause is very many goroutines, or very deep ones.

    **When it is not.** In a program that has hundreds of thousands of goroutines by design.

    **What to do.** Look at a goroutine text of the same process.
    """

    id = "DT405"
    name = "stacks-outweigh-heap"
    thresholds: ClassVar = {"least_bytes": 32 * MEBIBYTE}
    fires_on: ClassVar = ("heap/stacks-go1.26.txt",)
    quiet_on: ClassVar = ("heap/deeper-go1.26-6.txt",)

    def judge(self, subject: Subject, stats: MemStats, name: str) -> Iterator[Finding]:
        """Compares the memory of stacks with that of the heap."""
        stacks, heap = stats.stack_inuse_bytes or 0, stats.heap_inuse_bytes or 0
        if stacks > heap and stacks >= self.threshold(subject, "least_bytes"):
            yield self.note(
                f"goroutine stacks use {bytes_in_words(stacks)}, more than the heap ({bytes_in_words(heap)})",
                stats, name, {"stack_inuse_bytes": stacks, "heap_inuse_bytes": heap},
                "Look at a goroutine text of the same process: too many goroutines, or a deep recursion.",
            )  # fmt: skip


class IdleMemory(MemoryRule):
    """Much memory is free in the heap and not given back to the system.

    **What it sees.** HeapIdle minus HeapReleased is a large part of Sys.

    **Why it is trouble.** `top` shows it as used. After a burst, the runtime keeps the pages for a while.

    **When it is not.** Most of the time: the runtime gives the memory back within minutes, or uses it at the next
    burst.

    **What to do.** Nothing, or set GOMEMLIMIT so that it is given back sooner. Do not look for a leak here.
    """

    id = "DT406"
    name = "idle-memory"
    verdict = Verdict.INFO
    thresholds: ClassVar = {"share": 0.5, "least_bytes": 64 * MEBIBYTE}
    fires_on: ClassVar = ("heap/idle-go1.26.txt",)
    quiet_on: ClassVar = ("heap/buffers-go1.26.txt",)

    def judge(self, subject: Subject, stats: MemStats, name: str) -> Iterator[Finding]:
        """Compares the idle pages that were not released with all memory."""
        idle = (stats.heap_idle_bytes or 0) - (stats.heap_released_bytes or 0)
        everything = stats.sys_bytes or 0
        if idle >= self.threshold(subject, "least_bytes") and idle >= self.threshold(subject, "share") * everything:
            yield self.note(
                f"{bytes_in_words(idle)} of {bytes_in_words(everything)} are free pages that the runtime keeps: "
                "top shows more than is used",
                stats, name, {"idle_not_released_bytes": idle, "sys_bytes": everything},
                "It is no leak: the runtime gives pages back with time; GOMEMLIMIT makes it do so sooner.",
            )  # fmt: skip


class Fragmentation(MemoryRule):
    """Much of the heap's pages are holes between live objects.

    **What it sees.** HeapInuse is much larger than HeapAlloc: half of it is holes, or a quarter of it and gigabytes.

    **Why it is trouble.** A page stays as long as one object on it lives: a few long-lived objects among many
    short-lived ones keep a heap large.

    **When it is not.** Right after a garbage collection of a busy program: HeapAlloc is then about half of NextGC, and
    the holes fill up again.

    **What to do.** Allocate long-lived objects together, early, or in slices instead of one by one.
    """

    id = "DT407"
    name = "fragmentation"
    verdict = Verdict.INFO
    thresholds: ClassVar = {
        "share": 0.5,
        "least_bytes": 64 * MEBIBYTE,
        "large_share": 0.25,
        "large_bytes": 1024 * MEBIBYTE,
    }
    fires_on: ClassVar = ("heap/holes-go1.26.txt",)
    quiet_on: ClassVar = ("heap/idle-go1.26.txt", "heap/deeper-go1.26-6.txt")

    def judge(self, subject: Subject, stats: MemStats, name: str) -> Iterator[Finding]:
        """Compares the holes with the pages in use."""
        inuse, alloc = stats.heap_inuse_bytes or 0, stats.heap_alloc_bytes or 0
        holes = inuse - alloc
        size_of = "large_" if holes >= self.threshold(subject, "large_bytes") else ""
        if holes < self.threshold(subject, "least_bytes") or holes < self.threshold(subject, f"{size_of}share") * inuse:
            return
        yield self.note(
            f"{bytes_in_words(holes)} of the heap's {bytes_in_words(inuse)} are holes between live objects",
            stats, name, {"heap_inuse_bytes": inuse, "heap_alloc_bytes": alloc, "holes_share": ratio(holes / inuse)},
            _AFTER_COLLECTION_ADVICE if alloc < _JUST_COLLECTED * (stats.next_gc_bytes or 0) else _HOLES_ADVICE,
        )  # fmt: skip


class MemoryOutsideGo(MemoryRule):
    """The process used more memory than Go's runtime ever asked for.

    **What it sees.** MaxRSS is much larger than Sys.

    **Why it is trouble.** The memory of C code, mapped files and other libraries is in no Go profile.

    **When it is not.** MaxRSS is the highest value ever reached: the process may have shrunk since.

    **What to do.** Look at /proc/PID/smaps, and at malloc in C code (the profilers of jemalloc or valgrind).
    """

    id = "DT408"
    name = "memory-outside-go"
    verdict = Verdict.INFO
    thresholds: ClassVar = {"factor": 1.5, "least_bytes": 256 * MEBIBYTE}
    fires_on: ClassVar = ("heap/outside-go1.26.txt",)
    quiet_on: ClassVar = ("heap/baseline-go1.26.txt",)

    def judge(self, subject: Subject, stats: MemStats, name: str) -> Iterator[Finding]:
        """Compares MaxRSS with Sys."""
        rss, known = stats.max_rss_bytes or 0, stats.sys_bytes or 0
        more = rss - known
        if (
            known
            and more >= self.threshold(subject, "least_bytes")
            and rss >= self.threshold(subject, "factor") * known
        ):
            yield self.note(
                f"the process had {bytes_in_words(rss)} at its largest, Go's runtime knows of {bytes_in_words(known)}",
                stats, name, {"max_rss_bytes": rss, "sys_bytes": known},
                "The rest is outside of Go: C code, mapped files. Look at /proc/PID/smaps.",
            )  # fmt: skip
