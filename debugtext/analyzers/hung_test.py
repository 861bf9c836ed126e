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

BLOCKED = CHANNELS | LOCKS | {Operation.WAIT_GROUP, Operation.CONDITION, Operation.SEMAPHORE}
_URGENT = LOCKS | {Operation.SEND, Operation.WAIT_GROUP}
_MOST_NAMED = 5
_ALARM = "testing.(*M).startAlarm.func1"
_WAITS_FOR_TESTS = "testing.(*T).Run"


class HungTest(Rule):
    """A test waits on a channel, a lock or a WaitGroup for goroutines that are blocked themselves.

    **What it sees.** A goroutine below `testing.tRunner` that is blocked, not by the runner's own Run or Parallel,
    and no goroutine of the user's code that still runs. Or the alarm of `-timeout` on a stack, in a text whose first
    line (`panic: test timed out after …`) is cut off.

    **Why it is trouble.** Nobody is left who could wake the test: it ends by the timeout.

    **When it is not.** While parallel tests still run, or a timer will fire: a printed wait of minutes makes it sure.

    **What to do.** Open the first function; the others named are the goroutines that wait with it. Where the text says
    that the test timed out, DT608 tells all of this.
    """

    id = "DT212"
    name = "hung-test"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("pasted/test-hang-cut.txt",)
    quiet_on: ClassVar = ("crash/test-panic-go1.27.txt", "crash/test-hang-go1.27.txt", "dump/baseline-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each test's goroutine, or one for the alarm of a test that the text does not show."""
        for _, capture in subject.captures():
            if not is_snapshot(subject, capture) or _is_told(capture):
                continue
            places = subject.company(capture).places
            tests = [place for place in places if is_blocked_test(place, capture)]
            running = any(place.operation is Operation.RUNNING and place.own for place in places)
            for place in tests:
                if not running or place.oldest_minutes or _gave_up(capture):
                    yield self._tell(subject, place, places)
            if not tests:
                yield from self._alarm(subject, places)

    def _tell(self, subject: Subject, place: Place, places: Sequence[Place]) -> Finding:
        victims = waiting_with(place, places)
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

    def _alarm(self, subject: Subject, places: Sequence[Place]) -> Iterator[Finding]:
        """The alarm of `-timeout` ran: a test took that long, also where neither message nor test are in the text."""
        alarm = next((place for place in places if _ALARM in place.stack.functions[:2]), None)
        if alarm is None:
            return
        runners = [place for place in places if _WAITS_FOR_TESTS in place.stack.functions]
        oldest = max((place.oldest_minutes for place in runners), default=0)
        yield self.place_finding(
            subject,
            f"a test timed out{' after it ran' if oldest else ''}{minutes(oldest)}; its goroutine is not in the text",
            [alarm, *(place for place in places if place.own and place.operation in BLOCKED)],
            severity=Severity.WARNING,
            evidence={"oldest_minutes": oldest},
            advice="Look at the whole text: at `running tests:` above it, and at that test's goroutine below.",
        )


def waiting_with(test: Place, places: Sequence[Place]) -> list[Place]:
    """Who waits with a test, those first that hold something up."""
    victims = [place for place in places if place.operation in BLOCKED and place.own and not place.idle]
    victims.sort(key=lambda place: place.operation not in _URGENT)
    return [place for place in victims if place is not test][:_MOST_NAMED]


def _is_told(capture: Capture) -> bool:
    """Whether the text says itself that a test timed out."""
    return isinstance(capture.body, Crash) and kind_of(capture.body) == "DT608"


def _gave_up(capture: Capture) -> bool:
    """Whether a panic of the test itself says that it has waited too long."""
    return isinstance(capture.body, Crash) and bool(capture.body.panics)


def is_blocked_test(place: Place, capture: Capture) -> bool:
    """Whether a test's own goroutine, or in a test that gave up one that it started, is blocked in its own code."""
    functions = place.stack.functions
    if place.operation not in BLOCKED or place.front is None or place.idle or place.function.startswith("testing."):
        return False
    if "testing.tRunner" in functions:
        return _WAITS_FOR_TESTS not in functions and "TestMain" not in place.function
    creator = place.stack.created_by
    started_by_test = creator is not None and ".Test" in creator.function
    return started_by_test and place.operation in _URGENT and _gave_up(capture) and capture.format == "crash"
