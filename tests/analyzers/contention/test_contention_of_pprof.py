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
        pytest.param(
            [(50, 50, "sync.(*Mutex).Lock"), (0, 50, "shop.(*Stock).Take")], ["note"], id="less than a minute"
        ),
        pytest.param([(30, 30, "sync.(*Mutex).Lock"), (60, 60, "runtime.chanrecv2"), *CALLERS], [], id="channels"),
        pytest.param([(90, 90, "sync.(*Mutex).Unlock"), (0, 99, "net/http.(*conn).serve")], [], id="no own code"),
    ],
)
def test_the_innermost_function_that_waits_for_a_lock(findings, rows, told):
    found = findings(table(*rows), rule="DT503")
    assert [one.severity for one in found] == told
    assert all(one.functions[0] == "shop.(*Stock).Take" for one in found)


def test_the_others_that_wait_there_are_named_behind_it(findings):
    (found,) = findings(table((90, 90, "sync.(*Mutex).Unlock"), *CALLERS), rule="DT503")
    assert found.functions == ("shop.(*Stock).Take", "shop.serve")
    assert found.title == "goroutines waited 70.0 s for a lock in shop.(*Stock).Take, 70 % of all such delay"


def test_a_table_of_processor_time_is_none_of_waiting(findings):
    assert findings(table((90, 90, "sync.(*Mutex).Unlock"), *CALLERS, kind="cpu"), rule="DT503") == []
