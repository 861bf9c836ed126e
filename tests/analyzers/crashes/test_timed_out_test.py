"""Tests that ran out of time, by what is left of their output."""

import pytest

from ...texts import goroutine

ALARM = goroutine(34, "running", "testing.(*M).startAlarm.func1()")


@pytest.mark.parametrize(
    ("top", "certainty"),
    [
        ("", "likely"),
        (f"{ALARM}\n", "certain"),
    ],
    ids=["the tail alone", "with the alarm"],
)
def test_the_tail_of_a_timeout_tells_where_the_test_stands(findings, top, certainty):
    test = goroutine(8, "chan receive, 9 minutes", "till.TestClose(0xc000003c00)", "testing.tRunner(0x1)")
    (found,) = findings(f"{top}{test}FAIL\texample.com/till\t600.013s\nFAIL\n", rule="DT608")
    assert (found.certainty, found.functions[0]) == (certainty, "till.TestClose")
    assert "TestClose stuck in till.TestClose, receiving from a channel for 9 min" in found.title


LIST = "panic: test timed out after 30s\nrunning tests:\n\tTestPay (30s)\n\n"
CUT = "goroutine 8 [chan receive]:\ntill.(*Till).open(0x1)\n\t/src/app/till.go:18 +0x1d\n"


@pytest.mark.parametrize(
    ("rest", "title", "function"),
    [
        pytest.param(
            CUT,
            "test timed out after 30s: TestPay was still running; goroutine 8, of which the end is cut off, "
            "stands in till.(*Till).open, receiving from a channel",
            "till.(*Till).open",
            id="one that is cut off",
        ),
        pytest.param(
            f"{CUT}created by till.New in goroutine 7\n\t/src/app/till.go:3 +0x2\n",
            "test timed out after 30s: TestPay was still running",
            "TestPay",
            id="whole: not the test's",
        ),
        pytest.param(
            f"{CUT}\n{CUT.replace('goroutine 8', 'goroutine 9')}",
            "test timed out after 30s: TestPay was still running",
            "TestPay",
            id="nobody knows which",
        ),
    ],
)
def test_where_the_test_s_goroutine_is_cut_off_the_one_it_may_be_is_told(findings, rest, title, function):
    (found,) = findings(f"{LIST}{ALARM}\n{rest}", rule="DT608")
    assert (found.title, found.functions[0], found.certainty) == (title, function, "certain")
    assert found.evidence.get("goroutine") == (8 if "goroutine 8" in title else None)


@pytest.mark.parametrize(
    ("state", "call", "words", "advice"),
    [
        ("sleep", "time.Sleep(0x1)", "asleep in till.TestPay", "was asleep in this function"),
        ("IO wait", "internal/poll.runtime_pollWait(0x1, 0x72)", "stuck in till.TestPay", "for somebody outside"),
        ("syscall", "syscall.Syscall6(0xf7, 0x1)", "stuck in till.TestPay", "the end of a child process"),
        ("chan receive", "till.wait(0x1)", "stuck in till.wait", "who should send or close"),
    ],
)
def test_the_advice_is_for_what_the_test_waits_for(findings, state, call, words, advice):
    test = goroutine(8, state, call, "till.TestPay(0xc000003c00)", "testing.tRunner(0x1)")
    (found,) = findings(f"{LIST}{ALARM}\n{test}", rule="DT608")
    assert words in found.title
    assert advice in found.advice
    assert found.evidence["goroutine"] == 8


def test_a_hang_of_which_nothing_is_known_is_not_told_beside_the_timeout(findings):
    alarm = "goroutine 5 [running]:\ntesting.(*M).startAlarm.func1()\n\t/go/t.go:1 +0x1\n"
    assert [found.rule for found in findings(f"panic: test timed out after 3m0s\n\n{alarm}")] == ["DT608"]


