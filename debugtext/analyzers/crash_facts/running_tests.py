"""Which tests ran when `go test` gave up, for how long, and on which goroutines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from debugtext.analyzers.crash_facts.which_rule import rule_of
from debugtext.analyzers.rule_families import TIMEOUT
from debugtext.analyzers.subject import Subject
from debugtext.durations import seconds_in_words, seconds_of
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.frames import Frame, split_package
from debugtext.records.goroutines import Goroutine, GoroutineDump
from debugtext.stacks.operations import Operation
from debugtext.stacks.waiting import named_functions, operation_of

Waiting = tuple[Goroutine, Frame, Operation]
"""(a goroutine that a test runs on, the frame to open, what the goroutine waits for)."""
_Birth = tuple[str, int | None]
"""(the function that started a goroutine, the id of the goroutine that called it, if it is printed)."""
WAITS_FOR_TESTS = "testing.(*T).Run"
_WAITS_FOR_TURN = "testing.(*T).Parallel"
_RUNNERS = (WAITS_FOR_TESTS, _WAITS_FOR_TURN, "testing.runTests", "testing.(*M).startAlarm")
_ALARMS = frozenset({"testing.(*M).startAlarm.func1", "testing.startAlarm.func1", "testing.alarm"})
"""Functions of the goroutine by which testing stops a run that takes too long."""
_RUNS = "testing.tRunner"
_NAMED, _UNKNOWN, _ANOTHER = range(3)
"""The order in which goroutines are named: those of tests that ran, those of unknown tests, those of other tests."""
_RUNS_SPECS = "/ginkgo/v2/internal.(*Suite).runNode"
_MINUTE = 60.0


def timeout_of(subject: Subject, capture: Capture) -> Crash | None:
    """The report of a test that timed out; None if it did not.

    A report whose first line is cut off is recognised by the goroutine of testing's alarm, which only a timeout starts.
    """
    return subject.once(_timeout_of, capture)


def _timeout_of(subject: Subject, capture: Capture) -> Crash | None:
    """What `timeout_of` returns, computed once for each capture."""
    body = capture.body
    if isinstance(body, Crash) and rule_of(body) == TIMEOUT:
        return body
    dump = body.dump if isinstance(body, Crash) and not rule_of(body) else body
    if not isinstance(dump, GoroutineDump):
        return None
    places = subject.company(capture).places
    if not any(_ALARMS.intersection(place.stack.functions[:2]) for place in places):
        return None
    crash = Crash("test-timeout", "test timed out", dump, line=capture.first_line)
    ran = longest_seconds(crash)
    return replace(crash, reason=f"{crash.reason} after {seconds_in_words(ran)} or more") if ran else crash


def is_guessed(crash: Crash) -> bool:
    """Whether only the time that the package took suggests a timeout: there is no message and no alarm's stack."""
    said = bool(crash.panics) or crash.killed_after_seconds is not None or crash.package is None
    return not said and not any(_ALARMS.intersection(one.stack.functions[:2]) for one in crash.goroutines)


def longest_seconds(crash: Crash) -> float:
    """The seconds that the slowest test ran, by the report's list (since Go 1.20), else by how long testing waited.

    Go counts waits from the next garbage collection on. If none has run, no wait is printed, and the test may have run
    for all of the time that the tests were given.
    """
    if crash.tests:
        return max(test.seconds or 0 for test in crash.tests)
    waits = (one.state.waiting_minutes or 0 for one in crash.goroutines if WAITS_FOR_TESTS in one.stack.functions)
    known = max(max(waits, default=0) * _MINUTE, crash.killed_after_seconds or 0)
    if known or any(one.state.waiting_minutes for one in crash.goroutines):
        return known
    return seconds_of(crash.reason.rpartition(" ")[2]) or 0


def names_of_tests(crash: Crash) -> list[str]:
    """The tests that ran: those that the report lists, else those on the stacks."""
    return _innermost([test.name for test in crash.tests]) or _on_stacks(crash)


