"""What a detector of deadlocks reports, in one sentence."""

import pytest

from debugtext.analysis import analyze
from debugtext.records.captures import Capture, Reading
from debugtext.records.crashes import Crash
from debugtext.records.findings import Finding
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineDump
from debugtext.records.lock_reports import LockPlace


def told(*places: tuple[str, str, int]) -> Finding:
    locks = tuple(
        LockPlace(role, Stack((Frame(f"till.{function}", "/t.go", line),)), 7) for role, function, line in places
    )
    crash = Crash("lock-report", "Inconsistent locking", GoroutineDump(()), locks=locks)
    (finding,) = analyze([Reading("-", (Capture("crash", 1, 9, crash),))]).findings
    return finding


@pytest.mark.parametrize(
    ("second", "title"),
    [
        ("Pay", "two locks are taken in two orders: in till.Count on line 3 before line 5, in till.Pay on line 7"),
        ("Close", "two locks are taken in two orders: in till.Count before till.Close, in till.Pay before till.Close"),
    ],
)
def test_two_orders_are_told_by_functions_and_in_one_function_by_lines(second, title):
    other = "Count" if second == "Pay" else second
    places = (("before", "Count", 3), ("after", other, 5), ("before", "Pay", 7), ("after", second, 9))
    assert told(*places).title == (f"{title} before line 9" if second == "Pay" else title)


@pytest.mark.parametrize(
    ("roles", "reason"),
    [(("previous", "waiting"), None), (("first", "again"), "the detector says: Inconsistent locking")],
    ids=["a wait, which the title tells", "taken twice"],
)
def test_what_the_detector_calls_it_is_told_where_the_title_does_not(roles, reason):
    places = [(role, f"Call{line}", line) for line, role in enumerate(roles, 3)]
    assert told(*places).evidence.get("reason") == reason