def test_a_test_that_waits_for_a_group_until_its_time_is_out_is_no_leak_as_well(findings):
    alarm = "goroutine 5 [running]:\ntesting.(*M).startAlarm.func1()\n\t/go/t.go:1 +0x1\n"
    waits = "sync.(*WaitGroup).Wait(0x1)\n\t/go/w.go:1 +0x1\nshop.TestCart(0x1)\n\t/s.go:9 +0x1\n"
    test = f"goroutine 7 [semacquire, 9 minutes]:\n{waits}testing.tRunner(0x1, 0x2)\n\t/go/t.go:2 +0x1\n"
    said = "panic: test timed out after 10m0s\nrunning tests:\n\tTestCart (10m0s)\n\n"
    found, hang = findings(f"{said}{alarm}\n{test}")
    assert (hang.rule, hang.evidence["told_by"]) == ("DT212", "DT608")
    assert (found.rule, found.evidence["also"], found.evidence["oldest_minutes"]) == ("DT608", ["DT212"], 9)
    assert found.advice == (
        "Nobody else waits with it: who should call Done has returned, or never began. More time (-timeout) would "
        "likely not help."
    )


def test_the_goroutine_of_the_test_may_be_shown_apart(findings):
    functions = ("sync.(*WaitGroup).Wait", "shop.TestSell", "testing.tRunner")
    waits = "".join(f"{function}(0x1)\n\t/src/a.go:9 +0x1\n" for function in functions)
    apart = f"goroutine 9 [semacquire]:\n{waits}created by testing.RunTests\n\t/go/src/testing/testing.go:5 +0x1\n"
    report = "panic: test timed out after 1m10s\n\ngoroutine 12 [running]:\npanic(0x1)\n\t/go/src/a.go:4 +0x1\n"
    (found,) = findings(f"It sits here:\n\n{apart}\nand the end of the log:\n\n{report}", rule="DT608")
    assert (found.title, found.functions[0]) == (
        "test timed out after 1m10s: a test stuck in shop.TestSell, waiting for a sync.WaitGroup",
        "shop.TestSell",
    )


SUITE = "github.com/onsi/ginkgo/v2/internal.(*Suite)"


@pytest.mark.parametrize(
    ("creator", "front"),
    [(f"{SUITE}.runNode", "till.init.func1.3"), (f"{SUITE}.watch", "till.TestTill"), ("till.start", "till.TestTill")],
    ids=["where the test waits", "elsewhere in the library", "in own code"],
)
def test_a_spec_that_a_library_runs_in_a_goroutine_of_its_own_is_the_test(findings, creator, front):
    calls = (f"{SUITE}.runNode(0x1)", f"{SUITE}.Run(0x1)", "till.TestTill(0x1)", "testing.tRunner(0x1)")
    test = goroutine(1, "select", *calls, created_by="testing.(*T).Run")
    spec = goroutine(23, "chan receive", "till.init.func1.3()", f"{SUITE}.runNode.func3()", created_by=creator)
    text = f"panic: test timed out after 3s\nrunning tests:\n\tTestTill (3s)\n\n{ALARM}\n{test}\n{spec}"
    (found,) = findings(text, rule="DT608", own_prefixes=("till",))
    assert found.functions[0] == front


@pytest.mark.parametrize(("age", "rules"), [("", ["DT608", "DT212"]), (", 2 minutes", ["DT608"])])
def test_where_no_wait_is_printed_the_tests_may_have_waited_all_the_time(findings, age, rules):
    text = "panic: test timed out after 10m0s\n\n" + "\n".join([
        goroutine(5, "running", "testing.(*M).startAlarm.func1()", created_by="time.goFunc"),
        goroutine(1, "chan receive", "testing.(*T).Run(0x1)", "testing.(*M).Run(0x1)", "main.main()"),
        goroutine(8, "chan receive", "testing.(*T).Parallel(0x1)", "till.TestSlots(0x1)", "testing.tRunner(0x1)"),
        goroutine(9, f"select{age}", "till.(*Slots).Acquire(0x1)", created_by="till.TestSlots"),
    ])  # fmt: skip
    assert [found.rule for found in findings(text) if found.severity != "note"] == rules


