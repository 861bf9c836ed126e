"""Bubbles of testing/synctest that their test has left, and who is still in them."""

import pytest

from ...texts import goroutine

ASLEEP = "fatal error: all goroutines are asleep - deadlock!\n\n"
ALONE = "No other goroutine of the program is in this text"
NONE_FIT = "Each function waits for something that only another one here could give"

PANIC = (
    "--- FAIL: TestPump (0.00s)\npanic: deadlock: main bubble goroutine has exited but blocked goroutines remain\n\n"
)
TEST = goroutine(
    7,
    "running",
    "testing.tRunner.func1.2({0x56c680, 0x920fef800f0})",
    "panic({0x56c680?, 0x920fef800f0?})",
    "internal/synctest.Run(0x920fefcc160)",
    "testing/synctest.Test(0x920ff012248, 0x5942a8)",
    "example.com/till.TestPump(0x920ff012248?)",
    "testing.tRunner(0x920ff012248, 0x594200)",
)


def left(number: int, function: str) -> str:
    state = "chan receive (durable), synctest bubble 1"
    return goroutine(number, state, f"{function}()", created_by="example.com/till.open")


def test_who_outlives_the_test_is_told_and_not_that_everyone_waits(findings):
    pumps = [left(number, "example.com/till.(*pump).run") for number in (10, 11)]
    (found,) = findings("\n".join([PANIC + TEST, *pumps, left(12, "example.com/till.open.func1")]), rule="DT104")
    assert found.title == (
        "TestPump returned while 3 goroutines that it had started were blocked "
        "in example.com/till.(*pump).run (2) and example.com/till.open.func1 (1)"
    )
    assert found.functions[:2] == ("example.com/till.(*pump).run", "example.com/till.open.func1")
    assert (found.count, found.location.line) == (3, 20)


def test_where_none_of_them_is_in_the_text_it_says_so(findings):
    cut = "\n".join(TEST.splitlines()[:3]) + "\n"
    (found,) = findings(PANIC + cut, rule="DT104")
    assert (
        found.title == "TestPump returned while goroutines that it had started were blocked; they are not in the text"
    )
    assert found.functions == ("TestPump",)


def test_in_a_bubble_who_waits_outside_of_it_comes_before_those_who_wait_for_its_clock(findings):
    test = goroutine(
        22, "synctest.Run (durable), synctest bubble 1", "internal/synctest.Run(0x1)", "till.TestPump(0x2)"
    )
    sleeper = goroutine(23, "sleep (durable), synctest bubble 1", "time.Sleep(0x1)", "till.tick()")
    locked = goroutine(24, "sync.Mutex.Lock, synctest bubble 1", "sync.(*Mutex).Lock(0x1)", "till.pay()")
    asleep = "fatal error: all goroutines are asleep - deadlock!\n\n"
    (found,) = findings(f"{asleep}{test}\n{sleeper}\n{locked}", rule="DT104")
    assert found.title == "every goroutine waits; till.pay is stuck waiting for a mutex"
    assert {"function": "till.TestPump", "count": 1, "doing": "waiting for its synctest bubble"} in found.evidence[
        "waits"
    ]
    assert found.evidence["goroutine"] == 24


BUBBLE = "synctest bubble 1"
SLEEPER = goroutine(23, f"sleep (durable), {BUBBLE}", "time.Sleep(0x1)", "till.tick()")
RECEIVER = goroutine(24, f"chan receive (durable), {BUBBLE}", "till.take()")


@pytest.mark.parametrize(
    ("state", "call", "does_not_count", "todo"),
    [
        ("sync.Mutex.Lock", "sync.(*Mutex).Lock(0x1)", "waiting for a mutex", "See who holds this lock"),
        ("chan receive", "till.poll()", "receiving from a channel", "Make the channel within the bubble."),
        (
            "IO wait",
            "internal/poll.runtime_pollWait(0x1)",
            "waiting for input or output",
            "Use nothing from outside of the bubble here",
        ),
    ],
)
def test_who_is_not_durably_blocked_stops_the_clock_of_a_bubble_and_comes_first(
    findings, state, call, does_not_count, todo
):
    last = goroutine(25, f"{state}, {BUBBLE}", call, "till.pay()")
    (found,) = findings("\n".join([ASLEEP + SLEEPER, RECEIVER, last]), rule="DT104")
    assert found.title == f"every goroutine waits; {found.functions[0]} is stuck {does_not_count}"
    assert (found.functions[0], found.location.line) == (found.evidence["waits"][0]["function"], 35)
    assert found.advice.startswith("A bubble's clock moves only while all its goroutines are durably blocked, and ")
    assert f"{does_not_count} does not count: nobody who sleeps in the bubble ever wakes. {todo}" in found.advice


def test_without_a_sleeper_no_clock_is_told(findings):
    last = goroutine(25, f"sync.Mutex.Lock, {BUBBLE}", "sync.(*Mutex).Lock(0x1)", "till.pay()")
    (found,) = findings("\n".join([ASLEEP + RECEIVER, last]), rule="DT104")
    assert (found.functions[0], "clock" in found.advice) == ("till.pay", False)


