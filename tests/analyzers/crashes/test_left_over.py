"""Goroutines that a test left behind: what they wait for is in the title, and the advice is for that."""

import pytest

from ..conftest import goroutine


def left(state: str, *calls: str) -> str:
    _, stack = goroutine(22, state, *calls, created_by="shop.Open").split("\n", 1)
    top = calls[0].partition("(0x")[0]
    said = f"[Goroutine 22 in state {state}, with {top} on top of the stack:\n{stack}]\n"
    return f"    leaks.go:78: found unexpected goroutines:\n{said}"


@pytest.mark.parametrize(
    ("state", "call", "waiting", "advice"),
    [
        ("sync.Mutex.Lock", "sync.(*Mutex).Lock(0x1)", ", waiting for a mutex", "See who has this lock"),
        ("semacquire", "sync.runtime_SemacquireMutex(0x1)", ", waiting for a mutex", "See who has this lock"),
        ("chan send", "", ", sending on a channel", "Nobody has received what it sends"),
        ("chan receive", "", ", receiving from a channel", "Nobody has sent or closed the channel"),
        ("chan receive (nil chan)", "", ", receiving from a nil channel", "The channel is nil"),
        ("select", "", ", waiting in a select", "Close or cancel what this test opened"),
        ("sleep", "time.Sleep(0x1)", ", in time.Sleep", "Close or cancel what this test opened"),
    ],
)
def test_what_it_waits_for_is_told(findings, state, call, waiting, advice):
    (found,) = findings(left(state, *filter(None, [call]), "shop.(*Till).wait(0x1)"), rule="DT105")
    assert found.title == f"1 goroutine left over by a test in shop.(*Till).wait{waiting}, started by shop.Open"
    assert found.advice.startswith(advice)


def test_what_only_some_of_them_wait_for_is_not_told_of_all(findings):
    said = "    leaktest.go:142: Test{0} leaked goroutine: goroutine {0} [{1}]:\n\tshop.(*Till).wait(0x1)\n"
    text = "".join(
        f"--- FAIL: Test{number} (5.01s)\n{said.format(number, state)}\t\t/src/shop/till.go:9 +0x1d\n"
        for number, state in ((21, "select"), (22, "chan send"))
    )
    (found,) = findings(text, rule="DT105")
    assert found.title == "2 goroutines left over by a test in shop.(*Till).wait"
