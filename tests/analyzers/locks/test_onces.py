"""Who waits behind a sync.Once waits for the function that it runs: its callers hold nothing."""

import pytest

from ..conftest import goroutine

ONCE = ("sync.(*Mutex).lockSlow(0xc00009000c)", "sync.(*Mutex).Lock(...)", "sync.(*Once).doSlow(0xc000090008, 0xc0001)")
CALLERS = ("sync.(*Once).Do(...)", "depot.(*Yard).Stop(0xc000090000)", "depot.(*Yard).Close(0xc000090000)")
RUNS = ("chan receive, 3 minutes", "depot.(*Yard).Stop.func1()", ONCE[2], *CALLERS[:2])


@pytest.mark.parametrize(
    ("others", "rule", "first"),
    [
        ([], "DT304", "depot.(*Yard).Stop"),
        ([("chan receive, 9 minutes", "depot.(*Yard).Load(0xc000090000)")], "DT304", "depot.(*Yard).Stop"),
        ([RUNS], "DT303", "depot.(*Yard).Stop"),
    ],
    ids=["nobody", "another method", "who runs it"],
)
def test_only_who_runs_a_once_s_function_holds_its_lock(findings, others, rule, first):
    waiter = ("semacquire, 2 minutes", *ONCE, *CALLERS, "main.main()")
    text = "\n".join(goroutine(number, *one) for number, one in enumerate([waiter, *others], 1))
    told = [found for found in findings(text) if found.rule.startswith("DT30")]
    assert [(found.rule, found.functions[0]) for found in told] == [(rule, first)]
