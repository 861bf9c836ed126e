"""The rule about tests that timed out: which tests, and what they wait for."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers.crash_facts.asleep import needed
from debugtext.analyzers.crash_facts.crashing import CrashRule, places_of_crash
from debugtext.analyzers.crash_facts.panic_frames import is_cut
from debugtext.analyzers.crash_facts.running_tests import (
    Waiting,
    is_guessed,
    names_of_tests,
    root_of,
    test_of,
    timeout_of,
    waiting_tests,
)
from debugtext.analyzers.crashes.hung_test import BLOCKED, waiting_with
from debugtext.analyzers.locks.reported import with_lock
from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Verdict, location_of
from debugtext.records.frames import Frame
from debugtext.records.goroutines import Goroutine, GoroutineDump
from debugtext.stacks.operations import IO, Operation
from debugtext.stacks.places import Place
from debugtext.stacks.waiting import operation_of
from debugtext.stacks.wording import minutes, named_with_line

_MOST_STANDS_NAMED = 5
"""How many tests' goroutines the evidence lists."""
_PEER_ADVICE = "The test's goroutine waits here for somebody outside: see who should answer, and give it a deadline."
_ADVICE = {
    Operation.RUNNING: "The test's goroutine was running in this function: see whether it loops, or give the test more "
    "time (-timeout).",
    Operation.SLEEP: "The test's goroutine was asleep in this function: find the condition that it polls for, and let "
    "it give up in time.",
    Operation.SYSCALL: "The test's goroutine waits here for a system call, mostly the end of a child process: give it "
    "a deadline.",
    **dict.fromkeys(IO | {Operation.ACCEPT}, _PEER_ADVICE),
}
"""What to do about tests that do not wait for another goroutine of the program to send, close or unlock."""
_ACTIVE = {Operation.RUNNING: "running", Operation.SLEEP: "asleep"}
_PAUSES = frozenset({Operation.SELECT, Operation.SLEEP})
_POLLING_ADVICE = (
    "The goroutine pauses here and polls: find the condition in its caller that never comes true, and set a deadline."
)
_NOT_SHOWN_ADVICE = "Its goroutine is not in the text: look at the whole output, and at what this test starts."
_CUT_OFF_ADVICE = (
    "That goroutine may be the test's: see who should send, close or unlock there, and look at the whole output."
)
_RUNNERS = ("testing.", "main.main", "time.goFunc", "runtime.")


