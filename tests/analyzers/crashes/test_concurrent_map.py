"""Who else used the map that a goroutine wrote to."""

import pytest

from ...texts import goroutine

SAID = "fatal error: concurrent map read and map write\n\n"
CRASHED = goroutine(1, "running", "runtime.fatal(0x1)", "runtime.mapaccess2(0x1)", "till.sum(0x1)", "main.main()")
OTHER = goroutine(18, "runnable", "till.fill.func1()", created_by="till.fill")


def test_the_only_other_one_at_work_is_probably_the_other_side(findings):
    waits = goroutine(7, "chan receive", "till.drain()")
    (found,) = findings("\n".join([SAID + CRASHED, waits, OTHER]), rule="DT603")
    assert found.functions[0] == "till.sum"
    assert found.advice == (
        "Guard this map with a sync.RWMutex (or use sync.Map). The other goroutine is probably the one in "
        "till.fill.func1 (till.go:28); run with -race to be sure."
    )


@pytest.mark.parametrize(
    "others",
    [
        [],
        [OTHER, goroutine(19, "runnable", "till.drain()")],
        [OTHER, "goroutine 20 [running]:\n\tgoroutine running on other thread; stack unavailable\n"],
        [goroutine(19, "runnable", "time.Sleep(0x1)")],
    ],
    ids=["none", "two", "one of which the stack is not there", "none in own code"],
)
def test_where_several_or_none_may_be_it_only_the_detector_tells(findings, others):
    (found,) = findings("\n".join([SAID + CRASHED, *others]), rule="DT603")
    assert found.advice.endswith("run with -race to see the other goroutine.")


def test_several_in_the_same_function_are_counted(findings):
    alike = [goroutine(number, "runnable", "till.sum(0x1)", "till.fill.func1()") for number in (18, 19, 20)]
    (found,) = findings("\n".join([SAID + CRASHED, *alike]), rule="DT603")
    assert found.advice.endswith("(or use sync.Map): the text shows 3 more at work in this function.")
