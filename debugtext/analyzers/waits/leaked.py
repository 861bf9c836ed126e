"""Goroutines that the runtime itself calls leaked."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.locks.tangles import tangles_of
from debugtext.analyzers.rule import Rule, Subject
from debugtext.analyzers.stacks.crowds import Crowd, crowds
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.stacks.waiting import LOCKS
from debugtext.analyzers.wording import CUT_OFF, goroutines
from debugtext.records.findings import Certainty, Finding, Severity, Verdict


class Leaked(Rule):
    """Goroutines that Go's own detector found: nothing that still runs can ever wake them.

    **What it sees.** `(leaked)` in the state of a goroutine, and every record of a `goroutineleak` profile (Go 1.26
    with GOEXPERIMENT=goroutineleakprofile, Go 1.27 without).

    **Why it is trouble.** The garbage collector has proved that no running goroutine can reach the channel or lock that
    they wait for. Their stacks, and all they refer to, stay in memory until the process ends.

    **When it is not.** Never: the detector has no false positives by construction. It does miss goroutines whose
    channel a global variable can still reach, and those in input, output or system calls.

    **What to do.** Open the first function: give the channel a buffer or a reader, close it, or add a case on the
    context's Done.
    """

    id = "DT101"
    name = "leaked"
    verdict = Verdict.LEAK
    certainty = Certainty.CERTAIN
    fires_on: ClassVar = ("dump/leaked-go1.27.txt", "goroutine/leakprofile-mutex-go1.27.txt")
    quiet_on: ClassVar = ("dump/baseline-go1.27.txt", "goroutine/leakprofile-none-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each function and operation."""
        marked = [place for place in subject.places if place.leaked and not _is_the_runtimes(place)]
        for crowd in crowds(marked):
            front = crowd.first.function
            yield self.place_finding(
                subject,
                f"{goroutines(crowd.count)} leaked for good in {f'{front}, {crowd.operation}' if front else CUT_OFF}",
                list(crowd.places),
                severity=Severity.ERROR,
                evidence={
                    "leaked": crowd.count,
                    "found_by": "the runtime's goroutineleak detector",
                    **_locks(subject, crowd),
                },
                advice="Nothing can wake them any more: buffer or close the channel, release the lock, "
                "or let them end with a context.",
            )


def _locks(subject: Subject, crowd: Crowd) -> dict[str, list[str]]:
    """Who waits for whom, where a crowd waits for a lock: the rules about locks leave that to this one."""
    if crowd.operation not in LOCKS:
        return {}
    places = {id(place) for place in crowd.places}
    for tangle in subject.once("locks", tangles_of):
        if tangle.is_leaked and any(id(waiter.place) in places for waiter in tangle.lock.waiters):
            return {"chain": tangle.drawn()}
    return {}


def _is_the_runtimes(place: Place) -> bool:
    """Whether it is one goroutine without any address (`1 @`, `# 0x0`): healthy programs of Go 1.27 have one."""
    return place.count == 1 and not place.stack.frames and not place.stack.addresses
