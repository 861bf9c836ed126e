"""What ended a program, or let a test run out of time, is told with the lock that all wait for in the end."""

import pytest

from .test_locks import DUMPER, waiting_for

NOW = "sync.Mutex.Lock"
ALARM = "panic: test timed out after 4s\nrunning tests:\n\tTestSettle (4s)\n\n"
ASLEEP = "fatal error: all goroutines are asleep - deadlock!\n\n"
WAITS = (
    "sync.WaitGroup.Wait",
    "sync.(*WaitGroup).Wait(0xc000001000)",
    "bank.settle(0x1)",
    "bank.TestSettle(0x1)",
    "testing.tRunner(0x1, 0x1)",
)
CIRCLE = (
    waiting_for(
        0xC000010000, "bank.(*Account).deposit(0xc000010000)", "bank.(*Account).credit(0xc000020000)", state=NOW
    ),
    waiting_for(
        0xC000020000, "bank.(*Account).deposit(0xc000020000)", "bank.(*Account).debit(0xc000010000)", state=NOW
    ),
)


def test_a_test_out_of_time_names_the_circle_of_locks_first(dump, findings):
    timeout, circle, hang = findings(ALARM + dump(WAITS, *CIRCLE))
    assert (timeout.rule, circle.rule, hang.rule) == ("DT608", "DT301", "DT212")
    assert timeout.title == "test timed out after 4s: TestSettle stuck in bank.settle, waiting for a sync.WaitGroup"
    assert timeout.evidence["chain"] == circle.evidence["chain"]
    assert timeout.functions[:3] == ("bank.(*Account).debit", "bank.(*Account).credit", "bank.settle")
    assert (timeout.location, timeout.advice) == (circle.location, circle.advice)


def test_a_test_that_still_runs_does_not_wait_for_a_lock(dump, findings):
    busy = ("running", "bank.TestSettle(0x1)", "testing.tRunner(0x1, 0x1)")
    assert findings(ALARM + dump(busy, *CIRCLE), rule="DT608")[0].functions[0] == "bank.TestSettle"


def test_where_all_are_asleep_the_holder_comes_first(dump, findings):
    main = ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0xc000001000)", "main.main()")
    holder = ("chan send", "bank.(*Vault).Open(0xc000030000)")
    victim = waiting_for(0xC000030000, "bank.(*Vault).Close(0xc000030000)", state=NOW)
    (asleep,) = findings(ASLEEP + dump(main, holder, victim))
    assert (asleep.rule, asleep.evidence["rule_of_chain"]) == ("DT104", "DT303")
    assert "probably held by goroutine 2" in asleep.evidence["chain"][1]
    assert asleep.functions[:3] == ("bank.(*Vault).Open", "bank.(*Vault).Close", "main.main")
    assert str(asleep.certainty) == "certain"


def test_few_that_wait_for_a_lock_are_told_where_nobody_is_active(dump, findings):
    waiter = waiting_for(0xC000030000, "bank.(*Vault).Close(0xc000030000)", state=NOW)
    writes = ("running", "main.snapshot()")
    server = ("runnable", "net/http.(*connReader).startBackgroundRead.func2()")
    assert [found.rule for found in findings(dump(waiter, DUMPER, server), rule="DT3")] == ["DT304"]
    assert findings(dump(waiter, ("syscall", "syscall.fsync(0x1)", "disk.sync()"), DUMPER), rule="DT3") == []
    (found,) = findings("goroutine 7 [running]:\nmain.snapshot()\n\t/src/s.go:3 +0x1d\n\n" + dump(waiter), rule="DT3")
    assert found.rule == "DT304"
    assert findings(dump(waiter, DUMPER, writes), rule="DT3") == []


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        (("select", "net/http.(*persistConn).roundTrip(0x1)", "net/http.Get(0x1)", "bank.rates(0x1)"), False),
        (("chan receive", "net/rpc.(*Client).Call(0x1)", "bank.rates(0x1)"), False),
        (("select", "bank.listen(0x1)"), True),
    ],
    ids=["waits for an answer", "waits for a reply", "waits for others"],
)
def test_who_waits_for_an_answer_from_outside_may_hold_the_lock(dump, findings, other, is_told):
    waiter = waiting_for(0xC000030000, "vault.(*Vault).Close(0xc000030000)", state=NOW)
    assert bool(findings(dump(waiter, other, DUMPER), rule="DT3")) is is_told


def test_a_holder_in_a_select_may_be_woken_by_a_timer(dump, findings):
    waiter = waiting_for(0xC000030000, "bank.(*Vault).Close(0xc000030000)", state=NOW)
    holder = "bank.(*Vault).Open(0xc000030000)"
    assert findings(dump(waiter, ("select", holder), DUMPER), rule="DT3") == []
    assert [found.rule for found in findings(dump(waiter, ("chan send", holder), DUMPER), rule="DT3")] == ["DT303"]


def test_who_is_blocked_beside_a_packages_own_lock_is_named_too(dump, findings):
    waiter = waiting_for(0x10030000, "bank.Open(0x1)", state=NOW)
    sender = ("chan send", "bank.(*Branch).announce(0xc000050000)")
    (found,) = findings(dump(waiter, sender, DUMPER), rule="DT3")
    assert (found.rule, found.functions[:2]) == ("DT304", ("bank.Open", "bank.(*Branch).announce"))
    assert found.evidence["blocked_in_its_package"] == ["bank.(*Branch).announce"]
