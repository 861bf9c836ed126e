r"""Reads reports of the race detector, each into one capture.

==================
WARNING: DATA RACE
Write at 0x00c000094090 by goroutine 11:
  main.main.func5()
      /src/m/race.go:25 +0x48

Previous write at 0x00c000094090 by main goroutine:
  main.main()
      /src/m/race.go:26 +0x3e9

Goroutine 11 (running) created at:
  main.main()
      /src/m/race.go:25 +0x3c5
==================
"""

from functools import partial
from itertools import takewhile

from debugtext.formats.grammar import terminal
from debugtext.formats.interleaved import Taken, take
from debugtext.formats.recovery import HALF_LOCATION
from debugtext.formats.reports.lock_report import KIND
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem
from debugtext.records.crashes import Crash
from debugtext.records.goroutines import GoroutineDump
from debugtext.records.races import RaceReport

MOST_LINES = 400
"""How many lines of stacks behind the closing bar are taken."""
WARNING = "WARNING: DATA RACE"
DEADLOCK = "WARNING: DEADLOCK"
"""From the deadlock detector of the race runtime: read as a report about locks."""
HEADINGS = ("ACCESS", "HEAP_BLOCK", "GLOBAL", "CREATION", "LOCKING", "LOCKED")
STACK_LINES = ("FUNCTION", "LOCATION", "HALF_LOCATION", "UNKNOWN_STACK")
ENDING = ("SUM", "EXIT_STATUS")

line_of = partial(terminal, "race")


def recognizes(line: str) -> bool:
    """Whether a line begins a race report, or the rest of one; the bar above it proves nothing."""
    is_warning = line in (WARNING, DEADLOCK)
    match = None if is_warning else line_of("ACCESS").fullmatch(line + "\n")
    return is_warning or (match is not None and match["address"] is not None)


def parse(cursor: Cursor) -> Capture:
    """Reads one report up to its closing bar, and the lines about races at the program's end."""
    from debugtext.formats.reports._race_transformer import read_locks, read_report  # noqa: PLC0415 - it imports Lark

    is_of_locks = cursor.line() == DEADLOCK
    first_line = cursor.line_number()
    if cursor.text.endswith("=" * 18 + "\n", 0, cursor.position):
        first_line = cursor.piece.line_at(cursor.index_at(cursor.position) - 1)  # the bar above
    lines = Lines()
    taken = take(cursor, lines.belongs, lines.ends)
    problems = list(taken.problems("a line of the race report"))
    problems += drop_stray_lines(taken)
    problems += _half_locations(taken)
    if not lines.closed:
        found = cursor.line() if cursor.position < len(cursor.text) else ""
        line = cursor.line_number() if found.strip() else taken.last_line
        problems.append(Problem(line, "the race report ends before its closing bar", "a line of 18 =", found[:120]))
    else:
        problems += _behind_bar(cursor)
    report: object
    if is_of_locks:
        locks = read_locks(taken.text, taken.numbers)
        reason = (
            "locks are taken in a circle" if any(place.role == "after" for place in locks) else "a lock is taken twice"
        )
        report = Crash(KIND, reason, GoroutineDump(()), locks=locks, line=taken.numbers[0])
    else:
        is_alone = taken.lines == [f"{WARNING}\n"]  # in a hostile text each line may be one: spare Lark
        report = RaceReport((), line=taken.last_line) if is_alone else read_report(taken.text, taken.numbers)
    return Capture(
        format="crash" if is_of_locks else "race",
        first_line=first_line,
        last_line=taken.last_line,
        body=report,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        truncated=not lines.closed,
    )


def _half_locations(taken: Taken) -> list[Problem]:
    """A problem for each location that was cut off at a right margin."""
    return [
        Problem(number, HALF_LOCATION, "the rest of the line", line.strip()[:120])
        for line, number in zip(taken.lines, taken.numbers, strict=True)
        if line_of("HALF_LOCATION").fullmatch(line) and not line_of("LOCATION").fullmatch(line)
    ]


def _behind_bar(cursor: Cursor) -> list[Problem]:
    """Takes and reports the lines of stacks directly behind the closing bar: they belong inside the report."""
    index = cursor.index_at(cursor.position)
    strays = list(
        takewhile(lambda line: _is_one_of(STACK_LINES, line + "\n"), cursor.lines()[index : index + MOST_LINES])
    )
    cursor.skip_lines(len(strays))
    message = "a line of a stack behind the end of the race report"
    return [Problem(cursor.piece.line_at(index + number), message, "", line) for number, line in enumerate(strays)]


class Lines:
    """Decides for one line after the other whether it belongs to the report; `closed`: the closing bar has passed."""

    def __init__(self) -> None:
        self.closed = False

    def belongs(self, line: str) -> bool:
        """Whether a line is printed by the race detector."""
        if self.closed:
            return _is_one_of(ENDING, line + "\n")
        self.closed = line_of("BAR").fullmatch(line + "\n") is not None
        return self.closed or _is_one_of((*HEADINGS, *STACK_LINES), line + "\n")

    def ends(self, line: str) -> bool:
        """Whether a line can only stand behind the report."""
        if line in (WARNING, DEADLOCK):
            return True
        return self.closed and not _is_one_of(ENDING, line + "\n")


def drop_stray_lines(taken: Taken) -> list[Problem]:
    """Removes the lines of stacks that have lost the line above them; returns a problem for each."""
    problems, kept, numbers = [], [], []
    in_part = behind_function = False
    for line, number in zip(taken.lines, taken.numbers, strict=True):
        is_place = _is_one_of(("LOCATION", "HALF_LOCATION"), line)
        if (is_place and not behind_function) or (_is_one_of(("FUNCTION", "UNKNOWN_STACK"), line) and not in_part):
            expected = "a function before its place" if is_place else "the access before its stack"
            problems.append(
                Problem(number, "a stack in this race report has lost its beginning", expected, line.strip())
            )
            continue
        kept.append(line)
        numbers.append(number)
        behind_function = line_of("FUNCTION").fullmatch(line) is not None
        in_part = in_part or _is_one_of(HEADINGS, line)
    taken.lines, taken.numbers = kept, numbers
    return problems


def _is_one_of(names: tuple[str, ...], line: str) -> bool:
    return any(line_of(name).fullmatch(line) for name in names)
