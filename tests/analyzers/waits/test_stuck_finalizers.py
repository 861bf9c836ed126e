"""Finalizers that wait: which waits stop all of them, and which pass."""

import pytest

from ...texts import goroutine

STORE = ("shop.(*Store).release(0x1)", "runtime.runFinalizers()")
MAIN = goroutine(1, "sleep", "time.Sleep(0x1)", "main.main()")


@pytest.mark.parametrize(
    ("state", "calls", "told"),
    [
        pytest.param(
            "chan send", STORE, ["all finalizers wait for shop.(*Store).release: sending on a channel"], id="now"
        ),
        pytest.param(
            "chan receive, 4 minutes",
            ("shop.(*Store).release(0x1)", "runtime.runfinq()"),
            ["all finalizers wait for shop.(*Store).release: receiving from a channel for 4 min"],
            id="until Go 1.24",
        ),
        pytest.param(
            "select",
            ("shop.drop(0x1)", "runtime.AddCleanup[...].func1()", "runtime.runCleanups()"),
            ["all cleanups wait for shop.drop: waiting in a select"],
            id="a cleanup",
        ),
        pytest.param("sync.Mutex.Lock", STORE, [], id="a lock passes"),
        pytest.param(
            "sleep, 3 minutes",
            STORE,
            ["all finalizers wait for shop.(*Store).release: in time.Sleep for 3 min"],
            id="not that one",
        ),
        pytest.param("running", STORE, [], id="it runs"),
        pytest.param("finalizer wait", ("runtime.runFinalizers()",), [], id="nothing to do"),
        pytest.param("chan send", STORE[:1], [], id="somebody else calls it"),
    ],
)
def test_a_finalizer_that_waits_stops_all_others(findings, state, calls, told):
    text = f"{MAIN}\n{goroutine(18, state, *calls)}"
    found = findings(text, rule="DT218")
    assert [one.title for one in found] == told
    assert [one.functions[0] for one in found] == [calls[0].partition("(0x")[0]] * len(told)


def test_it_is_told_once(alarms):
    text = f"{MAIN}\n{goroutine(18, 'chan send, 9 minutes', *STORE)}"
    assert alarms(text) == [("DT218", "shop.(*Store).release")]


def test_in_two_texts_it_is_sure(findings):
    text = f"{MAIN}\n{goroutine(18, 'sync.Mutex.Lock', *STORE)}"
    assert [(one.severity, one.evidence["stood_in_inputs"]) for one in findings(text, text, rule="DT218")] == [
        ("error", 2)
    ]