def waiting_tests(subject: Subject, crash: Crash, tests: list[str]) -> Iterator[Waiting]:
    """The goroutines that tests run on, without those that only run or wait for other tests.

    Goroutines of `tests` come first, those that surely belong to another test last.
    """
    roots = {test.partition("/")[0] for test in tests}
    found = []
    for goroutine in crash.dump.goroutines:
        functions = goroutine.stack.functions
        is_cut = goroutine.stack.created_by is None and bool(root_of(goroutine, roots))
        if not (is_cut or _RUNS in functions) or named_functions(goroutine.stack)[0] in _RUNNERS:
            continue
        front = subject.ownership.front_frame(goroutine.stack)
        if front is None or front.function.startswith("testing."):  # a test of the standard library
            front = next((frame for frame in goroutine.stack.frames if _is_test(_outer_name(frame.function))), None)
        if front is None:
            continue
        shown, front = _spec_of(subject, crash, goroutine) or (goroutine, front)
        rank = _NAMED if root_of(goroutine, roots) else _ANOTHER if test_of(goroutine) else _UNKNOWN
        found.append((rank, shown, front, operation_of(shown.stack, shown.state)))
    found.sort(key=lambda item: item[0])
    if not found:
        return _specs(subject, crash)
    return ((goroutine, front, operation) for _, goroutine, front, operation in found)


def root_of(goroutine: Goroutine, roots: Iterable[str]) -> str:
    """The first of these tests that is on a goroutine's stack; empty if none is."""
    on_stack = {_outer_name(function) for function in goroutine.stack.functions}
    return next((root for root in roots if root in on_stack), "")


def test_of(goroutine: Goroutine) -> str:
    """The test that a goroutine surely runs; empty if that is not sure.

    It is sure if the main goroutine started it: a subtest's goroutine is started by its test.
    """
    functions = goroutine.stack.functions
    outer = functions[: functions.index(_RUNS)][-1:] if _RUNS in functions else ()
    name = _outer_name(outer[0]) if outer and goroutine.parent_id == 1 else ""
    return name if _is_test(name) else ""


def _specs(subject: Subject, crash: Crash) -> Iterator[Waiting]:
    """The goroutines that ginkgo runs specs on: ginkgo's own report does not show the goroutine of the Go test."""
    for goroutine in crash.dump.goroutines:
        creator, front = goroutine.stack.created_by, subject.ownership.own_frame(goroutine.stack)
        if creator is not None and creator.function.endswith(_RUNS_SPECS) and front is not None:
            yield goroutine, front, operation_of(goroutine.stack, goroutine.state)


def _spec_of(subject: Subject, crash: Crash, test: Goroutine) -> tuple[Goroutine, Frame] | None:
    """The goroutine in which a library runs own code for a test whose goroutine waits for it; None if there is none.

    ginkgo runs each spec that way, so that it can give it up (internal/suite.go runNode).
    """
    is_own = subject.ownership.is_own
    waits_in = {frame.function for frame in takewhile(lambda frame: not is_own(frame), test.stack.frames)}
    started = subject.once(_first_started, crash.dump)
    found = (started.get((name, parent)) for name in waits_in for parent in (None, test.id))
    first = min(filter(None, found), key=lambda one: one[0], default=None)
    return first and first[1:]


def _first_started(subject: Subject, dump: GoroutineDump) -> dict[_Birth, tuple[int, Goroutine, Frame]]:
    """For each function and goroutine that started others: the first of these with own code.

    Each as (position in the dump, goroutine, own frame).
    """
    found: dict[_Birth, tuple[int, Goroutine, Frame]] = {}
    for position, one in enumerate(dump.goroutines):
        creator, front = one.stack.created_by, subject.ownership.own_frame(one.stack)
        if creator is not None and front is not None:
            found.setdefault((creator.function, one.parent_id), (position, one, front))
    return found


def _on_stacks(crash: Crash) -> list[str]:
    """The test functions on the stacks, without TestMain, and without tests in Parallel, which have not begun."""
    stacks = [one.stack.functions for one in crash.goroutines]
    begun = [functions for functions in stacks if _WAITS_FOR_TURN not in functions]
    return _named_tests(begun) or _named_tests(stacks)


def _named_tests(stacks: Iterable[tuple[str, ...]]) -> list[str]:
    return sorted(filter(_is_test, {_outer_name(function) for stack in stacks for function in stack}))


def _is_test(name: str) -> bool:
    return name.startswith("Test") and name != "TestMain"


def _outer_name(function: str) -> str:
    """A function's name without its package; for a closure, the name of the function around it."""
    return split_package(function)[1].partition(".")[0]


def _innermost(tests: list[str]) -> list[str]:
    """Each test once, without tests that only wait for one of their subtests in the list."""
    outer = {test[: slash.start()] for test in tests for slash in re.finditer("/", test)}
    return [test for test in dict.fromkeys(tests) if test not in outer]
