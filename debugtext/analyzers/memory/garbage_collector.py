"""The rules about the cost of garbage collection: processor time, pauses, and collections that the program forces."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.memory.accounts import MemoryRule
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import Finding, Severity, Verdict
from debugtext.records.memstats import MemStats
from debugtext.stacks.wording import percent

_MILLI = 1_000_000
_HALF = 0.5
_REMOVE = (
    "Most collections are forced: remove runtime.GC and debug.FreeOSMemory from loops and timers first (a text asked "
    "for with gc=1 forces one, too)."
)


class CollectorShare(MemoryRule):
    """Garbage collection takes a large part of the processor.

    **What it sees.** GCCPUFraction, the collector's share of all processor time since the start. With fewer than 50
    collections, half of the processor is a note.

    **Why it is trouble.** The program is that much slower; near a memory limit it may get nothing else done.

    **When it is not.** Just after the start, when the number comes from only a few collections.

    **What to do.** Allocate less (an allocs text shows the functions), raise GOGC, or raise GOMEMLIMIT. If most
    collections are forced, remove the calls of runtime.GC and debug.FreeOSMemory.
    """

    id = "DT409"
    name = "collector-share"
    thresholds: ClassVar = {
        "share": 0.25,
        "note_share": 0.1,
        "collections": 50,
        "share_of_few": 0.5,
        "fewest_collections": 20,
    }
    fires_on: ClassVar = ("heap/collector-go1.26.txt", "heap/pauses-go1.26.txt")
    quiet_on: ClassVar = ("heap/churn-go1.26.txt", "heap/idle-go1.26.txt")

    def judge(self, subject: Subject, stats: MemStats, name: str) -> Iterator[Finding]:
        """Compares the collector's share of the processor with the thresholds, after enough collections."""
        share, runs = stats.gc_cpu_fraction or 0.0, stats.num_gc or 0
        is_few = runs < self.threshold(subject, "collections")
        if runs < self.threshold(subject, "fewest_collections"):
            return
        if share < self.threshold(subject, "share_of_few" if is_few else "note_share"):
            return
        alarm = share >= self.threshold(subject, "share") and not is_few
        forced = {"num_forced_gc": stats.num_forced_gc} if _are_forced(stats) else {}
        yield self.note(
            f"garbage collection takes {percent(share)} of the processor",
            stats, name, {"gc_cpu_fraction": round(share, 4), "num_gc": runs, **forced},
            _REMOVE if forced else "Allocate less (an allocs text names the functions), or raise GOGC or GOMEMLIMIT.",
            Severity.WARNING if alarm else Severity.NOTE,
        )  # fmt: skip


def _are_forced(stats: MemStats) -> bool:
    """Whether the program forces most of its collections itself."""
    return 0 < _HALF * (stats.num_gc or 0) <= (stats.num_forced_gc or 0)


class LongPauses(MemoryRule):
    """Garbage collections stop the program for long.

    **What it sees.** The 99th percentile of the recorded pauses (the last 256).

    **Why it is trouble.** Nothing runs meanwhile. Go's pauses are mostly far below a millisecond.

    **When it is not.** When the machine is overloaded or was suspended: then anything takes long.

    **What to do.** If most collections are forced, remove the calls of runtime.GC and debug.FreeOSMemory. Otherwise
    look for a container with too little processor time (throttling), and before Go 1.14 for loops without function
    calls.
    """

    id = "DT410"
    name = "long-pauses"
    thresholds: ClassVar = {"p99_ms": 100, "pauses": 20}
    fires_on: ClassVar = ("heap/pauses-go1.26.txt",)
    quiet_on: ClassVar = ("heap/collector-go1.26.txt", "heap/slice-append-go1.26.txt")

    def judge(self, subject: Subject, stats: MemStats, name: str) -> Iterator[Finding]:
        """Compares the 99th percentile of the pauses with the threshold."""
        pauses = sorted(stats.pauses_ns)
        if len(pauses) < self.threshold(subject, "pauses"):
            return
        p99 = pauses[min(len(pauses) - 1, len(pauses) * 99 // 100)] / _MILLI
        if p99 >= self.threshold(subject, "p99_ms"):
            yield self.note(
                f"garbage collection stopped the program for {p99:,.0f} ms (99th percentile of {len(pauses)})",
                stats, name, {"p99_ms": round(p99, 1), "max_ms": round(pauses[-1] / _MILLI, 1), "pauses": len(pauses)},
                _REMOVE if _are_forced(stats) else "Look for a container with too little processor (throttling) first.",
            )  # fmt: skip


class ForcedCollections(MemoryRule):
    """The program forces most garbage collections itself.

    **What it sees.** NumForcedGC is most of NumGC.

    **Why it is trouble.** runtime.GC and debug.FreeOSMemory stop the program and cost time; the collector knows better
    when to run.

    **When it is not.** When the texts were fetched with `gc=1`: each fetch forces one.

    **What to do.** Remove calls of runtime.GC and debug.FreeOSMemory from loops and timers.
    """

    id = "DT411"
    name = "forced-collections"
    verdict = Verdict.INFO
    thresholds: ClassVar = {"share": 0.5, "least": 50}
    fires_on: ClassVar = ("heap/forced-go1.26.txt",)
    quiet_on: ClassVar = ("heap/baseline-go1.26.txt", "heap/pauses-go1.26.txt")

    def judge(self, subject: Subject, stats: MemStats, name: str) -> Iterator[Finding]:
        """Compares the forced collections with all."""
        forced, runs = stats.num_forced_gc or 0, stats.num_gc or 0
        if forced >= self.threshold(subject, "least") and forced >= self.threshold(subject, "share") * runs:
            yield self.note(
                f"{forced:,} of {runs:,} garbage collections were forced by the program",
                stats, name, {"num_forced_gc": forced, "num_gc": runs},
                "Remove runtime.GC and debug.FreeOSMemory from loops and timers.",
            )  # fmt: skip
