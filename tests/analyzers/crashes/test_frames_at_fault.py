"""Crashes whose own frames are cut off: neither handlers nor the library's frames are their place."""

import pytest

MISSING = "the frame at fault is not in the text"
HANDLER = "k8s.io/apimachinery/pkg/util/runtime.HandleCrash"


def report(headline, *functions, end=""):
    frames = "".join(f"{function}(0x1)\n\t/src/{function.rpartition('/')[2]}.go:9 +0x1d\n" for function in functions)
    return f"{headline}\n\ngoroutine 9 [running]:\n{frames}{end}"


@pytest.mark.parametrize(
    ("headline", "functions"),
    [
        ("panic: seat 9 is taken", ["panic", HANDLER]),
        ("panic: seat 9 is taken", ["panic", "example.com/a/vendor/k8s.io/apimachinery/pkg/util/runtime.handleCrash"]),
        ("panic: seat 9 is taken", ["k8s.io/apimachinery/pkg/util/runtime.logPanic", HANDLER, "panic"]),
        ("fatal error: concurrent map writes", ["reflect.mapassign_faststr0", "reflect.Value.SetMapIndex"]),
        ("fatal error: concurrent map iteration and map write", ["encoding/json.mapEncoder.encode"]),
        ("fatal error: runtime: out of memory", ["runtime.systemstack_switch", "runtime.mallocgc"]),
    ],
    ids=["handler", "vendored", "log", "reflect", "json", "memory"],
)
def test_what_stands_above_a_cut_is_no_place(findings, headline, functions):
    found = findings(report(headline, *functions))[0]
    assert found.title.endswith(MISSING)
    assert (found.functions, found.location) == ((), None)


@pytest.mark.parametrize(
    ("functions", "end", "place"),
    [
        (["panic", HANDLER, "panic", "depot.Shunt"], "", "depot.Shunt"),
        (["encoding/json.mapEncoder.encode", "depot.Save"], "", "depot.Save"),
        (
            ["net/http.(*persistConn).readLoop"],
            "created by net/http.(*Transport).dialConn in goroutine 7\n\t/go/src/net/http/transport.go:9 +0x1\n",
            "net/http.(*persistConn).readLoop",
        ),
    ],
    ids=["below a handler", "own code", "a whole stack"],
)
def test_a_frame_that_is_there_is_named(findings, functions, end, place):
    found = findings(report("panic: seat 9 is taken", *functions, end=end))[0]
    assert (found.functions[0], MISSING in found.title) == (place, False)


def test_a_panic_without_its_message_may_lack_its_frame_too(findings):
    (found,) = findings(report("", "panic", HANDLER), rule="DT613")
    assert found.title == f"panic: {MISSING}"


def test_of_a_goroutine_left_over_only_the_library_s_frame_is_shown(findings):
    waits = "internal/poll.runtime_pollWait"
    leak = f"found unexpected goroutines:\n[Goroutine 20 in state IO wait, with {waits} on top of the stack:\n"
    text = f"leaks.go:78: {leak}{waits}(0x1, 0x72)\n\t/go/src/runtime/netpoll.go:343 +0x85\n]\n"
    (found,) = findings(text, rule="DT105")
    assert found.title == "1 goroutine left over by a test in a function that is cut off, waiting for input or output"


def test_a_frame_whose_location_is_cut_off_may_be_a_librarys(findings):
    """All that is placed lies in the module cache: the last call, cut behind its arguments, is not to blame."""
    cached = "".join(
        f"github.com/acme/jobs.{name}(0x1)\n\t/home/me/go/pkg/mod/github.com/acme/jobs@v1.2.0/jobs.go:9 +0x1\n"
        for name in ("remove", "reconcile")
    )
    panicked = "panic: nil\n\ngoroutine 9 [running]:\npanic(0x1, 0x2)\n\t/go/src/runtime/panic.go:9 +0x1\n"
    (found,) = findings(f"{panicked}{cached}github.com/depot/operator.(*Yard).Sync(0x1)\n")
    assert found.functions[0] == "github.com/acme/jobs.remove"
    placed = "github.com/depot/operator.(*Yard).Sync(0x1)\n\t/src/operator/yard.go:7 +0x1\n"
    assert findings(panicked + cached + placed)[0].functions[0] == "github.com/depot/operator.(*Yard).Sync"


WAITER = (
    "goroutine 9 [semacquire, 12 minutes]:\n"
    "sync.(*Mutex).Lock(0x1)\n\t/go/sync.go:1 +0x1\ndepot.Wait(0x1)\n\t/d.go:7 +0x1\n"
)


def test_who_waits_below_a_panic_has_not_panicked(findings):
    crash = findings(f"panic: seat 9 is taken\n\n{WAITER}", rule="DT602")[0]
    assert crash.title == f'panic "seat 9 is taken": {MISSING}'
    assert crash.functions == ()


def test_of_a_panic_because_it_took_too_long_who_waits_is_what_matters(findings):
    crash = findings(f"panic: the drill timed out\n\n{WAITER}", rule="DT602")[0]
    assert (crash.title, crash.functions[0]) == ('panic "the drill timed out"', "depot.Wait")


def test_a_headline_that_is_there_once_more_is_no_crash_of_its_own(findings):
    whole = report("panic: seat 9 is taken", "depot.Sell", "main.main")
    assert len(findings(f"panic: seat 9 is taken\n\nWe saw this at noon:\n\n{whole}", rule="DT602")) == 1
    assert len(findings(f"panic: seat 8 is taken\n\nWe saw this at noon:\n\n{whole}", rule="DT602")) == 2


def test_who_is_deferred_stands_above_the_panic_and_is_not_at_fault(findings):
    (found,) = findings(report("panic: seat 9 is taken", "depot.(*Span).End", "panic"))
    assert (found.title, found.functions) == (f'panic "seat 9 is taken": {MISSING}', ())
    assert findings(report("panic: seat 9 is taken", "depot.(*Span).End", "panic", "depot.Sell"))[0].functions[0] == (
        "depot.Sell"
    )


@pytest.mark.parametrize("end", ["", "created by net/http.(*Server).Serve\n\t/go/src/net/http/server.go:9 +0x1\n"])
@pytest.mark.parametrize("rule", ["DT602", "DT613"], ids=["with its message", "without"])
def test_what_a_panic_above_another_has_called_is_deferred_too(findings, rule, end):
    deferred = ["depot.(*Web).recovers", "panic", "depot.(*Span).End", "panic", "encoding/json.Marshal"]
    headline = "panic: seat 9 is taken" if rule == "DT602" else ""
    (found,) = findings(report(headline, *deferred, end=end), rule=rule)
    assert "depot" not in found.title
    assert found.location is None


def test_a_deferred_function_in_which_the_runtime_ended_the_program_is_at_fault(findings):
    (found,) = findings(
        report("fatal error: sync: unlock of unlocked mutex", "sync.throw", "depot.(*Web).end", "panic")
    )
    assert found.functions[0] == "depot.(*Web).end"


@pytest.mark.parametrize(
    "functions",
    [["panic", "depot.(*meter).Read"], ["panic", "net.(*conn).Read", "depot.(*meter).Read"]],
    ids=["it has panicked", "what it calls has"],
)
def test_a_wrapped_connection_that_panics_is_the_place(findings, functions):
    serves = ["net/http.(*connReader).Read", "bufio.(*Reader).Peek", "net/http.(*conn).serve"]
    found = findings(report("panic: seat 9 is taken", *functions, *serves))[0]
    assert found.functions[0] == "depot.(*meter).Read"
