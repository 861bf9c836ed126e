"""Who puts and who takes wait at Conds of one queue: the one that should wake many is named beside them."""

import pytest

from ..conftest import goroutine, profile

DUMPER = goroutine(1, "running", "runtime/pprof.writeGoroutineStacks(0x1)", "main.dump(0x2)")


def at_cond(number: int, method: str, queue: str = "0xc000090000") -> str:
    wait = f"sync.runtime_notifyListWait({queue[:-2]}40, {number + 40:#x})"
    return goroutine(number, "sync.Cond.Wait, 4 minutes", wait, "sync.(*Cond).Wait(0x1)", f"{method}({queue})")


PUTTERS = [at_cond(number, "gauge.(*Queue).Put") for number in range(10, 40)]


@pytest.mark.parametrize(
    ("taker", "told"),
    [
        pytest.param(at_cond(50, "gauge.(*Queue).Take"), True, id="the same queue's"),
        pytest.param(at_cond(50, "gauge.(*Queue).Take", "0xc000080000"), False, id="another queue's"),
        pytest.param(at_cond(50, "gauge.(*Gate).Take"), False, id="another type's"),
        pytest.param(goroutine(50, "select, 4 minutes", "gauge.(*Queue).Take(0xc000090000)"), False, id="no Cond"),
    ],
)
def test_who_takes_and_waits_too_is_named(findings, taker, told):
    (found,) = findings("\n".join([DUMPER, *PUTTERS, taker]), rule="DT205")
    assert found.title.endswith("; 1 in gauge.(*Queue).Take waits at a Cond of the same object") is told
    assert (found.functions[1:2] == ("gauge.(*Queue).Take",)) is told
    assert found.advice.startswith("Both sides wait at once: see whether gauge.(*Queue).Take signals") is told


def test_in_a_profile_it_may_be_anothers(findings):
    at = ("sync.runtime_notifyListWait", "sync.(*Cond).Wait")
    text = profile((300, (*at, "gauge.(*Queue).Put")), (2, (*at, "gauge.(*Queue).Take")), (1, ("main.main",)))
    found = max(findings(text, rule="DT205"), key=lambda one: one.count)
    assert found.title.endswith("; 2 in gauge.(*Queue).Take wait at a Cond of their type")
