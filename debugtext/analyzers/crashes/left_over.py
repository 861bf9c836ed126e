"""The rule about goroutines that a test left behind, as goleak or leaktest found them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.crash_facts.asleep import NEVER_MADE, NO_CASES
from debugtext.analyzers.crash_facts.panic_frames import is_cut
from debugtext.analyzers.crash_facts.which_rule import rule_of
from debugtext.analyzers.evidence.birth_order import MAIN_ID
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Severity, Verdict
from debugtext.records.frames import Frame, split_package
from debugtext.records.goroutines import GoroutineDump
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import LOCKS, Operation
from debugtext.stacks.places import Place
from debugtext.stacks.wording import CUT_OFF, goroutines

_USUAL_ADVICE = "Close or cancel what this test opened before it returns (t.Cleanup), and wait for the goroutine."
_LOCK_ADVICE = (
    "See who has this lock and does not release it: a return or a panic before Unlock, or a wait while it is held. "
    "Closing what the test opened does not help."
)
_SENDER_ADVICE = (
    "Nobody has received what it sends: give the channel a buffer, or select on a context's Done beside the send, and "
    "end it before the test returns."
)
_RECEIVER_ADVICE = (
    "Nobody has sent or closed the channel: close it, or cancel its context, before the test returns (t.Cleanup), and "
    "wait for the goroutine."
)
_ADVICE = {
    Operation.SEND: _SENDER_ADVICE,
    Operation.RECEIVE: _RECEIVER_ADVICE,
    Operation.RANGE: _RECEIVER_ADVICE,
    **dict.fromkeys((Operation.NIL_SEND, Operation.NIL_RECEIVE), NEVER_MADE),
    Operation.NO_CASES: NO_CASES,
    **dict.fromkeys(LOCKS, _LOCK_ADVICE),
}
_INIT_ADVICE = (
    "The package starts it once, when it is initialised: no test opened it, and no Close ends it. Let the checker "
    "ignore it (`goleak.IgnoreTopFunction` with this function's name)."
)
_SYSTEM_ADVICE = (
    "The runtime has started it for itself (for `go test -trace`, say): no test opened it. Let the checker ignore it."
)
_MAIN_ADVICE = (
    "Goroutine 1 is that of the test binary itself, which no test has started: a newer version of the checker knows it."
)
_TIMER_ADVICE = (
    "A timer has just fired, and its function is at work: it mostly ends at once, so that the next run of the test may "
    "not list it."
)
_RUNS_TESTS, _STARTS_TIMERS, _AT_WORK = "testing.(*M).Run", "time.goFunc", ("runnable", "running")
_TRACE_ADVICE = "A test has started a trace (runtime/trace) that goes on: call trace.Stop before it returns."
_OF_TRACES = ("runtime.ReadTrace", "runtime/trace.")
_RUNTIME = ("runtime.", "runtime/trace.", "testing.")
_NEXT, _MOST_LINES_BETWEEN = "Goroutine ", 2
_UNKNOWN = frozenset({Operation.SYSTEM, Operation.UNKNOWN})


class LeftOver(Rule):
    """A test ended and goroutines that it had started did not.

    **What it sees.** The reports of go.uber.org/goleak (`found unexpected goroutines`) and of leaktest. If the head of
    a goleak list is cut off, the goroutine right above the list counts as its first entry.

    **Why it is trouble.** What a test leaves behind, a server leaves behind at every request or restart.

    **When it is not.** A goroutine of the runtime or of the test binary itself is a note, and so is a timer's function
    at work. One that a package's init starts once for the process fails the test, though no test can end it: a warning,
    until goleak is told to ignore it. Another one may simply have had no time to end.

    **What to do.** Open the first function and the creator named after it, and Close or cancel what the test had
    opened. If the goroutine waits for a lock, find out who holds it: no Close helps there.
    """

    id = "DT105"
    name = "left-over-goroutine"
    verdict = Verdict.LEAK
    certainty = Certainty.CERTAIN
    fires_on: ClassVar = ("crash/goleak-go1.26.txt",)
    quiet_on: ClassVar = ("crash/synctest-left-go1.27.txt", "crash/test-hang-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each function, however many tests left goroutines in it."""
        left: dict[str, list[Place]] = {}
        for place in _left(subject):
            left.setdefault(place.function, []).append(place)
        for places in left.values():
            crowd = Crowd(tuple(sorted(places, key=lambda place: -place.count)))
            creator = crowd.first.stack.created_by
            shown = () if is_cut(crowd.first.stack) else crowd.first.stack.functions
            where = crowd.first.function or next(iter(shown), CUT_OFF)
            waiting = _waiting(crowd)
            started = f", started by {creator.function}" if creator else ""
            severity, advice = _severity_and_advice(subject, crowd, waiting)
            found = self.place_finding(
                subject,
                f"{goroutines(crowd.count)} left over by a test in {where}{waiting}{started}",
                list(crowd.places),
                severity=severity,
                evidence={"goroutines": crowd.count, "found_by": _found_by(crowd)},
                advice=advice,
            )
            yield found if where != CUT_OFF else replace(found, functions=())


