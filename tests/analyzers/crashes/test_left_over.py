"""Goroutines that a test left behind: what they wait for is in the title, and the advice is for that."""

import pytest

from ...texts import goroutine


def left(state: str, *calls: str) -> str:
    _, stack = goroutine(22, state, *calls, created_by="shop.Open").split("\n", 1)
    top = calls[0].partition("(0x")[0]
    said = f"[Goroutine 22 in state {state}, with {top} on top of the stack:\n{stack}]\n"
    return f"    leaks.go:78: found unexpected goroutines:\n{said}"


@pytest.mark.parametrize(
    ("state", "call", "waiting", "advice"),
    [
        ("sync.Mutex.Lock", "sync.(*Mutex).Lock(0x1)", ", waiting for a mutex", "See who has this lock"),
        ("semacquire", "sync.runtime_SemacquireMutex(0x1)", ", waiting for a mutex", "See who has this lock"),
        ("chan send", "", ", sending on a channel", "Nobody has received what it sends"),
        ("chan receive", "", ", receiving from a channel", "Nobody has sent or closed the channel"),
        ("chan receive (nil chan)", "", ", receiving from a nil channel", "The channel is nil"),
        ("select", "", ", waiting in a select", "Close or cancel what this test opened"),
        ("sleep", "time.Sleep(0x1)", ", in time.Sleep", "Close or cancel what this test opened"),
    ],
)
def test_what_it_waits_for_is_told(findings, state, call, waiting, advice):
    (found,) = findings(left(state, *filter(None, [call]), "shop.(*Till).wait(0x1)"), rule="DT105")
    assert found.title == f"1 goroutine left over by a test in shop.(*Till).wait{waiting}, started by shop.Open"
    assert found.advice.startswith(advice)


@pytest.mark.parametrize(
    ("creator", "severity", "advice"),
    [
        pytest.param("shop.init.0", "warning", "The package starts it once", id="an init function"),
        pytest.param("shop.init", "warning", "The package starts it once", id="the package's own"),
        pytest.param("shop.glob..func1.2", "error", "Close or cancel what this test opened", id="a spec of ginkgo"),
        pytest.param("shop.init.func1", "error", "Close or cancel what this test opened", id="a variable's value"),
        pytest.param("shop.initServer", "error", "Close or cancel what this test opened", id="only a name like it"),
    ],
)
def test_what_a_package_starts_once_is_no_tests_leak(findings, creator, severity, advice):
    text = left("select", "shop.(*Till).wait(0x1)").replace("created by shop.Open", f"created by {creator}")
    (found,) = findings(text, rule="DT105")
    assert (str(found.severity), found.advice[: len(advice)]) == (severity, advice)


@pytest.mark.parametrize(
    ("state", "severity"),
    [("runnable", "note"), ("running", "note"), ("select", "error")],
)
def test_the_function_of_a_timer_that_has_just_fired_is_no_tests_leak(findings, state, severity):
    text = left(state, "shop.(*Till).close(0x1)").replace("created by shop.Open", "created by time.goFunc")
    (found,) = findings(text, rule="DT105")
    assert (found.severity, found.advice.startswith("A timer has just fired")) == (severity, severity == "note")


def test_the_main_goroutine_of_a_test_binary_is_no_tests_leak(findings):
    (found,) = findings(left("chan receive", "testing.(*T).Run(0x1)", "testing.(*M).Run(0x1)"), rule="DT105")
    assert (found.severity, found.advice[:34]) == ("note", "Goroutine 1 is that of the test bi")


def test_one_whose_function_is_cut_off_comes_after_those_that_are_known(findings):
    cut = goroutine(604, "IO wait", "internal/poll.runtime_pollWait(0x1)")
    text = f"{left('select', 'net/http.(*persistConn).writeLoop(0x1)')}{NEXT.replace('chan receive', 'IO wait')}{cut}"
    found = findings(text, rule="DT105")
    assert [bool(one.functions) for one in found] == [True, False]


def test_what_only_some_of_them_wait_for_is_not_told_of_all(findings):
    said = "    leaktest.go:142: Test{0} leaked goroutine: goroutine {0} [{1}]:\n\tshop.(*Till).wait(0x1)\n"
    text = "".join(
        f"--- FAIL: Test{number} (5.01s)\n{said.format(number, state)}\t\t/src/shop/till.go:9 +0x1d\n"
        for number, state in ((21, "select"), (22, "chan send"))
    )
    (found,) = findings(text, rule="DT105")
    assert found.title == "2 goroutines left over by a test in shop.(*Till).wait"


NEXT = " Goroutine 604 in state chan receive, with shop.(*Till).wait on top of the stack:\n"


def above(state: str = "chan receive", gap: str = "\n", head: str = "") -> str:
    call = "shop.(*Till).wait(0x1)"
    first, second = goroutine(603, state, call), goroutine(604, "chan receive", call)
    return f"{first}{gap}{head}{NEXT}{second}"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (above(), 2),
        (above(state="running"), 1),
        (above(gap="\n--- FAIL: TestTill (0.1s)\nsome words\n"), 1),
        (above(head="    leaks.go:78: found unexpected goroutines:\n["), 1),
    ],
    ids=["the head is cut off", "one that runs", "farther above", "the head is there"],
)
def test_the_first_of_a_list_whose_head_is_cut_off_is_one_of_it(findings, text, count):
    (found,) = findings(text, rule="DT105")
    assert (found.count, found.evidence["goroutines"], found.evidence["found_by"]) == (count, count, "goleak")


def test_an_idle_loop_right_above_is_left_to_who_lists_it(findings):
    idle = goroutine(603, "chan receive", "github.com/golang/glog.(*loggingT).flushDaemon(0x1)")
    (found,) = findings(f"{idle}\n{NEXT}{goroutine(604, 'chan receive', 'shop.(*Till).wait(0x1)')}", rule="DT105")
    assert found.functions[0] == "shop.(*Till).wait"


@pytest.mark.parametrize(
    ("call", "severity", "advice"),
    [
        pytest.param("runtime.ReadTrace()", "note", "The runtime has started it for itself", id="a trace reader"),
        pytest.param("shop.(*Till).wait(0x1)", "error", "Close or cancel", id="a state that is not known"),
        pytest.param("runtime.ReadTrace()", "error", "A test has started a trace", id="a trace of a test's own"),
    ],
)
def test_no_test_has_opened_what_is_the_runtime_s_own(findings, call, severity, advice):
    text = left("trace reader (blocked)", call)
    text = text.replace("in goroutine 1", "in goroutine 7") if "trace" in advice else text
    (found,) = findings(text, rule="DT105")
    assert (found.severity, found.advice[: len(advice)]) == (severity, advice)
