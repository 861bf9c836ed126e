"""Problems as lines for standard error: what could not be read, where, and what stood there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from debugtext.renderers.untrusted import one_line

if TYPE_CHECKING:
    from debugtext.records.captures import Problem
    from debugtext.records.reports import Report

PROGRAM = "debugtext: "
PROBLEMS_SHOWN = 5
LONGEST = 158
FOUND_SHOWN = 60


def problem_lines(report: "Report") -> list[str]:
    """The first few problems of the inputs, a line each, and how many more there are.

    `heap.txt:7: a sample was expected, found "…"`, as compilers say it, so that editors can jump there.
    """
    messages = list(_messages(report))
    shown = [PROGRAM + _cut(message, LONGEST - len(PROGRAM)) for message in messages[:PROBLEMS_SHOWN]]
    if left := len(messages) - len(shown):
        shown.append(f"{PROGRAM}… and {left:,} more (--format json lists all)")
    return shown


def screen_lines(text: list[str], width: int) -> int:
    """How many lines of a terminal these lines take."""
    return sum(max(-(-len(line) // width), 1) for line in text)


def _messages(report: "Report") -> Iterator[str]:
    for reading in report.readings:
        name = "standard input" if reading.name == "-" else reading.name
        for problem in reading.all_problems():
            if problem.line:
                yield one_line(f"{name}:{problem.line}: {_in_words(problem)}")


def _in_words(problem: "Problem") -> str:
    expected = f": expected {problem.expected}" if problem.expected else ""
    found = f', found "{_cut(problem.found, FOUND_SHOWN)}"' if problem.found else ""
    return f"{problem.message}{expected}{found}"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
