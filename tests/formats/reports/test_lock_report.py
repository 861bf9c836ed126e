"""What go-deadlock prints becomes a crash record with the places of the locks."""

import pytest

from debugtext.formats.crashes import crash
from debugtext.formats.dumps import dump
from debugtext.formats.reports import lock_report
from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash

from ..parsing import captures_by

HELD = """\
POTENTIAL DEADLOCK:
Previous place where the lock was grabbed
goroutine 7 lock 0xc0000140e0
pantry.go:45 pantry.(*Shelf).Fill { s.mu.Lock() } <<<<<
pantry.go:44 pantry.(*Shelf).Fill { func (s *Shelf) Fill() { }

Have been trying to lock it again for more than 30s
goroutine 1 lock 0xc0000140e0
pantry.go:17 pantry.(*Shelf).Take ??? <<<<<
main.go:62 main.main ???

"""
DOING_NOW = """\
Here is what goroutine 7 doing now
goroutine 7 [chan receive]:
example.com/pantry.(*Shelf).Fill(0xc0000140e0)
\t/src/pantry/pantry.go:47 +0x85
"""
HOLDERS = """\
Other goroutines holding locks:
goroutine 8 lock 0xc0000140e8
pantry.go:90 pantry.(*Shelf).Sort { s.order.RLock() } <<<<<

goroutine 9 lock 0xc0000140f0
pantry.go:99 pantry.(*Shelf).List { s.list.Lock() } <<<<<

"""
ALL = """\
All current goroutines:
goroutine 1 [running]:
main.main()
\t/src/pantry/main.go:62 +0x1d

goroutine 7 [chan receive]:
example.com/pantry.(*Shelf).Fill(0xc0000140e0)
\t/src/pantry/pantry.go:47 +0x85

"""
ORDER = """\
POTENTIAL DEADLOCK: Inconsistent locking. saw this ordering in one goroutine:
happened before
pantry.go:1 pantry.a { } <<<<<

happened after
pantry.go:2 pantry.b { } <<<<<

in another goroutine: happened before
pantry.go:3 pantry.c { } <<<<<

happend after
pantry.go:4 pantry.d { } <<<<<


Other goroutines holding locks:


"""


def captures(text: str) -> list[Capture]:
    return captures_by(crash, lock_report, dump, text=text)


def only(text: str) -> Crash:
    (capture,) = captures(text)
    assert capture.problems == ()
    assert not capture.truncated
    assert isinstance(capture.body, Crash)
    return capture.body


def told(record: Crash) -> list[tuple]:
    return [(place.role, place.goroutine, place.lock, *place.stack.functions) for place in record.locks]


FILL = ("previous", 7, 0xC0000140E0, "pantry.(*Shelf).Fill")
TAKE = ("waiting", 1, 0xC0000140E0, "pantry.(*Shelf).Take", "main.main")
SORT, LIST = ("holding", 8, 0xC0000140E8, "pantry.(*Shelf).Sort"), ("holding", 9, 0xC0000140F0, "pantry.(*Shelf).List")


@pytest.mark.parametrize(
    ("text", "places", "goroutines"),
    [
        pytest.param(HELD, [FILL, TAKE], [], id="alone"),
        pytest.param(HELD + DOING_NOW + "\n" + HOLDERS, [FILL, TAKE, SORT, LIST], [7], id="0.2, with what it does now"),
        pytest.param(HELD + DOING_NOW + HOLDERS, [FILL, TAKE, SORT, LIST], [7], id="0.3: no blank line behind it"),
        pytest.param(HELD + DOING_NOW + "\n" + HOLDERS + ALL, [FILL, TAKE, SORT, LIST], [1, 7], id="all goroutines"),
    ],
)
def test_a_lock_that_is_not_released(text, places, goroutines):
    record = only(text)
    assert record.kind == "lock-report"
    assert record.reason == "a lock was waited for longer than 30s"
    assert told(record) == places
    assert [goroutine.id for goroutine in record.goroutines] == goroutines


@pytest.mark.parametrize(("end", "function"), [("main.(*Shel", "pantry.(*Shelf).Take"), ("main.main ???", "main.main")])
def test_a_name_that_the_text_ends_in_is_no_frame(end, function):
    [capture] = captures_by(lock_report, text=HELD.partition("main.main ???")[0] + end)
    assert capture.body.locks[-1].stack.frames[-1].function == function


def test_two_orders():
    record = only(ORDER)
    assert record.reason == "Inconsistent locking"
    assert [(place.role, place.stack.functions[0], place.line) for place in record.locks] == [
        ("before", "pantry.a", 2),
        ("after", "pantry.b", 5),
        ("before", "pantry.c", 8),
        ("after", "pantry.d", 11),
    ]


def test_a_lock_taken_twice_as_0_2_prints_it():
    record = only(
        "POTENTIAL DEADLOCK: Duplicate locking, saw callers this locks in one goroutine:\n"
        "current goroutine 1 lock &{{{} {1 0}}} \nall callers to this lock in the goroutine\n"
        "pantry.go:39 pantry.outer { } <<<<<\n\npantry.go:34 pantry.inner { } <<<<<\npantry.go:41 pantry.outer { }\n\n"
    )
    assert told(record) == [
        ("again", 1, None),
        ("again", None, None, "pantry.outer"),
        ("again", None, None, "pantry.inner", "pantry.outer"),
    ]


def test_each_report_is_one_and_the_program_s_own_lines_are_none():
    found = captures(HELD + "serving on :80\n\n" + ORDER + "pantry.go:5 is a nice place\n")
    assert [(capture.first_line, capture.last_line) for capture in found] == [(1, 10), (14, 28)]
    assert all(capture.problems == () for capture in found)


def test_the_path_of_a_package_is_that_of_its_file():
    record = only(HELD.replace("pantry.go:45", "~/go/pkg/mod/example.com/!our/pantry@v1.2.0/pantry.go:45"))
    assert told(record)[0][3] == "example.com/Our/pantry.(*Shelf).Fill"


def test_a_report_cut_behind_its_title():
    (capture,) = captures("POTENTIAL DEADLOCK:\n")
    assert capture.truncated
    assert capture.body.locks == ()
