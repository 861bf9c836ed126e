r"""Reads crash reports, each into one record: the runtime's messages, goroutines, registers, and the program's end.

    panic: runtime error: invalid memory address or nil pointer dereference
    [signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x51e8e2]

    goroutine 19 [running]:
    main.load(...)
        /src/m/main.go:14
    exit status 2

The goroutines are read like those of any dump (`dump.py`), all other lines by the grammar (`crash.lark`).
"""

from dataclasses import replace

from debugtext.formats.crash_lines import BEGINNINGS, terminal_of
from debugtext.formats.crashes._report import ReportReader
from debugtext.formats.passed_below import as_passed
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture
from debugtext.records.goroutines import GoroutineDump


def recognizes(line: str) -> bool:
    """Whether a line begins a crash report."""
    return terminal_of(line) in BEGINNINGS


def parse(cursor: Cursor) -> Capture:
    """Reads one report: from the lines above its first panic to the exit status of the program."""
    from debugtext.formats.crashes._record import crash_of  # noqa: PLC0415 - it imports Lark
    from debugtext.formats.crashes.recovered import read_lone_places  # noqa: PLC0415

    text, start = cursor.text, cursor.position
    report = ReportReader(cursor).read()
    dump = report.dump
    if dump is not None and dump.last_line == report.last_line:
        dump.finish()
    crash, problems = crash_of(report)
    last_line = report.last_line
    if dump is None and crash.panics and (stack := read_lone_places(cursor)):
        crash = replace(crash, dump=GoroutineDump(stack.columns.goroutines), crashed_id=0)
        last_line = stack.last_line
    capture = Capture(
        format="crash",
        first_line=report.first_line,
        last_line=last_line,
        body=crash,
        problems=problems,
        truncated=dump is not None and dump.truncated,
    )
    return as_passed(cursor, text, start, capture)