def test_before_go_1_25_no_state_says_who_is_durably_blocked(findings):
    texts = [one.replace(" (durable)", "") for one in (SLEEPER, RECEIVER)]
    last = goroutine(25, f"sync.Mutex.Lock, {BUBBLE}", "sync.(*Mutex).Lock(0x1)", "till.pay()")
    (found,) = findings("\n".join([ASLEEP + texts[0], texts[1], last]), rule="DT104")
    assert found.functions[0] == "till.take"


def test_where_no_own_code_is_left_it_is_told_what_the_goroutine_is_for(findings):
    asleep = "fatal error: all goroutines are asleep - deadlock!\n\n"
    accept = goroutine(
        9,
        "semacquire",
        "sync.runtime_Syncsemacquire(0x1)",
        "sync.(*Cond).Wait(0x1)",
        "net.(*TCPListener).AcceptTCP(0x1)",
    )
    (found,) = findings(asleep + accept, rule="DT104")
    assert (found.title, found.functions[0]) == (
        "every goroutine waits; net.(*TCPListener).AcceptTCP is stuck waiting for a sync.Cond",
        "net.(*TCPListener).AcceptTCP",
    )


def test_a_test_that_has_returned_does_not_hang(findings):
    waits = goroutine(9, "chan receive (durable), synctest bubble 1", "till.TestPump.func1.1()", "testing.tRunner(0x1)")
    assert [found.rule for found in findings(f"{PANIC}{TEST}\n{waits}", rule="DT2")] == []


def test_the_runner_of_benchmarks_waits_for_the_one_that_is_stuck(findings):
    runs = ("testing.(*B).run1(0xe3e)", "testing.(*B).Run(0xe3e)")
    text = "\n".join(
        [
            "fatal error: all goroutines are asleep - deadlock!\n",
            goroutine(1, "chan receive", *runs, "testing.(*M).Run(0xe3e)", "main.main()"),
            goroutine(23, "chan receive", *runs, "example.com/till.BenchmarkPump(0xe3e)", "testing.(*B).runN(0xe3e)"),
            goroutine(5, "chan send", "example.com/till.BenchmarkPump.func1(0xe3e)", "testing.(*B).runN(0xe3e)"),
        ]
    )
    (found,) = findings(text, rule="DT104")
    assert found.title == "every goroutine waits; example.com/till.BenchmarkPump.func1 is stuck sending on a channel"
    assert found.location.file == "/src/app/till.go"


@pytest.mark.parametrize(
    ("state", "call", "alone", "beside_another"),
    [
        ("chan receive", "", f"{ALONE}: who should send or close has returned", NONE_FIT),
        ("chan send", "", f"{ALONE} to receive: start the receiver before the send", NONE_FIT),
        ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", f"{ALONE}: who should call Done", NONE_FIT),
        ("sync.Cond.Wait", "sync.(*Cond).Wait(0x1)", f"{ALONE}: who should call Signal", NONE_FIT),
        (
            "sync.Mutex.Lock",
            "sync.(*Mutex).Lock(0x1)",
            f"{ALONE}: this one has locked it twice",
            "Begin with till.pay:",
        ),
        ("chan send (nil chan)", "", "The channel is nil", "The channel is nil"),
        ("select (no cases)", "", "Nothing can end a `select {}`", NONE_FIT),
    ],
)
def test_the_advice_is_for_what_the_last_ones_wait_for(findings, state, call, alone, beside_another):
    calls = [one for one in (call, "till.pay()", "main.main()") if one]
    system = goroutine(2, "force gc (idle)", "runtime.gopark(0x1)", "runtime.forcegchelper()")
    last = goroutine(1, state, *calls)
    (found,) = findings(f"{ASLEEP}{last}\n{system}", rule="DT104")
    assert found.advice.startswith(alone)
    assert (found.functions[0], found.location.file) == ("till.pay", "/src/app/till.go")
    (found,) = findings(f"{ASLEEP}{last}\n{goroutine(7, 'chan receive', 'till.open()')}", rule="DT104")
    assert found.advice.startswith(beside_another)


def test_who_ends_main_with_a_select_without_cases_lets_the_others_work(findings):
    main, worker = goroutine(1, "select (no cases)", "main.main()"), goroutine(7, "chan send", "till.open()")
    (found,) = findings(f"{ASLEEP}{main}\n{worker}", rule="DT104")
    assert found.title == "every goroutine waits; till.open is stuck sending on a channel"


def test_of_a_lock_that_nobody_holds_the_title_s_function_stays_the_place(findings):
    main = goroutine(1, "chan receive", "till.run()", "main.main()")
    waits = goroutine(7, "sync.Mutex.Lock", "sync.(*Mutex).Lock(0xc000012340)", "shop.pay()")
    (found,) = findings(f"{ASLEEP}{main}\n{waits}", rule="DT104")
    assert found.title == "every goroutine waits; till.run is stuck receiving from a channel"
    assert found.functions[:2] == ("till.run", "shop.pay")
    assert found.location.file == "/src/app/till.go"


def test_main_that_called_goexit_is_told_though_no_goroutine_is_left(findings):
    (found,) = findings("fatal error: no goroutines (main called runtime.Goexit) - deadlock!\nexit status 2\n")
    assert found.title == "main called runtime.Goexit, and every other goroutine has ended"
    assert (found.certainty, found.severity) == ("certain", "error")
    assert found.advice.startswith("Search what main calls for runtime.Goexit")
