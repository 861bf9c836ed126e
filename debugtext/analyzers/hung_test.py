"""Tests that hang: the test's own goroutine waits for others that wait too."""

from collections.abc import Iterator
from typing import ClassVar

from debugtext.analyzers._rule import Rule, Subject
from debugtext.analyzers.crashing import is_snapshot
from debugtext.analyzers.places import Place
from debugtext.analyzers.waiting import CHANNELS, LOCKS, Operation
from debugtext.analyzers.wording import minutes
from debugtext.records.findings import Certainty, Finding, Severity, Verdict

_BLOCKED = CHANNELS | LOCKS | {Operation.WAIT_GROUP, Operation.CONDITION, Operation.SEMAPHORE}
_URGENT = LOCKS | {Operation.SEND, Operation.WAIT_GROUP}


class HungTest(Rule):
    """A test waits on a channel, a lock or a WaitGroup for goroutines that are blocked themselves.

    **What it sees.** A goroutine below `testing.tRunner` that is blocked, not by the runner's own Run or Parallel, and no
    goroutine of the user's code that still runs.

    **Why it is trouble.** Nobody is left who could wake the test: it ends by the timeout.

    **When it is not.** While parallel tests still run, or a timer will fire: a printed wait of minutes makes it sure.

    **What to do.** Open the first function; the others named are the goroutines that wait with it.
    """

    id = "DT212"
    name = "hung-test"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("crash/test-timeout.txt",)
    quiet_on: ClassVar = ("goroutine-dump/baseline.txt",)

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each test's goroutine."""
        for place in subject.places:
            if not _is_blocked_test(place) or not is_snapshot(place.capture):
                continue
            others = [other for other in subject.places if other.capture is place.capture and other is not place]
            if any(other.operation is Operation.RUNNING and other.own for other in others) and not place.oldest_minutes:
                continue
            victims = sorted(
                (other for other in others if other.operation in _BLOCKED and other.own and not other.idle),
                key=lambda other: other.operation not in _URGENT,
            )
            yield self.place_finding(
                subject,
                f"a test hangs in {place.function}, {place.operation}{minutes(place.oldest_minutes)}",
                [place, *victims[:3]],
                severity=Severity.WARNING,
                evidence={
                    "oldest_minutes": place.oldest_minutes,
                    "waits_with_it": [f"{other.function}: {other.operation}" for other in victims[:5]],
                },
                advice="See which of the named functions should send, close, unlock or call Done, and why it does not get there.",
            )


def _is_blocked_test(place: Place) -> bool:
    """Whether a test's own goroutine is blocked in its own code."""
    functions = place.stack.functions
    return (
        "testing.tRunner" in functions
        and place.front is not None
        and place.operation in _BLOCKED
        and not place.idle
        and not place.function.startswith("testing.")
        and "testing.(*T).Run" not in functions
    )
