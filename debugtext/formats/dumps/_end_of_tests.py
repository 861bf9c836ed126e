"""Reads what `go test` prints below a dump whose first lines are cut off: how long the tests of the package took.

    exit status 2
    FAIL	example.com/m	600.013s

A package that fails with a dump of all goroutines after ten minutes, or a multiple of them, ran into its timeout
(`-timeout`, by default 10m).
"""

from collections.abc import Sequence
from dataclasses import replace

from debugtext.formats.crash_lines import is_of_tests, line_of
from debugtext.formats.dumps.dump_lines import BEGINNING, is_of_stack
from debugtext.formats.passed_below import as_passed
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash, TestRun
from debugtext.records.goroutines import GoroutineDump

_TIMEOUT_SECONDS = 600
_MOST_SHARE_LATE = 0.01
"""By this share the package takes longer than its timeout: it has to start, and to print the goroutines."""


def end_above_tests(lines: Sequence[str], index: int, end: int) -> int:
    """The end of a goroutine that begins at `index`: the first line of `go test` about a test or package, or `end`.

    Such a line in the middle of a stack is no end: another writer printed it.
    """
    for number in range(index + 1, end):
        if lines[number].startswith(BEGINNING):
            break
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if is_of_tests(lines[number]) and not is_of_stack(below):
            return number
    return end


def as_ended(cursor: Cursor, text: str, start: int, capture: Capture) -> Capture:
    """A dump with what `go test` prints below it about the end of its tests; it began at `start` in `text`."""
    if cursor.text.startswith(("FAIL", "exit status "), cursor.position):
        return as_timeout(cursor, capture)
    return as_passed(cursor, text, start, capture)


def as_timeout(cursor: Cursor, capture: Capture) -> Capture:
    """A dump as the report of a timeout, if the line below it says so; the cursor then moves behind that line."""
    lines = cursor.lines()
    index = at = cursor.index_at(cursor.position)
    if lines[at].startswith("exit status ") and at + 1 < len(lines):
        at += 1
    match = line_of("FAILED_PACKAGE").fullmatch(lines[at] + "\n")
    if match is None or not isinstance(capture.body, GoroutineDump):
        return capture
    package = TestRun(match["package"], float(match["package_seconds"]), failed=True)
    minutes = _timeout_minutes(package.seconds or 0)
    if not minutes:
        return capture
    last_line = cursor.piece.line_at(at)
    cursor.skip_lines(at + 1 - index)
    reason = f"test timed out after {minutes}m0s"
    crash = Crash("test-timeout", reason, capture.body, package=package, line=capture.first_line)
    return replace(capture, format="crash", body=crash, last_line=last_line)


def _timeout_minutes(seconds: float) -> int:
    """The timeout that a package ran into, in minutes; 0 if it took some other time."""
    timeouts = int(seconds // _TIMEOUT_SECONDS)
    late = seconds - timeouts * _TIMEOUT_SECONDS
    return timeouts * _TIMEOUT_SECONDS // 60 if late <= _MOST_SHARE_LATE * seconds else 0
