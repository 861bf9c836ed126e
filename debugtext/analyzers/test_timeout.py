"""Tests that ran out of time: which ones, and what they wait for."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from debugtext.analyzers._rule import MOST_FUNCTIONS, Subject
from debugtext.analyzers.crashing import CrashRule
from debugtext.analyzers.waiting import Operation, named_functions, operation_of
from debugtext.analyzers.wording import minutes
from debugtext.records.crashes import Crash
from debugtext.records.findings import Certainty, Finding, Location, Verdict
from debugtext.records.frames import Frame
from debugtext.records.goroutines import Goroutine

_RUNNERS = ("testing.(*T).Run", "testing.(*T).Parallel", "testing.runTests", "testing.(*M).startAlarm")


class TestTimeout(CrashRule):
    """`go test` ended the process because a test took longer than -timeout.

    **What it sees.** `panic: test timed out after …`, the list of running tests, and the goroutines of those tests.

    **Why it is trouble.** A package that takes exactly the timeout hangs; more time will not help.

    **When it is not.** A timeout of a few seconds on a slow machine: then the test's goroutine is running, or waits for
    something that was about to come.

    **What to do.** Open the first function: it is where the test's own goroutine stands, not the test runner's.
    """

    __test__ = False

    id = "DT608"
    name = "test-timeout"
    verdict = Verdict.CRASH
    certainty = Certainty.CERTAIN
    advice = (
        "The test's goroutine stands in this function: see who should send, close or unlock there, and "
        "give it a deadline."
    )
    fires_on: ClassVar = ("crash/test-hang-go1.27.txt",)
    quiet_on: ClassVar = ("crash/test-panic-go1.27.txt",)

    def tell(self, subject: Subject, name: str, crash: Crash) -> Finding:
        """Names the running tests, and the frame in which the first of them waits."""
        found = super().tell(subject, name, crash)
        tests = [test.name for test in crash.tests] or running_tests(crash)
        waiting = list(test_goroutines(subject, crash, tests))
        evidence = {**found.evidence, "running_tests": tests}
        names = " and ".join(tests[:2]) or "a test"
        if not waiting:
            cut = [test.partition("/")[0] for test in tests]
            functions = tuple(dict.fromkeys((*cut, *found.functions)))
            title = f"{found.evidence['reason']}: {names} still ran"
            return replace(found, title=title, functions=functions, evidence=evidence)
        goroutine, front, operation = waiting[0]
        outermost = own_main(subject, crash)
        functions = (front.function, tests[0].partition("/")[0] if tests else "", *outermost, *found.functions)
        evidence["waits_for"] = str(operation)
        old = minutes(goroutine.state.waiting_minutes or 0)
        return replace(
            found,
            title=f"{found.evidence['reason']}: {names} stuck in {front.function}, {operation}{old}",
            functions=tuple(dict.fromkeys(f for f in functions if f))[:MOST_FUNCTIONS],
            location=Location(front.file, front.line) if front.file else None,
            stack=goroutine.stack,
            first_line=goroutine.line,
            evidence=evidence,
        )


def test_goroutines(subject: Subject, crash: Crash, tests: list[str]) -> Iterator[tuple[Goroutine, Frame, Operation]]:
    """The goroutines that tests run on, without the runner's; those of the tests that are said to run come first."""
    roots = {test.partition("/")[0] for test in tests}
    found = []
    for goroutine in crash.dump.goroutines:
        functions = goroutine.stack.functions
        if "testing.tRunner" not in functions or named_functions(goroutine.stack)[0] in _RUNNERS:
            continue
        front = subject.ownership.front_frame(goroutine.stack)
        if front is None or front.function.startswith("testing."):
            continue
        named = any(f.rpartition("/")[2].split(".")[1:2] == [root] for f in functions for root in roots)
        found.append((not named, goroutine, front, operation_of(goroutine.stack, goroutine.state)))
    found.sort(key=lambda item: item[0])
    return ((goroutine, front, operation) for _, goroutine, front, operation in found)


test_goroutines.__test__ = False  # type: ignore[attr-defined]


def running_tests(crash: Crash) -> list[str]:
    """The test functions on stacks, for versions of Go that do not print which tests ran (before 1.20)."""
    names = {
        function.rpartition("/")[2].split(".")[1]
        for goroutine in crash.dump.goroutines
        if "testing.tRunner" in goroutine.stack.functions
        for function in goroutine.stack.functions
        if ".Test" in function
    }
    return sorted(name for name in names if name.startswith("Test"))


def own_main(subject: Subject, crash: Crash) -> tuple[str, ...]:
    """The main goroutine's own frame: `main.main` of the test binary."""
    first = next((goroutine for goroutine in crash.dump.goroutines if goroutine.id == 1), None)
    front = subject.ownership.own_frame(first.stack) if first else None
    return (front.function,) if front else ()
