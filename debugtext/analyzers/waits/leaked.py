"""Goroutines that the runtime itself calls leaked."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers.locks.tangles import tangles_of
from debugtext.analyzers.rule import Rule, Subject
from debugtext.analyzers.stacks.crowds import Crowd, crowds
from debugtext.analyzers.stacks.places import MAIN, Place
from debugtext.analyzers.stacks.waiting import LOCKS, RECEIVES, Operation
from debugtext.analyzers.wording import CUT_OFF, goroutines
from debugtext.records.findings import Certainty, Finding, Severity, Verdict

_ADVICE = (
    "Nothing can wake them any more: buffer or close the channel, release the lock, or let them end with a context."
)
_MEANT = "If main is to keep the program alive, as with `select {}`, all is well; else nobody can tell it to end."
_FOR_EVER = RECEIVES | {Operation.SELECT, Operation.NO_CASES, Operation.NIL_RECEIVE}


class Leaked(Rule):
    """Goroutines that Go's own detector found: nothing that still runs can ever wake them.

    **What it sees.** `(leaked)` in the state of a goroutine, and every record of a `goroutineleak` profile (Go 1.26
    with GOEXPERIMENT=goroutineleakprofile, Go 1.27 without).

    **Why it is trouble.** The garbage collector has proved that no running goroutine can reach the channel or lock that
    they wait for. Their stacks, and all they refer to, stay in memory until the process ends.

    **When it is not.** The detector has no false positives by construction, but it also marks a main goroutine that
    keeps its program alive by `select {}` or by a channel of its own: that one is only noted. It does miss goroutines
    whose channel a global variable can still reach, and those in input, output or system calls.

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
        for crowd in crowds(marked, lambda place: (place.function, place.operation, _keeps_alive(place))):
            front, keeps_alive = crowd.first.function, _keeps_alive(crowd.first)
            what = "main waits for ever" if keeps_alive else f"{goroutines(crowd.count)} leaked for good"
            yield self.place_finding(
                subject,
                f"{what} in {f'{front}, {crowd.operation}' if front else CUT_OFF}",
                list(crowd.places),
                severity=Severity.NOTE if keeps_alive else Severity.ERROR,
                evidence={
                    "leaked": crowd.count,
                    "found_by": "the runtime's goroutineleak detector",
                    **_locks(subject, crowd),
                },
                advice=_MEANT if keeps_alive else _ADVICE,
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


def _keeps_alive(place: Place) -> bool:
    """Whether it is main that waits for ever, as it does where others do all the work."""
    return place.operation in _FOR_EVER and place.stack.created_by is None and MAIN in place.stack.functions


def _is_the_runtimes(place: Place) -> bool:
    """Whether it is one goroutine without any address (`1 @`, `# 0x0`): healthy programs of Go 1.27 have one."""
    return place.count == 1 and not place.stack.frames and not place.stack.addresses
