"""Classifies the lines of a crash report outside of its goroutines, and says which may stand above and below."""

from functools import lru_cache, partial

from debugtext.formats.grammar import any_of, terminal
from debugtext.formats.limits import LONGEST_GO_LINE

line_of = partial(terminal, "crash")

PANICS = ("PANIC", "CHAINED_PANIC", "GLUED_PANIC", "LOGGED_PANIC", "HTTP_PANIC", "OBSERVED_PANIC")
FATALS = ("FATAL", "CHAINED_FATAL", "GLUED_FATAL")
RECOVERED = ("LOGGED_PANIC", "HTTP_PANIC", "OBSERVED_PANIC")
"""Panics from which the program recovered and runs on: one goroutine follows, and the report ends behind it."""

MARKS = ("[recovered]", "[recovered, repanicked]")
"""What the runtime appends to the message of a recovered panic."""

BEGINNINGS = (
    *("PANIC", "LOGGED_PANIC", "HTTP_PANIC", "OBSERVED_PANIC", "GLUED_PANIC"),
    *("FATAL", "GLUED_FATAL", "PC", "EXCEPTION", "SIGNAL"),
)
"""The lines that begin a report. `SIGQUIT: quit` is found from the line below it, because logs may say it too."""

ABOVE = ("RUNTIME_MESSAGE", "RUNTIME_DETAIL", "SIGNAL_NAME", "STARTED_TEST", "FAILED_TEST", "KILLED")
"""The lines that belong to a report if they stand directly above its first line."""

BEHIND = ("REGISTERS", "DASHES", "INSTRUCTIONS", "EXIT_STATUS", "FAIL", "FAILED_PACKAGE", "KILLED")
"""The lines that may follow the goroutines of a report."""

AT_EXIT = ("EXIT_STATUS", "FAIL", "FAILED_PACKAGE", "KILLED")
"""What the parent (a shell, `go run`, `go test`) prints about a program that has ended."""

RUNS_ON = ("STARTED_TEST", "PAUSED_TEST", "PASSED_TEST", "FAILED_TEST", "PASS", "PASSED_PACKAGE")
"""What `go test` prints about tests while the program runs on, or about the next program: the crash did not end it."""

OF_TESTS = (*RUNS_ON, "FAILED_PACKAGE")
"""All that `go test` prints about tests and packages."""

_KINDS = (
    "OBSERVED_PANIC",
    *("PANIC", "CHAINED_PANIC", "LOGGED_PANIC", "FATAL", "CHAINED_FATAL"),
    *("SIGNAL", "SIGNAL_NAME", "PC", "IN_C", "EXCEPTION", "INSTRUCTIONS", "DASHES"),
    *("STARTED_TEST", "PAUSED_TEST", "PASSED_TEST", "FAILED_TEST", "PASSED_PACKAGE", "FAILED_PACKAGE"),
    *("PASS", "FAIL", "KILLED", "EXIT_STATUS"),
    *("HTTP_PANIC", "REGISTERS", "RUNTIME_MESSAGE", "RUNTIME_DETAIL", "GLUED_PANIC", "GLUED_FATAL"),
)
"""In the order of the terminals' priorities."""

LONGEST_REMEMBERED = 400
"""Longer lines are not cached: messages are seldom repeated, and may be very long."""


def terminal_of(line: str) -> str | None:
    """The terminal of the grammar that a line is; None for other text."""
    if len(line) <= LONGEST_REMEMBERED:
        return _terminal_of(line)
    if len(line) <= LONGEST_GO_LINE:
        return _terminal_of.__wrapped__(line)
    kind = _terminal_of.__wrapped__(line[:LONGEST_GO_LINE])
    return kind if kind in (*PANICS, *FATALS) else None  # only messages may be of any length


def is_of_tests(line: str) -> bool:
    """Whether a line is printed by `go test` about a test or a package."""
    return line.startswith(("--- ", "=== ", "FAIL", "PASS", "SKIP", "ok ")) and terminal_of(line) in OF_TESTS


@lru_cache(maxsize=1 << 10)
def _terminal_of(line: str) -> str | None:
    match = any_of("crash", *_KINDS).fullmatch(line + "\n")
    kind = match and match.lastgroup
    return None if kind and kind.startswith("GLUED") and not _is_printed(line) else kind


def _is_printed(line: str) -> bool:
    """Whether the text in front of `panic: ` looks printed (several words), and is not the key of a setting."""
    return " " in line.rpartition("panic: ")[0] or " " in line.rpartition("fatal error: ")[0]