def test_a_test_that_has_not_begun_is_none_that_ran(findings):
    text = "panic: test timed out after 3s\n\n" + "\n".join([
        goroutine(5, "running", "testing.(*M).startAlarm.func1()", created_by="time.goFunc"),
        goroutine(8, "chan receive", "testing.(*T).Parallel(0x1)", "till.TestNext(0x1)", "testing.tRunner(0x1)"),
        goroutine(9, "sleep", "time.Sleep(0x1)", "net.TestSlow(0x1)", "testing.tRunner(0x1)"),
    ])  # fmt: skip
    (found, *_) = findings(text, rule="DT608")
    assert found.title.endswith(": TestSlow asleep in net.TestSlow")
    assert (found.evidence["running_tests"], found.functions[0]) == (["TestSlow"], "net.TestSlow")


TWO = "panic: test timed out after 30s\nrunning tests:\n\tTestPay (30s)\n\tTestSell (30s)\n\n"
RUNNER = "testing.(*T).Run"


@pytest.mark.parametrize(
    ("said", "calls", "title"),
    [
        (
            LIST,
            ("till.TestSell(0x1)",),
            "TestPay was still running, whose own goroutine is not in the text; TestSell is stuck in till.TestSell",
        ),
        (LIST, ("till.TestPay.func1(0x1)",), "TestPay stuck in till.TestPay.func1"),
        (LIST, ("till.sell(0x1)",), "TestPay stuck in till.sell"),
        (TWO, ("till.TestSell(0x1)",), "TestPay and TestSell were still running, TestSell stuck in till.TestSell"),
        (TWO, ("till.sell(0x1)",), "TestPay and TestSell were still running, one stuck in till.sell"),
    ],
)
def test_no_test_is_put_on_the_stack_of_another(findings, said, calls, title):
    test = goroutine(8, "chan receive", *calls, "testing.tRunner(0x1)", created_by=RUNNER)
    (found,) = findings(f"{said}{ALARM}\n{test}", rule="DT608")
    assert found.title == f"test timed out after 30s: {title}, receiving from a channel"


def test_a_test_that_another_one_runs_is_its_subtest(findings):
    test = goroutine(8, "chan receive", "till.TestSell(0x1)", "testing.tRunner(0x1)", created_by=RUNNER)
    (found,) = findings(f"{LIST}{ALARM}\n{test.replace('in goroutine 1', 'in goroutine 7')}", rule="DT608")
    assert found.title == "test timed out after 30s: TestPay stuck in till.TestSell, receiving from a channel"


def test_who_only_pauses_is_told_with_its_caller(findings):
    calls = ("retry.Try(0x1)", "retry.Do(0x1)", "till.(*Till).open(0x1)", "till.TestPay(0x1)", "testing.tRunner(0x1)")
    text = "{}{}\n{}"
    (found,) = findings(text.format(LIST, ALARM, goroutine(8, "select", *calls)), rule="DT608")
    assert found.title.endswith("in retry.Try, waiting in a select, called by till.(*Till).open (till.go:18)")
    assert found.advice.startswith("The goroutine pauses here and polls: ")
    (found,) = findings(text.format(LIST, ALARM, goroutine(8, "chan receive", *calls)), rule="DT608")
    assert found.title.endswith("stuck in retry.Try, receiving from a channel")


def test_a_test_whose_stack_ends_in_its_call_is_on_its_goroutine(findings):
    test = goroutine(8, "semacquire, 2 minutes", "sync.runtime_Semacquire(0x1)", "till.TestPay(0xc000003c00)")
    (found,) = findings(f"{LIST}{test.rpartition(chr(9))[0]}\t/src/till", rule="DT608")
    assert found.title.startswith("test timed out after 30s: TestPay stuck in till.TestPay, ")
