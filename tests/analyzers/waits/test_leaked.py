"""Goroutines that the runtime marks as leaked."""

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read

from ...texts import goroutine, profile

MAIN = "main.main()"


@pytest.mark.parametrize(
    ("state", "calls", "severity"),
    [
        pytest.param("select (no cases) (leaked)", (MAIN,), "note", id="it keeps the program alive"),
        pytest.param("chan receive (leaked)", ("main.run()", MAIN), "note", id="by a channel of its own"),
        pytest.param("chan receive (leaked)", ("main.stop()", MAIN), "error", id="it ends something"),
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


@pytest.mark.parametrize(
    ("state", "advice"),
    [
        pytest.param("chan send", "Nobody can receive any more: give the channel a buffer", id="send"),
        pytest.param("chan receive", "Nobody can send any more: close the channel", id="receive"),
        pytest.param("chan receive (nil chan)", "Make the channel before it is used", id="nil channel"),
        pytest.param("select", "No case can become ready any more", id="select"),
        pytest.param("select (no cases)", "End the goroutine, or wait for a context's Done", id="no cases"),
        pytest.param("sync.Cond.Wait", "Nobody can signal any more", id="condition"),
        pytest.param("sync.WaitGroup.Wait", "Nobody can call Done any more", id="group"),
    ],
)
def test_what_to_do_depends_on_what_they_wait_for(findings, state, advice):
    (found,) = findings(goroutine(7, f"{state} (leaked)", "shop.run()", created_by="shop.Start"))
    assert (found.rule, found.advice.startswith(advice)) == ("DT101", True)


def lock(number, operation, method, address):
    calls = (f"sync.(*{operation}(0x{address:x})", f"shop.(*Prices).{method}(0x{address:x})")
    state = f"sync.{operation.replace(')', '')} (leaked)"
    return goroutine(number, state, *calls, created_by="shop.Start")


def test_who_waits_for_one_lock_is_one_finding(findings):
    texts = [lock(number, "RWMutex).RLock", "Get", 0xC000012340) for number in (7, 8, 9)]
    (found,) = findings("\n".join([*texts, lock(10, "RWMutex).Lock", "Set", 0xC000012340)]))
    assert found.title == (
        "4 goroutines leaked for good in shop.(*Prices).Get (3) and shop.(*Prices).Set (1), waiting for a read lock "
        "and waiting for a write lock"
    )
    assert found.functions[:2] == ("shop.(*Prices).Get", "shop.(*Prices).Set")
    assert "between its Lock and Unlock" in found.advice


def test_a_circle_of_locks_is_called_one(samples):
    text = (samples / "dump/lock-order-go1.27.txt").read_text()
    (found,) = analyze([read(text.replace("[sync.Mutex.Lock", "[sync.Mutex.Lock (leaked)"))]).findings
    assert (found.rule, found.title.endswith(": locks are taken in a circle")) == ("DT101", True)
    assert found.advice.startswith("Take these locks in the same order")


def test_main_is_told_apart_from_others_in_its_function(findings):
    texts = [goroutine(1, "select (no cases) (leaked)", MAIN)]
    texts += [goroutine(n, "select (no cases) (leaked)", MAIN, created_by="main.main") for n in (7, 8)]
    main, others = sorted(findings("\n".join(texts), rule="DT101"), key=lambda found: found.count)
    assert (main.title, str(main.severity)) == ("main waits for ever in main.main, in a select without cases", "note")
    assert (others.count, str(others.severity)) == (2, "error")


def test_a_goroutine_in_c_is_told_by_the_function_of_c(findings):
    record = "#\t0x4394a60\tmain._Cfunc_lookup+0x40\t_cgo_gotypes.go:70\n#\t0x4394f78\tmain.find+0x48\tf.go:9\n"
    (found,) = findings(f"goroutine profile: total 99\n99 @ 0x4004f8b 0x4394a61 0x4394f79\n{record}", rule="DT208")
    assert found.title == "99 goroutines blocked in main.find, in the C function lookup"
    assert found.advice.startswith("Each holds a thread until C returns")


PIPE = ("io.(*pipe).write", "io.(*PipeWriter).Write", "dock.encode", "dock.(*Pier).Ship.func1")


@pytest.mark.parametrize(
    ("text", "starter"),
    [
        (
            goroutine(7, "select (leaked)", *PIPE, created_by="dock.(*Pier).Ship"),
            {"started_by": ["dock.(*Pier).Ship (start.go:7)"]},
        ),
        (
            profile((4, PIPE)).replace("goroutine", "goroutineleak", 1),
            {"called_by": ["dock.(*Pier).Ship.func1 (f.go:1)"]},
        ),
    ],
    ids=["a dump", "a profile, which does not print the go statement"],
)
def test_who_writes_to_a_pipe_is_told_about_the_pipe_and_who_started_it(findings, text, starter):
    (found,) = findings(text)
    assert found.advice.startswith("Nobody can read from the pipe any more: close its reader")
    assert {key: value for key, value in found.evidence.items() if key in {"started_by", "called_by"}} == starter


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (goroutine(7, "select (leaked)", "dock.(*Pier).wait"), False),
        (profile((4, ("runtime.selectgo", "dock.(*Pier).wait"))).replace("goroutine", "goroutineleak", 1), True),
    ],
    ids=["a dump", "a profile"],
)
def test_a_profile_does_not_tell_a_select_without_cases(findings, text, told):
    (found,) = findings(text)
    assert ("`select {}`" in found.advice) is told
