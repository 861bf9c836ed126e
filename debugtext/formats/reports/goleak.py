r"""Reads the reports of leak checkers: go.uber.org/goleak, leaktest, and counts of equal stacks (`2 instances of:`).

    --- FAIL: TestGoleak (0.44s)
        a_test.go:5: found unexpected goroutines:
            [Goroutine 19 in state chan receive, with example.com/m.stuck on top of the stack:
            example.com/m.stuck(...)
                /src/m/a_test.go:3
            ]

The stacks are written as a dump, in which each line knows its original number, and read like any dump (`dump.py`).
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from debugtext.formats.crashes.above import lines_above
from debugtext.formats.dumps.dump import recognizes as is_header
from debugtext.formats.dumps.repair import CUT_OFF, NOWHERE
from debugtext.formats.dumps.written import Writing, bounded_copies, read_written
from debugtext.formats.interleaved import Taken
from debugtext.formats.reports._goleak_lines import take_report, terminal_of
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem
from debugtext.records.crashes import Crash
from debugtext.records.goroutines import GoroutineDump

if TYPE_CHECKING:
    from debugtext.formats.reports._goleak_transformer import Leak


def recognizes(line: str) -> bool:
    """Whether a line begins a leak checker's report."""
    return terminal_of(line) is not None


def parse(cursor: Cursor) -> Capture | None:
    """Reads one report; None if no goroutine follows the heading."""
    from debugtext.formats.crashes.transformer import read_facts  # noqa: PLC0415 - they import Lark
    from debugtext.formats.reports._goleak_transformer import read_leaks  # noqa: PLC0415

    above = [f"{line}\n" for line, _, kind in lines_above(cursor) if kind in ("FAILED_TEST", "STARTED_TEST")]
    taken = take_report(cursor)
    report = read_leaks(taken.text)
    if not any(leak.stack or leak.top for leak in report.leaks):
        return None
    reader = read_written(_written(report.leaks, taken).piece())
    problems = [*taken.problems("a line of the leaked goroutines' stacks"), *reader.problems]
    problems += [
        Problem(number, "a line of a goroutine that has lost its heading: left out", found=line.strip()[:120])
        for number, line in zip(taken.numbers, taken.lines[: report.leaks[0].index], strict=False)
        if terminal_of(line) is None
    ]
    is_cut = bool(report.leaks[-1].top) and not taken.text.endswith("]\n")
    if is_cut and not reader.truncated:
        problems.append(Problem(taken.last_line, CUT_OFF, expected="the stack of the goroutine"))
    crash = Crash(
        kind=report.leaks[0].checker,
        reason=report.heading or report.leaks[0].words,
        dump=GoroutineDump(reader.columns.goroutines),
        tests=tuple(replace(fact.value, failed=True) for fact in read_facts("".join(above))),
        line=taken.numbers[0],
    )
    ordered = tuple(sorted(problems, key=lambda problem: problem.line))
    return Capture("crash", taken.numbers[0], taken.last_line, crash, ordered, truncated=reader.truncated or is_cut)


def _written(leaks: "tuple[Leak, ...]", taken: Taken) -> Writing:
    """The leaked goroutines written as a dump, in which each line knows its original number."""
    writing = Writing()
    for leak, copies in zip(leaks, bounded_copies(leak.count for leak in leaks), strict=True):
        header = leak.header if is_header(leak.header) else "goroutine 0 []:"
        first = taken.numbers[leak.index]
        for _ in range(copies):
            writing.printed_header(header, first)
            for line in (f"{leak.top}(...)", NOWHERE) if leak.top else ():
                writing.as_printed(line, first)
            for line, number in zip(leak.stack, taken.numbers[leak.index + leak.below :], strict=False):
                writing.as_printed(line.removesuffix("\n"), number)
    return writing
