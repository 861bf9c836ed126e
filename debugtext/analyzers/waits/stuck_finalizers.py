"""Finalizers and cleanups that wait: the runtime calls one after the other, so all later ones wait as well."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.crash_facts.crashing import is_snapshot
from debugtext.analyzers.evidence.across_inputs import count_stayed
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import IO, LOCKS, SURE_MINUTES, Operation
from debugtext.stacks.places import Place

_RUNNERS = {
    "runtime.runFinalizers": "finalizers",
    "runtime.runfinq": "finalizers",
    "runtime.runCleanups": "cleanups",
}
"""The runtime's functions that call them: runtime/mfinal.go (runfinq until Go 1.24), runtime/mcleanup.go."""
_PASSES = LOCKS | IO | {Operation.SEMAPHORE, Operation.SLEEP, Operation.SYSCALL}
"""What a finalizer may wait for only a moment: the lock of a list, a file that it closes."""
_NO_WAIT = frozenset({Operation.RUNNING, Operation.SYSTEM, Operation.UNKNOWN})


class StuckFinalizer(Rule):
    """A finalizer is blocked, and with it all others of the program.

    **What it sees.** A goroutine that waits on a channel, a select, a WaitGroup or a condition in a function called by
    `runtime.runFinalizers`, `runfinq` or `runCleanups`. A wait for a lock, a file or a connection counts only if it has
    lasted for minutes, or is there in all inputs.

    **Why it is trouble.** One goroutine runs all finalizers of a program, one after the other (cleanups have very few).
    While this one waits, nothing that has a finalizer is freed, nor anything that it refers to: files stay open, and
    memory grows.

    **When it is not.** When what it waits for comes in a moment: a second text some minutes later settles that.

    **What to do.** Let the finalizer start a goroutine for what may block, or avoid blocking with a send in a select
    with a default. Better still, close such objects where they are last used.
    """

    id = "DT218"
    name = "stuck-finalizer"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("dump/finalizer-stands-go1.26.txt", "goroutine/finalizer-stands-go1.26.txt")
    quiet_on: ClassVar = ("dump/finalizer-passes-go1.26.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each place."""
        for place in subject.places:
            if (kind := blocked_finalizers(place)) and is_snapshot(subject, place.capture):
                stands = count_stayed(subject, Crowd((place,))) > 0
                if stands or place.oldest_minutes >= SURE_MINUTES or place.operation not in _PASSES:
                    yield self._tell(subject, place, kind, stands=stands)

    def _tell(self, subject: Subject, place: Place, kind: str, *, stands: bool) -> Finding:
        return self.place_finding(
            subject,
            f"all {kind} wait for {place.in_words}",
            [place],
            severity=Severity.ERROR if stands else Severity.WARNING,
            evidence={
                "goroutines": place.count,
                "oldest_minutes": place.oldest_minutes,
                **({"stood_in_inputs": len(subject.readings)} if stands else {}),
            },
            advice=(
                f"One goroutine runs all {kind}: let this one start another for what may block, or close such objects "
                "where they are last used. Until then no memory that waits for it is freed."
            ),
        )


def blocked_finalizers(place: Place) -> str:
    """`finalizers` or `cleanups` if code called by the runtime for these waits here; else empty."""
    functions = place.stack.functions
    runner = next((function for function in reversed(functions) if function in _RUNNERS), None)
    if runner is None or place.front is None or place.operation in _NO_WAIT:
        return ""
    above = place.stack.frames[: functions.index(runner)]
    return _RUNNERS[runner] if place.front in above and place.front.package != "runtime" else ""
