"""The lines about problems for standard error: what could not be read, where, and what stood there."""

from typing import TYPE_CHECKING

from debugtext.renderers.untrusted import one_line

if TYPE_CHECKING:
    from debugtext.records.captures import Problem
    from debugtext.records.reports import Report

PROGRAM = "debugtext: "
PROBLEMS_SHOWN = 5
LONGEST = 400
"""A problem's line is cut after this many characters, about five lines of a terminal: it may quote any text."""
FOUND_SHOWN = 60
"""How many characters of the text that was found are quoted."""


def problem_lines(report: "Report") -> list[str]:
    """A line for the first problem of each kind in each input, with the number of those like it, then one for the rest.

    They begin as a compiler's messages do, `heap.txt:7: …`, so that editors can jump there.
    """
    kinds: dict[tuple[int, str, str], list[Problem]] = {}
    for number, reading in enumerate(report.readings):
        for problem in reading.all_problems():
            if problem.line:
                kinds.setdefault((number, problem.message, problem.expected), []).append(problem)
    first_kinds = list(kinds.items())[:PROBLEMS_SHOWN]
    shown = [_line(report.readings[number].name, alike) for (number, _, _), alike in first_kinds]
    if left := sum(map(len, kinds.values())) - sum(len(alike) for _, alike in first_kinds):
        shown.append(f"{PROGRAM}… and {left:,} more (--format json lists all)")
    return shown


def screen_lines(text: list[str], width: int) -> int:
    """How many lines of a terminal these lines take."""
    return sum(max(-(-len(line) // width), 1) for line in text)


def _line(name: str, alike: "list[Problem]") -> str:
    """The line about some problems of one kind: the first of them, and how many more there are."""
    place = f"{'standard input' if name == '-' else name}:{alike[0].line}"
    more = f" ({len(alike) - 1:,} more like it)" if len(alike) > 1 else ""
    return PROGRAM + _cut(one_line(f"{place}: {_in_words(alike[0])}"), LONGEST - len(PROGRAM) - len(more)) + more


def _in_words(problem: "Problem") -> str:
    expected = f": expected {problem.expected}" if problem.expected else ""
    found = f', found "{_cut(problem.found, FOUND_SHOWN)}"' if problem.found else ""
    return f"{problem.message}{expected}{found}"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
