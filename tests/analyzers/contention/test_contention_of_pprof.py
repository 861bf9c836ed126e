"""Tables of pprof's top of mutex and block profiles: whether a lock has most of the delay, and who takes it."""

import pytest

COLUMNS = "      flat  flat%   sum%        cum   cum%\n"
CALLERS = ((0, 70, "shop.(*Stock).Take"), (0, 70, "net/http.HandlerFunc.ServeHTTP"), (0, 95, "shop.serve"))


def table(*rows, kind="delay", total=100):
    """(flat, cum, function) of each row, in seconds."""
    lines = "".join(f"  {flat}s 1% 1% {cum}s 1%  {function}\n" for flat, cum, function in rows)
    return f"Type: {kind}\nShowing nodes accounting for 90s, 90% of {total}s total\n{COLUMNS}{lines}"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param([(90, 90, "sync.(*Mutex).Unlock"), *CALLERS], ["warning"], id="a mutex profile"),
        pytest.param([(90, 90, "sync.(*RWMutex).RLock"), *CALLERS], ["warning"], id="a block profile"),
        pytest.param([(30, 30, "sync.(*Mutex).Lock"), (60, 60, "runtime.chanrecv2"), *CALLERS], [], id="channels"),
        pytest.param([(90, 90, "sync.(*Mutex).Unlock"), (0, 99, "net/http.(*conn).serve")], [], id="no own code"),
    ],
)
def test_the_innermost_function_that_waits_for_a_lock(findings, rows, told):
    found = findings(table(*rows), rule="DT503")
    assert [one.severity for one in found] == told
    assert all(one.functions[0] == "shop.(*Stock).Take" for one in found)


@pytest.mark.parametrize("share", [0.5, 0.1, 0.01])
def test_a_lower_share_is_not_quieter(findings, share):
    rows = [(90, 90, "sync.(*Mutex).Unlock"), (0, 2, "shop.(*Stock).Count"), *CALLERS]
    (found,) = findings(table(*rows), rule="DT503", thresholds={"DT503.share": share})
    assert (found.severity, found.functions[0]) == ("warning", "shop.(*Stock).Take")


def test_less_than_seconds_is_worth_knowing(findings):
    rows = [(4, 4, "sync.(*Mutex).Lock"), (0, 4, "shop.(*Stock).Take")]
    assert [one.severity for one in findings(table(*rows, total=4), rule="DT503")] == ["note"]


def test_the_others_that_wait_there_are_named_behind_it(findings):
    (found,) = findings(table((90, 90, "sync.(*Mutex).Unlock"), *CALLERS), rule="DT503")
    assert found.functions == ("shop.(*Stock).Take", "shop.serve")
    assert found.title == "goroutines waited 1.2 min for a lock in shop.(*Stock).Take, 70% of all waiting"


@pytest.mark.parametrize(
    ("functions", "told"),
    [
        (
            ("shop.(*Stock).End", "shop.(*Stock).Take", "shop.BenchmarkTake"),
            "shop.(*Stock).Take (or in shop.(*Stock).End)",
        ),
        (("shop.(*Stock).Unlock", "shop.(*Stock).Take", "shop.TestTake"), "shop.(*Stock).Take"),
        (
            ("shop.(*Stock).lock", "shop.(*KeyMutex).UnlockKey", "main.main"),
            "shop.(*Stock).lock (or in shop.(*KeyMutex).UnlockKey)",
        ),
        (("shop.a", "shop.b", "shop.c"), "shop.a (or in one of 2 others that have as much)"),
    ],
    ids=["what ends", "what unlocks", "nothing else", "no difference"],
)
def test_of_functions_with_as_much_those_that_only_lock_or_test_come_last(findings, functions, told):
    rows = [(0, 70, function) for function in functions]
    (found,) = findings(table((90, 90, "sync.(*Mutex).Unlock"), *rows), rule="DT503")
    assert found.title == f"goroutines waited 1.2 min for a lock in {told}, 70% of all waiting"


def test_a_test_is_told_where_nothing_else_is(findings):
    rows = [(90, 90, "sync.(*Mutex).Unlock"), (0, 70, "shop.BenchmarkTake"), (0, 30, "shop.take")]
    (found,) = findings(table(*rows), rule="DT503")
    assert found.functions == ("shop.BenchmarkTake",)


def test_a_table_of_processor_time_is_none_of_waiting(findings):
    assert findings(table((90, 90, "sync.(*Mutex).Unlock"), *CALLERS, kind="cpu"), rule="DT503") == []


def test_of_a_total_of_nothing_there_are_no_shares(findings):
    assert findings(table((90, 90, "sync.(*Mutex).Unlock"), *CALLERS, total=0), rule="DT503") == []
