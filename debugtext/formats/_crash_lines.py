"""The lines of a crash report outside of its goroutines: which kind each is, and what may follow what."""

from functools import lru_cache, partial

from debugtext.formats._grammar import any_of, terminal
from debugtext.formats._limits import LONGEST_GO_LINE

line_of = partial(terminal, "crash")

PANICS = ("PANIC", "CHAINED_PANIC", "GLUED_PANIC", "LOGGED_PANIC", "HTTP_PANIC", "OBSERVED_PANIC")
FATALS = ("FATAL", "CHAINED_FATAL", "GLUED_FATAL")
RECOVERED = ("LOGGED_PANIC", "HTTP_PANIC", "OBSERVED_PANIC")
"""The program has recovered and runs on: one goroutine follows, and nothing of the report behind it."""

MARKS = ("[recovered]", "[recovered, repanicked]")
"""What the runtime writes at the end of a panic's text."""

BEGINNINGS = (
    *("PANIC", "LOGGED_PANIC", "HTTP_PANIC", "OBSERVED_PANIC", "GLUED_PANIC"),
    *("FATAL", "GLUED_FATAL", "PC", "EXCEPTION", "SIGNAL"),
)
"""What begins a report. `SIGQUIT: quit` is found from the line below it: a log may say such words too."""

ABOVE = ("RUNTIME_MESSAGE", "RUNTIME_DETAIL", "SIGNAL_NAME", "STARTED_TEST", "FAILED_TEST", "KILLED")
"""What may stand directly above the line that begins a report, and belongs to it."""

BEHIND = ("REGISTERS", "DASHES", "INSTRUCTIONS", "EXIT_STATUS", "FAIL", "FAILED_PACKAGE", "KILLED")
"""What may follow the goroutines of a report."""

AT_EXIT = ("EXIT_STATUS", "FAIL", "FAILED_PACKAGE", "KILLED")
"""What another program says of the one that has ended."""

RUNS_ON = ("STARTED_TEST", "PAUSED_TEST", "PASSED_TEST", "FAILED_TEST", "PASS", "PASSED_PACKAGE")
"""What `go test` says of a program that runs on, or of the next one: what a test has printed is no report then."""

OF_TESTS = (*RUNS_ON, "FAILED_PACKAGE")
"""What `go test` says of tests and packages."""

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


def terminal_of(line: str) -> str | None:
    """The terminal of the grammar that a line is; None for plain text."""
    if len(line) <= LONGEST_REMEMBERED:
        return _terminal_of(line)
    if len(line) <= LONGEST_GO_LINE:
        return _terminal_of.__wrapped__(line)
    kind = _terminal_of.__wrapped__(line[:LONGEST_GO_LINE])
    return kind if kind in (*PANICS, *FATALS) else None  # a message goes on to the line's end, however long it is


def is_of_tests(line: str) -> bool:
    """Whether `go test` says this of a test or a package, behind whatever has been printed before."""
    return line.startswith(("--- ", "=== ", "FAIL", "PASS", "SKIP", "ok ")) and terminal_of(line) in OF_TESTS


@lru_cache(maxsize=1 << 10)
def _terminal_of(line: str) -> str | None:
    match = any_of("crash", *_KINDS).fullmatch(line + "\n")
    kind = match and match.lastgroup
    return None if kind and kind.startswith("GLUED") and not _is_printed(line) else kind


def _is_printed(line: str) -> bool:
    """Whether the text glued to the front of `panic: ` is a print's: several words, not a key of some settings."""
    return " " in line.rpartition("panic: ")[0] or " " in line.rpartition("fatal error: ")[0]
