"""Who may yet call Done: nobody of a whole text, somebody who is busy, or the one that is known to do the work."""

import pytest

from ...texts import profile

MAIN = ("IO wait", "net.(*TCPListener).Accept(0x1)", "main.main()")
DUMPER = ("running", "runtime/pprof.writeGoroutineStacks(0x1)", "main.dump(0x2)")
WAITS = ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", "shop/report.(*Builder).Run(0x1)")
LOOP = ("chan receive", "main.main.func2()")
LEAK = [("DT204", "shop/report.(*Builder).Run")]


@pytest.mark.parametrize(
    ("others", "told"),
    [
        pytest.param([], LEAK, id="nobody"),
        pytest.param([LOOP], LEAK, id="a loop of main"),
        pytest.param([("chan receive", "main.work(0x1)")], [], id="one that main may have started to work"),
        pytest.param([("select", "shop/report.(*Builder).work(0x1)")], [], id="one of own code"),
        pytest.param([("chan receive", "github.com/some/pool.(*Pool).work(0x1)")], [], id="one of a library"),
    ],
)
def test_of_several_that_wait_for_groups_somebody_has_to_be_at_work(dump, alarms, others, told):
    assert alarms(dump(MAIN, DUMPER, *[WAITS] * 6, *others)) == told


def test_loops_that_accept_may_call_done(alarms):
    waits = (12, ("sync.runtime_Semacquire", "sync.(*WaitGroup).Wait", "proxy.(*Listener).Run"))
    main = (1, ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Accept", "main.main"))
    loops = (12, ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Accept", "proxy.(*Listener).loop"))
    assert alarms(profile(waits, main)) == [("DT204", "proxy.(*Listener).Run")]
    assert alarms(profile(waits, main, loops)) == []


def test_workers_of_which_the_runtime_has_no_stack_may_call_done(dump, alarms):
    elsewhere = "".join(
        f"\ngoroutine {number} [running]:\n\tgoroutine running on other thread; stack unavailable\n"
        "created by shop/report.(*Builder).Run in goroutine 9\n\t/src/report.go:7 +0x1\n"
        for number in range(30, 36)
    )
    assert alarms(dump(MAIN, DUMPER, *[WAITS] * 6)) == LEAK
    assert alarms(dump(MAIN, DUMPER, *[WAITS] * 6) + elsewhere) == []


def test_of_an_excerpt_nobody_knows_who_else_is_there(dump, alarms):
    text = dump(("select", "shop/report.(*Builder).work(0x1)"), *[WAITS] * 6)
    assert alarms(text.replace("goroutine ", "goroutine 99")) == []


FLIGHT = "golang.org/x/sync/singleflight.(*Group)"
SHARES = ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", f"{FLIGHT}.Do(0x1)", "shop/store.(*Store).Item(0x1)")


@pytest.mark.parametrize(
    ("state", "call", "told"),
    [
        pytest.param("chan receive", "shop/store.(*Store).fetch(0x1)", ["shop/store.(*Store).fetch"], id="for a reply"),
        pytest.param("IO wait", "internal/poll.(*FD).Read(0x1)", [], id="for a connection"),
    ],
)
def test_who_makes_the_call_that_others_share_is_not_one_of_the_busy(dump, findings, state, call, told):
    flies = (state, call, "shop/store.(*Store).fetch(0x1)", f"{FLIGHT}.doCall(0x1)", *SHARES[2:])
    busy = ("sleep", "time.Sleep(0x1)", "shop/store.(*Store).tidyUp(0x1)")
    found = findings(dump(MAIN, DUMPER, flies, busy, *[SHARES] * 30), rule="DT204")
    assert [one.functions[0] for one in found if one.severity != "note"] == told
    assert all(
        one.advice.startswith("One call does the work for all of them") for one in found if one.functions[0] in told
    )
