"""Race reports become records: accesses, creations, locations, with the lines of the original text."""

import json

import pytest

from debugtext.formats.reports import race
from debugtext.pieces.text import Cursor, Piece
from debugtext.reading import read
from debugtext.records.captures import Capture, Problem
from debugtext.records.frames import Frame
from debugtext.records.races import RaceAccess, RaceCreation, RaceLocation, RaceReport

HEAP_BLOCK = "Heap block of size 48 at 0x00c000094090 allocated by main goroutine:"
BAR = "=================="
REPORT = """\
==================
WARNING: DATA RACE
Write at 0x00c000094090 by goroutine 11:
  runtime.mapassign_fast64()
      /go/src/runtime/map_fast64.go:93 +0x0
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


def captures(text: str) -> list[Capture]:
    """Every race report of a text."""
    cursor, found = Cursor([Piece(text, 1)]), []
    while cursor.more():
        if race.recognizes(cursor.line()):
            found.append(race.parse(cursor))
        else:
            cursor.skip_line()
    return found


def test_a_report_keeps_all_that_is_printed() -> None:
    (capture,) = captures(REPORT)
    assert (capture.format, capture.first_line, capture.last_line, capture.problems) == ("race", 1, 16, ())
    assert capture.body == RaceReport(
        accesses=(
            RaceAccess(
                "Write",
                0xC000094090,
                11,
                (
                    Frame("runtime.mapassign_fast64", "/go/src/runtime/map_fast64.go", 93, 0),
                    Frame("main.main.func5", "/src/m/race.go", 25, 0x48),
                ),
                line=3,
            ),
            RaceAccess(
                "Previous write", 0xC000094090, None, (Frame("main.main", "/src/m/race.go", 26, 0x3E9),), line=9
            ),
        ),
        creations=(RaceCreation(11, "running", (Frame("main.main", "/src/m/race.go", 25, 0x3C5),)),),
        line=2,
    )


def test_which_accesses_write() -> None:
    (capture,) = captures(REPORT)
    report = capture.body
    assert isinstance(report, RaceReport)
    assert [access.writes for access in report.accesses] == [True, True]


@pytest.mark.parametrize(
    ("lines", "location"),
    [
        pytest.param(
            f"{HEAP_BLOCK}\n  main.main()\n      /src/m/r.go:20 +0x84\n",
            RaceLocation(
                HEAP_BLOCK,
                (Frame("main.main", "/src/m/r.go", 20, 0x84),),
            ),
            id="heap block",
        ),
        pytest.param(
            "Global var main.x of size 8 at 0x0000005c9ac0 declared at /src/m/r.go:12\n",
            RaceLocation("Global var main.x of size 8 at 0x0000005c9ac0 declared at /src/m/r.go:12"),
            id="global variable",
        ),
    ],
)
def test_what_the_memory_is(lines: str, location: RaceLocation) -> None:
    (capture,) = captures(REPORT.replace("\nGoroutine", f"\n{lines}\nGoroutine"))
    assert isinstance(capture.body, RaceReport)
    assert capture.body.locations == (location,)
    assert (capture.body.location, capture.problems) == (location.text, ())


def test_reports_that_follow_each_other_and_the_end_of_the_program() -> None:
    text = REPORT + REPORT + "Found 2 data race(s)\nexit status 66\nFAIL\tm\t0.01s\n"
    first, second = captures(text)
    assert [(capture.first_line, capture.last_line) for capture in (first, second)] == [(1, 16), (17, 34)]
    assert isinstance(second.body, RaceReport)
    assert (second.body.total, second.body.exit_status) == (2, 66)


def test_an_unknown_stack_and_the_wording_up_to_go_1_7() -> None:
    (capture,) = captures(f"WARNING: DATA RACE\nRead by goroutine 5:\n  [failed to restore the stack]\n{BAR}\n")
    assert capture.body == RaceReport((RaceAccess("Read", None, 5, (), line=2),), line=1)
    assert capture.problems == ()


def test_a_log_line_in_the_middle_is_a_problem_and_nothing_is_lost() -> None:
    text = REPORT.replace("  main.main.func5()\n", "12:00:01 served /x\n  main.main.func5()\n")
    (capture,) = captures(text)
    assert isinstance(capture.body, RaceReport)
    assert [frame.function for frame in capture.body.accesses[0].frames] == [
        "runtime.mapassign_fast64",
        "main.main.func5",
    ]
    assert [access.line for access in capture.body.accesses] == [3, 10]
    assert capture.problems == (
        Problem(
            6, "another program's line in the middle of this report", "a line of the race report", "12:00:01 served /x"
        ),
    )


def test_a_report_cut_short_is_truncated_and_what_follows_is_left() -> None:
    cursor = Cursor([Piece("WARNING: DATA RACE\nRead at 0x1 by goroutine 5:\n  main.f()\n\npanic: other\n", 1)])
    cursor.more()
    capture = race.parse(cursor)
    assert capture.truncated
    assert capture.problems == (Problem(3, "the race report ends before its closing bar", "a line of 18 ="),)
    assert isinstance(capture.body, RaceReport)
    assert capture.body.accesses[0].frames == (Frame("main.f"),)
    assert cursor.text[cursor.position :].strip() == "panic: other"


def test_a_report_without_its_first_lines() -> None:
    (capture,) = captures(REPORT.split("\n", 7)[-1])
    assert isinstance(capture.body, RaceReport)
    assert [access.operation for access in capture.body.accesses] == ["Previous write"]
    assert (capture.first_line, capture.problems) == (2, ())


def test_stack_lines_without_their_beginning_are_problems() -> None:
    (capture,) = captures(f"WARNING: DATA RACE\n  main.f()\n      /m.go:1 +0x1\nRead at 0x1 by goroutine 5:\n{BAR}\n")
    assert [problem.line for problem in capture.problems] == [2, 3]
    assert isinstance(capture.body, RaceReport)
    assert capture.body.accesses == (RaceAccess("Read", 1, 5, (), line=4),)


@pytest.mark.parametrize(
    "line", [BAR, "Read by goroutine 5:", "  WARNING: DATA RACE", "WARNING: DATA RACES", "Found 2 data race(s)"]
)
def test_lines_that_begin_no_report(line: str) -> None:
    assert not race.recognizes(line)


TWICE = """==================
WARNING: DEADLOCK
Goroutine 999 lock mutex 35 while holding mutex 35:
  sync.(*RWMutex).RLock()
      /go/src/sync/rwmutex.go:42 +0xa8
  depot.(*Yard).Shunt()
      /src/depot/yard.go:9 +0xb9

