"""Maps that several goroutines used at once."""

from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.crash_facts.crashing import CrashRule
from debugtext.analyzers.subject import Subject
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.stacks.wording import named_with_line

_AT_WORK = frozenset({"running", "runnable", "preempted"})
"""The states of goroutines that run, or could."""
_BOTH = 2
"""With the goroutine that crashed and one more at work, that one is probably the other side."""


class ConcurrentMap(CrashRule):
    """A map was written while another goroutine used it.

    **What it sees.** `fatal error: concurrent map writes` (or read and write, or iteration and write).

    **Why it is trouble.** The map may be corrupt, so the runtime ends the process; no recover helps.

    **When it is not.** It is always a bug, though the other goroutine may have moved on and be in no stack.

    **What to do.** Guard the map with a sync.RWMutex, or use a sync.Map; `go test -race` shows both sides. If only one
    other goroutine is running your own code, it is probably the other side.
    """

    id = "DT603"
    name = "concurrent-map"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    advice = "Guard this map with a sync.RWMutex (or use sync.Map); run with -race to see the other goroutine."
    advice_without_place = "Run with -race to see which map it is; guard it with a sync.RWMutex, or use sync.Map."
    advice_with_other: ClassVar = (
        "Guard this map with a sync.RWMutex (or use sync.Map). The other goroutine is probably the one in {}; run with "
        "-race to be sure."
    )
    advice_with_alike: ClassVar = (
        "Guard this map with a sync.RWMutex (or use sync.Map): the text shows {} more at work in this function."
    )
    fires_on: ClassVar = ("crash/map-writes-go1.23.txt",)
    quiet_on: ClassVar = ("race/test-race-go1.19.txt",)

    def tell(self, subject: Subject, name: str, crash: Crash) -> Finding:
        """Also names the other goroutine, if only one can be it."""
        found = super().tell(subject, name, crash)
        other = _other_at_work(subject, crash)
        if found.location is None:
            return found
        if other is not None:
            return replace(found, advice=self.advice_with_other.format(named_with_line(other)))
        alike = _others_in_it(subject, crash, found.functions[0])
        return replace(found, advice=self.advice_with_alike.format(f"{alike:,}")) if alike > 0 else found


def _other_at_work(subject: Subject, crash: Crash) -> Frame | None:
    """The own frame of the only other goroutine that is at work; None if there are several, or none."""
    counted = _at_work(crash)
    if crash.crashed is None or sum(count for count, _ in counted) != _BOTH:
        return None
    other = next((stack for _, stack in counted if stack != crash.crashed.stack), None)
    return subject.ownership.own_frame(other) if other is not None else None


def _others_in_it(subject: Subject, crash: Crash, function: str) -> int:
    """How many other goroutines are at work in the own function that crashed."""
    fronts = ((count, subject.ownership.own_frame(stack)) for count, stack in _at_work(crash))
    return sum(count for count, front in fronts if front is not None and front.function == function) - 1


def _at_work(crash: Crash) -> list[tuple[int, Stack]]:
    """(number of goroutines, stack) of those that are at work, including the one that crashed."""
    groups = (group for group in crash.groups() if group.state is not None and group.state.status in _AT_WORK)
    return [(group.count, group.stack) for group in groups]
