"""Who waits behind a sync.Once waits for the function that it runs: its callers hold nothing."""

import pytest

from ...texts import goroutine

ONCE = ("sync.(*Mutex).lockSlow(0xc00009000c)", "sync.(*Mutex).Lock(...)", "sync.(*Once).doSlow(0xc000090008, 0xc0001)")
CALLERS = ("sync.(*Once).Do(...)", "depot.(*Yard).Stop(0xc000090000)", "depot.(*Yard).Close(0xc000090000)")
RUNS = ("chan receive, 3 minutes", "depot.(*Yard).Stop.func1()", ONCE[2], *CALLERS[:2])
SOMEBODY = "another goroutine is still in it"


@pytest.mark.parametrize(
    ("others", "rule", "who"),
    [
        ([], "DT304", SOMEBODY),
        (
            [("chan receive, 9 minutes", "depot.(*Yard).Load(0xc000090000)")],
            "DT304",
            SOMEBODY,
        ),
        (
            [RUNS],
            "DT303",
            "goroutine 2 is still in it, receiving from a channel for 3 min in depot.(*Yard).Stop.func1",
        ),
    ],
    ids=["nobody", "another method", "who runs it"],
)
def test_only_who_runs_a_once_s_function_holds_its_lock(findings, others, rule, who):
    waiter = ("semacquire, 2 minutes", *ONCE, *CALLERS, "main.main()")
    text = "\n".join(goroutine(number, *one) for number, one in enumerate([waiter, *others], 1))
    told = [found for found in findings(text) if found.rule.startswith("DT30")]
    waits = "1 goroutine waits for 2 min for the function of a sync.Once in depot.(*Yard).Stop"
    assert [(found.rule, found.functions[0]) for found in told] == [(rule, "depot.(*Yard).Stop")]
    assert told[0].title == f"{waits}: {who}"


def test_before_go_1_13_do_takes_the_lock_itself(findings):
    lock = ("sync.(*Mutex).Lock(0xc00009000c)", "sync.(*Once).Do(0xc000090008, 0xc0001)")
    waiter = ("semacquire, 2 minutes", *lock, *CALLERS[1:], "main.main()")
    runs = ("chan receive, 3 minutes", "depot.(*Yard).Stop.func1()", lock[1], CALLERS[1])
    (found,) = findings(f"{goroutine(1, *waiter)}\n{goroutine(2, *runs)}", rule="DT303")
    assert "for the function of a sync.Once in depot.(*Yard).Stop: goroutine 2 is still in it" in found.title


def test_nobody_waits_behind_a_once_that_was_started_as_a_goroutine(findings):
    starts = {"created_by": "depot.(*Yard).Start"}
    spare = goroutine(2, "sync.Mutex.Lock, 9 minutes", *ONCE, "sync.(*Once).Do(...)", **starts)
    loop = goroutine(3, "select, 9 minutes", "depot.(*Yard).loop(0x1)", "sync.(*Once).Do(...)", **starts)
    assert findings(f"{spare}\n{loop}", rule="DT30") == []
    called = goroutine(2, "sync.Mutex.Lock, 9 minutes", *ONCE, *CALLERS, **starts)
    assert [found.rule for found in findings(f"{called}\n{loop}", rule="DT30")] == ["DT304"]
