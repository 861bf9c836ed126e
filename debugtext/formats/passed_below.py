"""Reads what `go test` prints below a crash: if the test or its package has passed, the program went on.

    === RUN   TestRecovers
    panic: no such user
    --- PASS: TestRecovers (0.00s)

A test may recover its panic, or print a panic of another program. The passed test counts if it was the last one to
start above the crash, or is on the crash's stack; an `ok` of a package counts if one of its tests is on the stack. A
crash of another package, whose end is not in the text, stays a crash.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from debugtext.formats.crash_lines import line_of
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash, TestRun
from debugtext.records.frames import Stack
from debugtext.records.goroutines import GoroutineDump

NEAR = 1 << 16
"""How many characters above and below the crash are searched."""
_NEAR_TOP = 8
_PANICS = frozenset({"panic", "runtime.gopanic", "runtime.sigpanic"})
_MARKS = ("--- PASS: ", "--- SKIP: ", "\nok ")
_ENDS = ("\nFAIL", "\nexit status ", "\n*** Test killed")
"""A process has failed: the tests that pass below are another process's."""
_BEGINNINGS = ("\n=== RUN ", "\n=== CONT ", "\n=== NAME ")
_RESULTS = ("\n--- PASS: ", "\n--- FAIL: ", "\n--- SKIP: ", "\nPASS\n", "\nFAIL", "\nok ")
_TESTS = ("Test", "Fuzz", "Benchmark", "Example")


def as_passed(cursor: Cursor, text: str, start: int, capture: Capture) -> Capture:
    """The capture, with the test or package that passed below it, if any; its text began at `start` in `text`."""
    body, end = capture.body, cursor.position + NEAR
    if not isinstance(body, (Crash, GoroutineDump)):
        return capture
    if not _tells_of_passes(cursor.text):
        return capture
    below = "\n" + cursor.text[cursor.position : end]
    if isinstance(body, Crash):
        if _has_ended(body):
            return capture
        crashed = body.crashed or next(iter(body.goroutines), None)
    else:
        crashed = body.goroutines[0]
        if crashed.state.status != "running" or _PANICS.isdisjoint(crashed.stack.functions[:_NEAR_TOP]):
            return capture
    around = _Around(crashed.stack if crashed is not None else Stack(), "\n" + text[max(start - NEAR, 0) : start])
    passed = around.passed(below)
    if passed is None:
        return capture
    if isinstance(body, GoroutineDump):
        body = Crash("panic", "", body, crashed_id=body.goroutines[0].id, line=capture.first_line)
    return replace(capture, format="crash", body=_with(body, passed))


@lru_cache(maxsize=1)
def _tells_of_passes(text: str) -> bool:
    """Whether anything passed; cached, because a text without tests may hold many crashes."""
    return any(mark in text for mark in _MARKS)


def _has_ended(crash: Crash) -> bool:
    """Whether the report itself says that its test or process ended."""
    is_killed = crash.killed_after_seconds is not None or crash.exit_status is not None
    return is_killed or crash.package is not None or any(test.failed for test in crash.tests)


def _with(crash: Crash, passed: re.Match[str]) -> Crash:
    """The crash with the test or package that passed; it was no timeout, which would have ended the test."""
    kind = "panic" if crash.kind == "test-timeout" else crash.kind
    if name := passed.groupdict().get("passed_package"):
        seconds = passed["passed_package_seconds"]
        return replace(crash, kind=kind, package=TestRun(name, float(seconds) if seconds else None, passed=True))
    run = TestRun(passed["passed_test"], float(passed["passed_seconds"]), passed=True)
    others = (test for test in crash.tests if test.name != run.name)
    return replace(crash, kind=kind, tests=(*others, run))


@dataclass(frozen=True, slots=True)
class _Around:
    """The stack of a crash and the text above it, which show in which test it happened."""

    stack: Stack
    above: str

    def passed(self, below: str) -> re.Match[str] | None:
        """The line below the crash that says that the test or its package passed; None if it failed, or none does."""
        shown = {frame.package.removesuffix("_test") for frame in self.stack.frames}
        if any(f"\nFAIL\t{package}\t" in below for package in shown):
            return None
        tests = self._tests()
        before = below[: _first_of((*_ENDS, *(f"--- FAIL: {test} (" for test in tests)), below)]
        own = [f"--- {result}: {test} (" for test in tests for result in ("PASS", "SKIP")]
        at = _first_of(own, before)
        if at < len(before):
            return line_of("PASSED_TEST").fullmatch(_line_at(before, at))
        if not self.stack.frames and not tests:
            end = _first_of(("\nPASS\nok ",), before[: _first_of(("\n=== ",), before)])
            return line_of("PASSED_PACKAGE").fullmatch(_line_at(before, end + len("\nPASS\n")))
        return self._passed_package(before)

    def _passed_package(self, below: str) -> re.Match[str] | None:
        """The line that says that a package with a test on the stack passed; None if there is none."""
        frames = (frame for frame in self.stack.frames if _test_in(frame.function))
        at = _first_of({f"\nok  \t{frame.package.removesuffix('_test')}\t" for frame in frames}, below)
        return line_of("PASSED_PACKAGE").fullmatch(_line_at(below, at + 1)) if at < len(below) else None

    def _tests(self) -> set[str]:
        """The names of the tests in which it may have happened; for a subtest also the name of its parent test."""
        started = self._started()
        root, _, part = started.partition("/")
        own = {name for function in self.stack.functions if (name := _test_in(function))}
        return own | {started, root} - {""} if not own or own & {root, part.rpartition("/")[2]} else own

    def _started(self) -> str:
        """The last test that began above the crash; empty if any test has ended since."""
        at = max(self.above.rfind(beginning) for beginning in _BEGINNINGS)
        if at < 0 or _first_of(_RESULTS, self.above[at:]) < len(self.above) - at:
            return ""
        match = line_of("STARTED_TEST").fullmatch(_line_at(self.above, at + 1))
        return match["started_test"] if match else ""


def _first_of(words: Iterable[str], text: str) -> int:
    """The place of the first of these words; the end of the text if it holds none."""
    return min((at for word in words if (at := text.find(word)) >= 0), default=len(text))


def _line_at(text: str, position: int) -> str:
    """The line at this position, with its line end."""
    end = text.find("\n", position)
    return text[text.rfind("\n", 0, position) + 1 : end if end >= 0 else len(text)] + "\n"


def _test_in(function: str) -> str:
    """The name of the test that a function belongs to: `TestGet` for shop/cart.TestGet.func1; empty if none."""
    parts = function.rpartition("/")[2].split(".")[1:]
    return next((part for part in parts if part.startswith(_TESTS)), "")