class TestTimeout(CrashRule):
    """`go test` ended the process because a test took longer than -timeout.

    **What it sees.** `panic: test timed out after …`, the list of running tests, and the goroutines of those tests. If
    that line is cut off, one of two traces will do: the alarm of `-timeout` on a stack
    (`testing.(*M).startAlarm.func1`), or `FAIL package 600.0s`, a round ten minutes, below the goroutines (then it is
    only likely). If a lock rule reports these goroutines, the holder of the lock is named first: the test waits for it
    in the end.

    **Why it is trouble.** A package that runs into the timeout mostly hangs, and more time will not help. If DT212 sees
    that the same goroutine hangs, this finding says so.

    **When it is not.** When the timeout is a few seconds and the machine is slow: then the test's goroutine is running,
    or waits for something that was about to come.

    **What to do.** Open the first function: it is where the test's own goroutine is, not the test runner's.
    """

    __test__ = False

    id = "DT608"
    name = "test-timeout"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    advice = "See what this test waits for, and give it a deadline."
    advice_of_waits: ClassVar = (
        "The test's goroutine stands in this function: see who should {} there, and give it a deadline."
    )
    fires_on: ClassVar = ("crash/test-hang-go1.27.txt", "pasted/test-hang-cut.txt")
    quiet_on: ClassVar = ("crash/test-panic-go1.27.txt", "crash/synctest-deadlock-go1.27.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each report of a timeout in the newest input."""
        for name, capture in subject.captures():
            if crash := timeout_of(subject, capture):
                found = self.tell(subject, name, crash)
                yield replace(found, certainty=Certainty.LIKELY) if is_guessed(crash) else found

    def tell(self, subject: Subject, name: str, crash: Crash) -> Finding:
        """Names the running tests, the frame in which the first of them waits, and what is blocked besides it."""
        found = super().tell(subject, name, crash)
        tests = names_of_tests(crash)
        all_waiting = [*waiting_tests(subject, crash, tests)] or [*_shown_apart(subject, crash, tests)]
        evidence = {**found.evidence, "running_tests": tests}
        names = " and ".join(tests[:2]) or "a test"
        roots = [test.partition("/")[0] for test in tests]
        if not all_waiting:
            return _without_the_test(subject, crash, replace(found, evidence=evidence), names, roots)
        goroutine, front, operation = all_waiting[0]
        evidence = {**_id_of(goroutine), **evidence}
        stand_in = [f"{at.function}: {what}" for _, at, what in all_waiting if not at.function.startswith(_RUNNERS)]
        if len(stand_in) > 1:
            evidence["tests_stand_in"] = stand_in[:_MOST_STANDS_NAMED]
        others = _waiting_with(subject, crash, goroutine)
        if others:
            evidence["waits_with_it"] = [other.with_line for other in others]
        company = (*roots[:1], *(other.function for other in others[:3]), *_own_main(subject, crash))
        functions = (front.function, *company, *found.functions)
        who = _who(crash, goroutine, names, roots)
        caller = _caller(subject, all_waiting[0])
        found = replace(
            found,
            title=f"{found.evidence['reason']}: {who} {_stands(all_waiting[0])}{caller}",
            advice=_POLLING_ADVICE
            if caller
            else _ADVICE.get(operation, self.advice_of_waits.format(needed(operation))),
            functions=tuple(dict.fromkeys(f for f in functions if f))[:MOST_FUNCTIONS],
            location=location_of(front),
            stack=goroutine.stack,
            first_line=goroutine.line,
            evidence=evidence,
        )
        return with_lock(subject, crash, found) if operation in BLOCKED | {Operation.SELECT} else found

    def evidence(self, crash: Crash, goroutine: Goroutine | None) -> dict[str, object]:
        """The facts of the report, without a goroutine: the main one only waits for the tests; `tell` adds another."""
        del goroutine
        return super().evidence(crash, None)


def _who(crash: Crash, goroutine: Goroutine, names: str, roots: list[str]) -> str:
    """The tests that ran, and which of them the goroutine runs; in a text put together by hand, perhaps another one."""
    other = test_of(goroutine)
    if crash.tests and other and other not in roots:
        were, are = ("were", "goroutines are") if len(roots) > 1 else ("was", "goroutine is")
        return f"{names} {were} still running, whose own {are} not in the text; {other} is"
    return f"{names} were still running, {root_of(goroutine, roots) or 'one'}" if len(roots) > 1 else names


def _stands(waiting: Waiting) -> str:
    """Where a test's goroutine stands, and what it waits for."""
    goroutine, front, operation = waiting
    if active := _ACTIVE.get(operation):
        return f"{active} in {front.function}"
    return f"stuck in {front.function}, {operation.doing}{minutes(goroutine.state.waiting_minutes or 0)}"


def _caller(subject: Subject, waiting: Waiting) -> str:
    """`, called by f (a.go:7)`: the own caller, in another package, of a function that only pauses between attempts."""
    goroutine, front, operation = waiting
    frames = goroutine.stack.frames
    if operation not in _PAUSES or front not in frames or not subject.ownership.is_own(front):
        return ""
    below = (frame for frame in frames[frames.index(front) + 1 :] if subject.ownership.is_own(frame))
    caller = next((frame for frame in below if frame.package != front.package), None)
    return f", called by {named_with_line(caller)}" if caller is not None else ""


def _shown_apart(subject: Subject, crash: Crash, tests: list[str]) -> Iterator[Waiting]:
    """The goroutines that tests run on in the other dumps of the input; for a report that shows none itself."""
    for dump in subject.once(_dumps_apart):
        yield from waiting_tests(subject, replace(crash, dump=dump), tests)


def _dumps_apart(subject: Subject) -> list[GoroutineDump]:
    return [capture.body for _, capture in subject.captures() if isinstance(capture.body, GoroutineDump)]


def _without_the_test(subject: Subject, crash: Crash, found: Finding, names: str, roots: list[str]) -> Finding:
    """The finding if no stack is known to be a test's: it names the tests, and the only stack that is cut, if any."""
    shown = [f for f in _functions(crash) if f.rpartition(".")[2] in roots]
    rest = (function for function in found.functions if not function.startswith(_RUNNERS))
    title = f"{found.evidence['reason']}: {names} {'were' if len(roots) > 1 else 'was'} still running"
    found = replace(found, title=title, functions=tuple(dict.fromkeys((*shown, *roots, *rest))), location=None)
    cut = _cut_off(subject, crash)
    if cut is None:
        return replace(found, advice=_NOT_SHOWN_ADVICE)
    goroutine, front, operation = cut
    waits = f"{operation.doing}{minutes(goroutine.state.waiting_minutes or 0)}"
    return replace(
        found,
        title=f"{title}; goroutine {goroutine.id}, of which the end is cut off, stands in {front.function}, {waits}",
        functions=tuple(dict.fromkeys((front.function, *found.functions)))[:MOST_FUNCTIONS],
        location=location_of(front),
        stack=goroutine.stack,
        first_line=goroutine.line,
        evidence={**_id_of(goroutine), **found.evidence},
        advice=_CUT_OFF_ADVICE,
    )


def _id_of(goroutine: Goroutine) -> dict[str, object]:
    """The goroutine's id as evidence, if the text has it."""
    return {"goroutine": goroutine.id} if goroutine.id else {}


def _cut_off(subject: Subject, crash: Crash) -> tuple[Goroutine, Frame, Operation] | None:
    """The only blocked goroutine of own code whose outermost frames are missing; None if there are several, or none."""
    found = []
    for one in crash.dump.goroutines:
        front, operation = subject.ownership.own_frame(one.stack), operation_of(one.stack, one.state)
        if front is not None and is_cut(one.stack) and operation in BLOCKED | {Operation.SELECT}:
            found.append((one, front, operation))
    return found[0] if len(found) == 1 else None


def _waiting_with(subject: Subject, crash: Crash, test: Goroutine) -> list[Place]:
    """The places that are blocked besides a test's goroutine; none if the test itself is not blocked."""
    places = places_of_crash(subject, crash)
    own = next((place for place in places if place.stack == test.stack and place.operation in BLOCKED), None)
    return waiting_with(own, places) if own is not None else []


def _functions(crash: Crash) -> Iterator[str]:
    """All functions on the stacks of a crash."""
    return (function for goroutine in crash.dump.goroutines for function in goroutine.stack.functions)


def _own_main(subject: Subject, crash: Crash) -> tuple[str, ...]:
    """The main goroutine's own frame: `main.main` of the test binary."""
    first = next((goroutine for goroutine in crash.dump.goroutines if goroutine.id == 1), None)
    front = subject.ownership.own_frame(first.stack) if first else None
    return (front.function,) if front else ()
