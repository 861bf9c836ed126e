"""The rule about tests that hang: the test's own goroutine waits for others that wait too."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from debugtext.analyzers.crash_facts.asleep import needed
from debugtext.analyzers.crash_facts.crashing import is_snapshot
from debugtext.analyzers.crash_facts.owed_done import owing
from debugtext.analyzers.crash_facts.running_tests import (
    WAITS_FOR_TESTS,
    longest_seconds,
    names_of_tests,
    timeout_of,
    waiting_tests,
)
from debugtext.analyzers.crashes.all_asleep import has_returned
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.stacks.operations import CHANNELS, LOCKS, SURE_MINUTES, Operation
from debugtext.stacks.places import Place
from debugtext.stacks.wording import minutes

BLOCKED = CHANNELS | LOCKS | {Operation.WAIT_GROUP, Operation.CONDITION, Operation.SEMAPHORE}
_URGENT = LOCKS | {Operation.SEND, Operation.WAIT_GROUP}
"""Waits that hold other goroutines up."""
_MOST_PLACES_NAMED = 5
"""How many places that wait with the test the evidence lists."""
_MORE_TIME = "more time (-timeout) would not help"
_ADVICE = "Find out which of the named functions should {}, and why that does not happen."
_ALONE_ADVICE = "Nobody else waits with it: who should {} has returned, or never began."
_OWING_ADVICE = "The test waits until this goroutine calls Done: find out who should {}, and why that does not happen."


class HungTest(Rule):
    """A test waits on a channel, a lock or a WaitGroup for goroutines that are blocked themselves.

    **What it sees.** A goroutine below `testing.tRunner` that is blocked, other than in the runner's own Run or
    Parallel, while nothing that could wake it seems to be active. For a test that timed out (DT608): it ran for a
    minute or more and is blocked or not in the text, or all other goroutines are blocked too, however short the timeout
    was. If DT608 reports the same goroutine, only DT608 is shown, and it says this too.

    **Why it is trouble.** Nobody is left who could wake the test: it ends by the timeout, and more time will not help.

    **When it is not.** While parallel tests still run, or a timer is about to fire. So a test beside running code of
    your own must have waited for a minute, and one beside code that sleeps or selects briefly for three, unless it
    panicked because it had waited too long.

    **What to do.** Open the first function; the others named are the goroutines that wait with the test. If a goroutine
    that should call Done for it is stuck, that one comes first.
    """

    id = "DT212"
    name = "hung-test"
    verdict = Verdict.DEADLOCK
    certainty = Certainty.LIKELY
    thresholds: ClassVar = {"hang_seconds": 60}
    fires_on: ClassVar = ("crash/test-hang-minute-go1.26.txt", "crash/test-hang-go1.27.txt")
    quiet_on: ClassVar = ("crash/synctest-deadlock-go1.27.txt", "crash/test-panic-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each goroutine of a test that hangs; at most one for a test that timed out."""
        for name, capture in subject.captures():
            if not is_snapshot(subject, capture) or has_returned(capture.body):
                continue
            if timeout := timeout_of(subject, capture):
                yield from self._out_of_time(subject, capture, timeout, name)
                continue
            places = subject.company(capture).places
            least = _least_minutes(places)
            for place in places:
                if is_blocked_test(place, capture) and (place.oldest_minutes >= least or _gave_up(capture)):
                    yield self._tell(subject, place, places)

    def _out_of_time(self, subject: Subject, capture: Capture, crash: Crash, name: str) -> Iterator[Finding]:
        """The finding about a test that timed out and is blocked, or not in the text: more time would not help it."""
        tests = names_of_tests(crash)
        waiting = next(waiting_tests(subject, crash, tests), None)
        places = subject.company(capture).places
        if longest_seconds(crash) < self.threshold(subject, "hang_seconds") and (not waiting or _may_be_woken(places)):
            return
        if waiting is None:
            if tests or waiting_with(None, places):
                yield self._unseen(tests, places, (name, crash.line))
        elif waiting[2] in BLOCKED:
            place = next(place for place in places if place.stack == waiting[0].stack)
            yield self._tell(subject, place, places, title=f"a test hangs in {place.function}: {_MORE_TIME}")

    def _tell(self, subject: Subject, place: Place, places: Sequence[Place], title: str = "") -> Finding:
        victims = waiting_with(place, places)
        title = title or f"a test hangs in {place.function}, {place.waits_for}{minutes(place.oldest_minutes)}"
        owes = owing(subject, place, victims)
        shown = [place, *victims[:3]]
        advice = (_ADVICE if victims else _ALONE_ADVICE).format(needed(place.operation))
        if owes is not None:
            shown = [owes, *(one for one in shown if one is not owes)]
            title = f"{title}; who should call Done is stuck in {owes.function}, {owes.waits_for}"
            advice = _OWING_ADVICE.format(needed(owes.operation))
        return self.place_finding(
            subject,
            title,
            shown,
            severity=Severity.WARNING,
            evidence={
                "oldest_minutes": place.oldest_minutes,
                "waits_with_it": [other.with_line for other in victims if other is not owes],
            },
            advice=advice,
        )

    def _unseen(self, tests: list[str], places: Sequence[Place], source: tuple[str, int]) -> Finding:
        """The finding about a test whose goroutine is not in the text: its name, and which functions are blocked."""
        blocked = waiting_with(None, places)
        first = blocked[0] if blocked else None
        seen = "its goroutine is not in the text"
        if first:
            seen = f"blocked: {first.function}, {first.waits_for}{minutes(first.oldest_minutes)}"
        functions = (*(place.function for place in blocked), *(test.partition("/")[0] for test in tests))
        return self.finding(
            f"{tests[0] if tests else 'a test'} hangs; {seen}",
            severity=Severity.WARNING,
            functions=tuple(dict.fromkeys(functions))[:MOST_FUNCTIONS],
            front=first.front if first else None,
            stack=first.stack if first else None,
            source=source,
            evidence={"running_tests": tests},
            advice="Look at the whole text for that test's goroutine: where it stands, and who should wake it.",
        )