Mutex 35 was previously locked here:
  sync.(*RWMutex).RLock()
      /go/src/sync/rwmutex.go:42 +0xa5
  depot.(*Yard).Open()
      /src/depot/yard.go:5 +0xdd
==================
"""
CIRCLE = (
    TWICE.replace("holding mutex 35", "holding mutex 4").replace("Mutex 35", "Mutex 4").rstrip("=\n")
    + """

Goroutine 999 lock mutex 4 while holding mutex 35:
  depot.(*Wagon).Load()
      /src/depot/wagon.go:12 +0x1

Mutex 35 was previously locked here:
  depot.(*Wagon).Pull()
      /src/depot/wagon.go:7 +0x1
==================
"""
)


def locks(text):
    [capture] = read(text).captures
    assert (capture.format, capture.body.kind, capture.problems) == ("crash", "lock-report", ())
    return capture.body.reason, [(place.role, place.stack.functions[-1], place.line) for place in capture.body.locks]


def test_a_report_about_locks_names_where_each_is_taken():
    assert locks(TWICE) == (
        "a lock is taken twice",
        [("again", "depot.(*Yard).Shunt", 3), ("previous", "depot.(*Yard).Open", 9)],
    )
    assert locks(CIRCLE) == (
        "locks are taken in a circle",
        [
            ("before", "depot.(*Yard).Open", 9),
            ("after", "depot.(*Yard).Shunt", 3),
            ("before", "depot.(*Wagon).Pull", 19),
            ("after", "depot.(*Wagon).Load", 15),
        ],
    )


def test_a_report_in_one_line_of_a_log_begins_in_that_line() -> None:
    """The bar above it stands in the same line of the text: it began in line 0, the law says."""
    text = json.dumps({"log": REPORT}) + "\n"
    [capture] = read(text.encode()).captures
    assert (capture.format, capture.first_line, capture.last_line) == ("race", 1, 1)
