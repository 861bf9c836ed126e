"""Tests that hang: the test's own goroutine waits for others that wait too."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from debugtext.analyzers._rule import Rule, Subject
from debugtext.analyzers.crashing import is_snapshot, kind_of
from debugtext.analyzers.places import Place
from debugtext.analyzers.waiting import CHANNELS, LOCKS, Operation
from debugtext.analyzers.wording import minutes
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity, Verdict

_BLOCKED = CHANNELS | LOCKS | {Operation.WAIT_GROUP, Operation.CONDITION, Operation.SEMAPHORE}
_URGENT = LOCKS | {Operation.SEND, Operation.WAIT_GROUP}
_MOST_NAMED = 5


class HungTest(Rule):
    """A test waits on a channel, a lock or a WaitGroup for goroutines that are blocked themselves.

    **What it sees.** A goroutine below `testing.tRunner` that is blocked, not by the runner's own Run or Parallel,
    and no goroutine of the user's code that still runs.

    **Why it is trouble.** Nobody is left who could wake the test: it ends by the timeout.

    **When it is not.** While parallel tests still run, or a timer will fire: a printed wait of minutes makes it sure.

    **What to do.** Open the first function; the others named are the goroutines that wait with it.
    """

    id = "DT212"
    name = "hung-test"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"seconds": 60}
    fires_on: ClassVar = ("crash/test-hang-go1.27.txt",)
    quiet_on: ClassVar = ("crash/test-panic-go1.27.txt", "dump/baseline-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each test's goroutine, and one for a test that only its timeout tells of."""
        for name, capture in subject.captures():
            if not is_snapshot(subject, capture):
                continue
            places = subject.company(capture).places
            tests = [place for place in places if _is_blocked_test(place, capture)]
            running = any(place.operation is Operation.RUNNING and place.own for place in places)
            victims = _victims(places) if tests else []
            for place in tests:
                if not running or place.oldest_minutes or _gave_up(capture):
                    yield self._tell(subject, place, victims)
            if not tests and isinstance(capture.body, Crash):
                yield from self._without_goroutine(subject, name, capture.body, places)

    def _tell(self, subject: Subject, place: Place, victims: list[Place]) -> Finding:
        victims = [other for other in victims[: _MOST_NAMED + 1] if other is not place][:_MOST_NAMED]
        return self.place_finding(
            subject,
            f"a test hangs in {place.function}, {place.operation}{minutes(place.oldest_minutes)}",
            [place, *victims[:3]],
            severity=Severity.WARNING,
            evidence={
                "oldest_minutes": place.oldest_minutes,
                "waits_with_it": [f"{other.function}: {other.operation}" for other in victims],
            },
            advice="See which of the named functions should send, close, unlock or call Done, and why it "
            "does not get there.",
        )

    def _without_goroutine(
        self, subject: Subject, name: str, crash: Crash, places: Sequence[Place]
    ) -> Iterator[Finding]:
        """A test that ran until a timeout of minutes hangs, also where its goroutine is cut off."""
        longest = max((test.seconds or 0 for test in crash.tests), default=0)
        if kind_of(crash) != "DT608" or longest < self.threshold(subject, "seconds"):
            return
        tests = tuple(dict.fromkeys(test.name.partition("/")[0] for test in crash.tests))
        fronts = [f for place in places for f in place.stack.functions if f.rpartition(".")[2] in tests]
        yield self.finding(
            f"{' and '.join(tests[:2])} hangs: it ran for {longest / 60:.0f} minutes, until the timeout",
            severity=Severity.WARNING,
            functions=tuple(dict.fromkeys((*fronts, *tests))),
            source=(name, crash.line),
            evidence={"seconds": longest, "least_seconds": self.threshold(subject, "seconds")},
            advice="More time will not help: look at the goroutines of this test in the whole text.",
        )


def _victims(places: Sequence[Place]) -> list[Place]:
    """Who waits with a test, those first that hold something up."""
    return sorted(
        (place for place in places if place.operation in _BLOCKED and place.own and not place.idle),
        key=lambda place: place.operation not in _URGENT,
    )


def _gave_up(capture: Capture) -> bool:
    """Whether a panic of the test itself says that it has waited too long."""
    return isinstance(capture.body, Crash) and bool(capture.body.panics)


def _is_blocked_test(place: Place, capture: Capture) -> bool:
    """Whether a test's own goroutine, or in a test that gave up one that it started, is blocked in its own code."""
    functions = place.stack.functions
    if place.operation not in _BLOCKED or place.front is None or place.idle or place.function.startswith("testing."):
        return False
    if "testing.tRunner" in functions:
        return "testing.(*T).Run" not in functions and "TestMain" not in place.function
    creator = place.stack.created_by
    started_by_test = creator is not None and ".Test" in creator.function
    return started_by_test and place.operation in _URGENT and _gave_up(capture) and capture.format == "crash"