def waiting_with(test: Place | None, places: Sequence[Place]) -> list[Place]:
    """The places that are blocked besides the test; those that hold others up come first.

    Tests that only wait for a subtest are left out, and so are goroutines that an init function started (loops of
    loggers mostly), if other places are blocked.
    """
    victims = [place for place in places if place.operation in BLOCKED and place.own and not place.idle]
    victims = [place for place in victims if WAITS_FOR_TESTS not in place.stack.functions]
    victims.sort(key=lambda place: place.operation not in _URGENT)
    others = [place for place in victims if place is not test]
    return ([place for place in others if not _is_of_init(place)] or others)[:_MOST_PLACES_NAMED]


def _is_of_init(place: Place) -> bool:
    """Whether a package's init function (`log.init.0`) started the goroutines, before any test began."""
    creator = place.stack.created_by
    return creator is not None and creator.name.partition(".")[0] == "init"


def _may_be_woken(places: Sequence[Place]) -> bool:
    """Whether a goroutine is active, or in a select that a timer may end: it may still wake the test."""
    return any(place.operation not in BLOCKED and not place.idle and place.front is not None for place in places)


def _least_minutes(places: Sequence[Place]) -> int:
    """How many minutes a test must have waited: more if own code sleeps or selects briefly, 1 if own code runs."""
    active = {place.operation for place in places if place.own and not place.idle and not place.oldest_minutes}
    if active & {Operation.SLEEP, Operation.SELECT}:
        return SURE_MINUTES
    return 1 if Operation.RUNNING in active else 0


def _gave_up(capture: Capture) -> bool:
    """Whether the test itself panicked: among snapshots, only because it had waited too long."""
    return isinstance(capture.body, Crash) and bool(capture.body.panics)


def is_blocked_test(place: Place, capture: Capture) -> bool:
    """Whether a place is a test's own goroutine, blocked in own code.

    In a test that gave up waiting, also a goroutine that the test started.
    """
    functions = place.stack.functions
    if place.operation not in BLOCKED or place.front is None or place.idle or place.function.startswith("testing."):
        return False
    if "testing.tRunner" in functions:
        return WAITS_FOR_TESTS not in functions and "TestMain" not in place.function
    creator = place.stack.created_by
    started_by_test = creator is not None and ".Test" in creator.function
    return started_by_test and place.operation in _URGENT and _gave_up(capture) and capture.format == "crash"
