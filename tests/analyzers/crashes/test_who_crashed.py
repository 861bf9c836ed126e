"""The goroutine that crashed is the one that ran, wherever it stands in the text; never one that waits."""

import pytest

from debugtext.reading import read
from debugtext.records.findings import Location

MISSING = "the frame at fault is not in the text"
FATAL = "fatal error: concurrent map writes\n\n"
PANIC = "panic: seat 9 is taken\n\n"
SIGNAL = "SIGSEGV: segmentation violation\nPC=0x4a1 m=3 sigcode=1\nsignal arrived during cgo execution\n\n"
WORKS = "goroutine 9 [{}]:\nruntime.cgocall(0x1)\n\t/go/runtime/c.go:1 +0x1\ndepot.Sell(0x1)\n\t/s/sell.go:9 +0x1\n"
WAITS = "goroutine 7 [{}]:\ndepot.Wait(0x1)\n\t/s/wait.go:7 +0x1\nmain.main()\n\t/s/main.go:5 +0x1\n"
RUNTIME = (
    "runtime stack:\nruntime.throw(0x1)\n\t/go/runtime/panic.go:1 +0x1\nruntime.findRunnable()\n\t/go/p.go:2 +0x1\n"
)
STATES = ["select", "chan receive, 5 minutes", "runnable", "runnable, locked to thread", "syscall, 3 minutes", "sleep"]


@pytest.mark.parametrize("headline", [FATAL, PANIC], ids=["fatal error", "panic"])
@pytest.mark.parametrize("state", [*STATES, "GC worker (idle)", "preempted", "finalizer wait"])
def test_who_waits_has_not_crashed(findings, headline, state):
    (found,) = findings(headline + WAITS.format(state), rule="DT60")
    said = headline.partition(": ")[2].strip()
    words = said if headline == FATAL else f'panic "{said}"'
    assert found.title == f"{words}: {MISSING}"
    assert (found.functions, found.location, found.evidence.get("goroutine")) == ((), None, None)


@pytest.mark.parametrize(
    ("headline", "state"),
    [(FATAL, "running"), (PANIC, "running"), (PANIC, "running, locked to thread"), (SIGNAL, "syscall")],
    ids=["fatal error", "panic", "locked", "in C"],
)
@pytest.mark.parametrize("first", STATES)
def test_who_ran_is_named_below_those_who_wait(findings, headline, state, first):
    (found,) = findings(f"{headline}{WAITS.format(first)}\n{WORKS.format(state)}", rule="DT6")
    assert (found.functions[0], found.evidence["goroutine"]) == ("depot.Sell", 9)


def test_the_first_of_those_who_ran_crashed():
    (capture,) = read(f"{FATAL}{WORKS.format('running')}\n{WAITS.format('running')}").captures
    assert capture.body.crashed_id == 9


def test_who_runs_elsewhere_and_has_no_stack_did_not_crash():
    elsewhere = (
        "goroutine 8 [running]:\n\tgoroutine running on other thread; stack unavailable\ncreated by depot.Open\n"
    )
    (capture,) = read(f"{FATAL}{RUNTIME}\n{WAITS.format('select')}\n{elsewhere}\t/s/open.go:3 +0x1\n").captures
    assert (len(capture.body.goroutines), capture.body.crashed_id) == (2, None)


def test_what_the_runtime_s_own_stack_tells_is_named_instead(findings):
    (found,) = findings(f"fatal error: bad timer heap state\n\n{RUNTIME}\n{WAITS.format('semacquire, 15 minutes')}")
    assert (found.title, found.functions) == ("bad timer heap state", ("runtime.findRunnable",))


def test_of_a_fatal_error_alone_nothing_is_said_to_be_missing(findings):
    (found,) = findings(FATAL)
    assert found.title == "concurrent map writes"


def test_threads_that_ran_out_are_held_by_those_in_system_calls(findings):
    held = "\n".join(
        f"goroutine {number} [syscall]:\nsyscall.Read(0x1)\n\t/go/s.go:1 +0x1\ndepot.Read(0x1)\n\t/s/r.go:4 +0x1\n"
        for number in (11, 12, 13)
    )
    text = f"fatal error: thread exhaustion\n\n{RUNTIME}\n{WAITS.format('select (no cases)')}\n{held}"
    (found,) = findings(text, rule="DT611")
    assert (found.title, found.functions[0]) == ("thread exhaustion in depot.Read", "depot.Read")


def test_threads_that_ran_out_are_held_by_those_in_c_whatever_their_state(findings):
    calls = "depot._Cfunc_sum(0x1)\n\t_cgo.go:1 +0x1\ndepot.Sum(0x1)\n\t/s/r.go:4 +0x1\n"
    called = f"goroutine 11 [runnable, locked to thread]:\n{calls}"
    said = "runtime/cgo: pthread_create failed: Resource temporarily unavailable\nSIGABRT: abort\nPC=0x7ff m=2\n\n"
    text = f"{said}goroutine 0 [idle]:\n\n{WAITS.format('runnable')}\n{called}"
    (found,) = findings(text, rule="DT611")
    assert found.functions[0] == "depot.Sum"


def test_who_called_c_from_a_library_is_named_with_the_own_caller(findings):
    called = WORKS.format("syscall").replace(
        "depot.Sell", "kiosk._Cfunc_sell(0x1)\n\t_cgo.go:1 +0x1\ngithub.com/kiosk/kiosk.(*Till).Sell(0x1)\n"
        "\t/go/pkg/mod/github.com/kiosk/kiosk@v1.0.0/till.go:7 +0x1\nmain.Sell"
    )  # fmt: skip
    (found,) = findings(SIGNAL + called)
    assert found.functions[:2] == ("github.com/kiosk/kiosk.(*Till).Sell", "main.Sell")
    assert "in github.com/kiosk/kiosk.(*Till).Sell, called by main.Sell" in found.title


SWEEPER = (
    "fatal error: fault\n\ngoroutine 3 [running]:\nruntime.throw(0x1)\n\t/go/runtime/panic.go:1 +0x1\n"
    "runtime.sweepone()\n\t/go/runtime/mgcsweep.go:2 +0x1\ncreated by runtime.gcenable\n\t/go/runtime/mgc.go:3 +0x1\n"
)


@pytest.mark.parametrize("state", ["select", "runnable"])
def test_who_stands_beside_the_runtime_s_own_work_is_not_blamed(findings, state):
    (found,) = findings(f"{SWEEPER}\n{WAITS.format(state)}")
    assert (found.title, found.functions[0]) == ("fault", "runtime.sweepone")
    assert found.location == Location("/go/runtime/mgcsweep.go", 2)


def test_all_asleep_without_the_word_deadlock_is_one(findings):
    (found,) = findings(f"fatal error: all goroutines are asleep\n\n{WAITS.format('chan receive')}", rule="DT104")
    assert found.functions[0] == "depot.Wait"


def test_of_a_stack_that_was_not_printed_who_started_it_is_told(findings):
    elsewhere = "goroutine 8 [running]:\n\tgoroutine running on other thread; stack unavailable\n"
    (found,) = findings(f"{FATAL}{elsewhere}created by depot.Open in goroutine 1\n\t/s/open.go:3 +0x1\n")
    assert found.title == "concurrent map writes in a goroutine that depot.Open started"
    assert (found.functions, found.location) == ((), None)
