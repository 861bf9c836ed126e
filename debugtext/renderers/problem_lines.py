"""Problems as lines for standard error: what could not be read, where, and what stood there."""

from typing import TYPE_CHECKING

from debugtext.renderers.untrusted import one_line

if TYPE_CHECKING:
    from debugtext.records.captures import Problem
    from debugtext.records.reports import Report

PROGRAM = "debugtext: "
PROBLEMS_SHOWN = 5
LONGEST = 400
"""Four lines of a terminal: all that a problem of ours says, whatever a text has put into it."""
FOUND_SHOWN = 60


def problem_lines(report: "Report") -> list[str]:
    """The first problem of each kind and input, a line each, with how many more of it and of other kinds there are.

    `heap.txt:7: a sample was expected, found "…"`, as compilers say it, so that editors can jump there.
    """
    kinds: dict[tuple[int, str, str], list[Problem]] = {}
    for number, reading in enumerate(report.readings):
        for problem in reading.all_problems():
            if problem.line:
                kinds.setdefault((number, problem.message, problem.expected), []).append(problem)
    told = list(kinds.items())[:PROBLEMS_SHOWN]
    shown = [_line(report.readings[number].name, alike) for (number, _, _), alike in told]
    if left := sum(map(len, kinds.values())) - sum(len(alike) for _, alike in told):
        shown.append(f"{PROGRAM}… and {left:,} more (--format json lists all)")
    return shown


def screen_lines(text: list[str], width: int) -> int:
    """How many lines of a terminal these lines take."""
    return sum(max(-(-len(line) // width), 1) for line in text)


def _line(name: str, alike: "list[Problem]") -> str:
    """The first of some problems of one kind."""
    place = f"{'standard input' if name == '-' else name}:{alike[0].line}"
    more = f" ({len(alike) - 1:,} more like it)" if len(alike) > 1 else ""
    return PROGRAM + _cut(one_line(f"{place}: {_in_words(alike[0])}"), LONGEST - len(PROGRAM) - len(more)) + more


def _in_words(problem: "Problem") -> str:
    expected = f": expected {problem.expected}" if problem.expected else ""
    found = f', found "{_cut(problem.found, FOUND_SHOWN)}"' if problem.found else ""
    return f"{problem.message}{expected}{found}"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
