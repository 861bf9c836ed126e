"""Tests that ran out of time, by what is left of their output."""

import pytest

from ..conftest import goroutine

ALARM = goroutine(34, "running", "testing.(*M).startAlarm.func1()")


@pytest.mark.parametrize(
    ("top", "certainty"),
    [
        ("", "likely"),
        (f"{ALARM}\n", "certain"),
    ],
    ids=["the tail alone", "with the alarm"],
)
def test_the_tail_of_a_timeout_tells_where_the_test_stands(findings, top, certainty):
    test = goroutine(8, "chan receive, 9 minutes", "till.TestClose(0xc000003c00)", "testing.tRunner(0x1)")
    (found,) = findings(f"{top}{test}FAIL\texample.com/till\t600.013s\nFAIL\n", rule="DT608")
    assert (found.certainty, found.functions[0]) == (certainty, "till.TestClose")
    assert "TestClose stuck in till.TestClose, receiving from a channel for 9 min" in found.title