def _severity_and_advice(subject: Subject, crowd: Crowd, waiting: str) -> tuple[Severity, str]:
    if harmless := _why_harmless(subject, crowd):
        return Severity.NOTE, harmless
    creator = crowd.first.stack.created_by
    if creator is not None and _is_init(creator):
        return Severity.WARNING, _INIT_ADVICE
    return Severity.ERROR, _what_to_do(crowd, waiting)


def _what_to_do(crowd: Crowd, waiting: str) -> str:
    """What ends the goroutines: what is known about the library, else by what they wait for."""
    if any(function.startswith(_OF_TRACES) for function in crowd.first.stack.functions):
        return _TRACE_ADVICE
    known = (library.advice for library in crowd.first.libraries if not library.noted and not library.slots)
    return next(known, _ADVICE.get(crowd.operation, _USUAL_ADVICE) if waiting else _USUAL_ADVICE)


def _why_harmless(subject: Subject, crowd: Crowd) -> str:
    """The advice about goroutines that no test has opened; empty for others.

    What the runtime runs for `go test` itself goroutine 1 has started; a test is another goroutine.
    """
    stack, creator, state = crowd.first.stack, crowd.first.stack.created_by, crowd.first.group.state
    if _RUNS_TESTS in stack.functions:
        return _MAIN_ADVICE
    if creator is not None and creator.function == _STARTS_TIMERS and state is not None and state.status in _AT_WORK:
        return _TIMER_ADVICE
    if crowd.operation is Operation.SYSTEM and stack.functions and all(map(_is_of_runtime, stack.functions)):
        parents = subject.members(crowd.first.capture).parents_of_all(crowd.places)
        return _SYSTEM_ADVICE if parents <= {MAIN_ID} else ""
    return ""


def _is_of_runtime(function: str) -> bool:
    return function.startswith(_RUNTIME)


def _is_init(creator: Frame) -> bool:
    """Whether the creator is an init function (`init`, `init.0`), and not a closure (`init.func1`) that runs later."""
    first, _, number = split_package(creator.function)[1].partition(".")
    return first == "init" and (not number or number.isdigit())


def _left(subject: Subject) -> Iterator[Place]:
    """The places of the goroutines that the reports list, and of a first one whose heading is cut off."""
    above: Capture | None = None
    for _, capture in subject.captures():
        if _is_report(capture.body):
            if above is not None and _is_cut_off(above, capture):
                yield from (place for place in subject.company(above).places if place.idle is None)
            yield from subject.company(capture).places
        above = capture


def _is_cut_off(above: Capture, report: Capture) -> bool:
    """Whether a single goroutine right above a list is its first entry, and the list's heading is cut off.

    goleak writes ` Goroutine 604 in state …` between the entries, and lists no goroutine that runs.
    """
    dump, body = above.body, report.body
    if not isinstance(dump, GoroutineDump) or not isinstance(body, Crash) or body.kind != "goleak":
        return False
    is_near = report.first_line - above.last_line <= _MOST_LINES_BETWEEN and body.reason.startswith(_NEXT)
    return is_near and len(dump.goroutines) == 1 and dump.goroutines[0].state.status not in {"running", ""}


def _waiting(crowd: Crowd) -> str:
    """What all goroutines of the crowd wait for, in words that follow a name; empty if they differ."""
    operation = crowd.operation
    if operation in _UNKNOWN or any(place.operation is not operation for place in crowd.places):
        return ""
    return f", {crowd.first.waits_for}"


def _found_by(crowd: Crowd) -> str:
    """The checker that found the goroutines: `goleak`, `leaktest`."""
    kinds = (place.capture.body.kind for place in crowd.places if isinstance(place.capture.body, Crash))
    return next(kinds, "goleak")


def _is_report(body: object) -> bool:
    """Whether a capture lists only left-over goroutines."""
    return isinstance(body, Crash) and rule_of(body) == "DT105"
