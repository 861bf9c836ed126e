r"""Reads reports of github.com/sasha-s/go-deadlock about locks, each into a crash record of the kind `lock-report`.

    POTENTIAL DEADLOCK:
    Previous place where the lock was grabbed
    goroutine 7 lock 0x1b32cb8580e0
    main.go:21 main.(*Bank).Hold { b.accounts.Lock() } <<<<<

    Have been trying to lock it again for more than 30s
    goroutine 1 lock 0x1b32cb8580e0
    main.go:14 main.(*Bank).Pay { b.accounts.Lock() } <<<<<

    Here is what goroutine 7 doing now
    goroutine 7 [chan receive]:
    main.(*Bank).Hold(0x1b32cb8580e0, 0x1b32cb8aa070)
        /src/bank/main.go:22 +0x4b

The goroutines in a report are read like those of any dump (`dump.py`).
"""

from debugtext.formats.dumps.written import Writing, read_written
from debugtext.formats.interleaved import Taken, take
from debugtext.formats.reports._lock_report_lines import BEFORE_GOROUTINES, Lines, line_of, terminal_of
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.goroutines import GoroutineDump
from debugtext.records.lock_reports import LockPlace

KIND = "lock-report"


def recognizes(line: str) -> bool:
    """Whether a line begins a report about locks."""
    return terminal_of(line) == "TITLE"


def parse(cursor: Cursor) -> Capture:
    """Reads one report, with the goroutines in it."""
    from debugtext.formats.reports._lock_report_transformer import read_places  # noqa: PLC0415 - it imports Lark

    lines = Lines(cursor)
    taken = take(cursor, lines.belongs, lines.ends)
    if not cursor.more() and not cursor.text.endswith("\n"):
        _leave_out_cut_name(taken)
    places_taken, goroutines = _apart(taken)
    places = read_places(places_taken.text, places_taken.numbers)
    reader = read_written(goroutines.piece()) if goroutines.lines else None
    crash = Crash(
        kind=KIND,
        reason=_reason(taken.lines[0], places),
        dump=GoroutineDump(() if reader is None else reader.columns.goroutines),
        locks=places,
        line=taken.numbers[0],
    )
    problems = (*taken.problems("a line of the report about locks"), *(reader.problems if reader else ()))
    ordered = tuple(sorted(problems, key=lambda problem: problem.line))
    truncated = not places or (reader is not None and reader.truncated)
    return Capture("crash", taken.numbers[0], taken.last_line, crash, ordered, truncated=truncated)


def _leave_out_cut_name(taken: Taken) -> None:
    """Removes a frame at the text's end if its name may be cut off: nothing stands behind the name."""
    frame = line_of("FRAME").fullmatch(taken.lines[-1])
    if frame and taken.lines[-1].rstrip("\n").endswith(frame["function"]):
        taken.lines.pop()
        taken.numbers.pop()


def _apart(taken: Taken) -> tuple[Taken, Writing]:
    """The lines about locks, and the goroutines; a list of all goroutines replaces the single one printed before."""
    own, goroutines = Taken(), Writing()
    in_goroutines = False
    for line, number in zip(taken.lines, taken.numbers, strict=True):
        text = line.removesuffix("\n")
        kind = terminal_of(text)
        if kind is not None:
            in_goroutines = kind in BEFORE_GOROUTINES
            goroutines = Writing() if kind == "ALL_GOROUTINES" else goroutines
        if in_goroutines and kind is None:
            goroutines.as_printed(text, number)
        elif text.strip():
            own.lines.append(line)
            own.numbers.append(number)
    return own, goroutines


def _reason(title: str, places: tuple[LockPlace, ...]) -> str:
    """The reason in the title (`Inconsistent locking`); if it has none, how long a lock was waited for."""
    match = line_of("TITLE").fullmatch(title)
    said = match["deadlock"].partition(".")[0].partition(",")[0].strip(" :\t") if match else ""
    waited = next((place.waited for place in places if place.waited), "")
    return said or (f"a lock was waited for longer than {waited}" if waited else "potential deadlock")
