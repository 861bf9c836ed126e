"""Goroutines that the runtime marks as leaked."""

import pytest

from ..conftest import goroutine

MAIN = "main.main()"


@pytest.mark.parametrize(
    ("state", "calls", "severity"),
    [
        pytest.param("select (no cases) (leaked)", (MAIN,), "note", id="it keeps the program alive"),
        pytest.param("chan receive (leaked)", ("main.run()", MAIN), "note", id="by a channel of its own"),
        pytest.param("chan send (leaked)", (MAIN,), "error", id="it sends"),
        pytest.param("sync.Mutex.Lock (leaked)", ("sync.(*Mutex).Lock(...)", MAIN), "error", id="it waits for a lock"),
        pytest.param("chan receive (leaked)", ("main.run()",), "error", id="another goroutine"),
    ],
)
def test_main_may_wait_for_ever(findings, state, calls, severity):
    creator = {} if MAIN in calls else {"created_by": "main.main"}
    text = goroutine(1, state, *calls, **creator) + "\n" + goroutine(7, "sleep", "time.Sleep(0x1)", "main.tick()")
    (found,) = findings(text, rule="DT101")
    assert str(found.severity) == severity


def test_main_is_told_apart_from_others_in_its_function(findings):
    texts = [goroutine(1, "select (no cases) (leaked)", MAIN)]
    texts += [goroutine(n, "select (no cases) (leaked)", MAIN, created_by="main.main") for n in (7, 8)]
    main, others = sorted(findings("\n".join(texts), rule="DT101"), key=lambda found: found.count)
    assert (main.title, str(main.severity)) == ("main waits for ever in main.main, a select without cases", "note")
    assert (others.count, str(others.severity)) == (2, "error")


def test_a_goroutine_in_c_is_told_by_the_function_of_c(findings):
    record = "#\t0x4394a60\tmain._Cfunc_lookup+0x40\t_cgo_gotypes.go:70\n#\t0x4394f78\tmain.find+0x48\tf.go:9\n"
    (found,) = findings(f"goroutine profile: total 99\n99 @ 0x4004f8b 0x4394a61 0x4394f79\n{record}", rule="DT208")
    assert found.title == "99 goroutines blocked in main.find, the C function lookup"
    assert found.advice.startswith("Each holds a thread until C returns")
