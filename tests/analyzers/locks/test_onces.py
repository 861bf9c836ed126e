"""Who waits behind a sync.Once waits for the function that it runs: its callers hold nothing."""

import pytest

from ..conftest import goroutine

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
