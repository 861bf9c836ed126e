"""Small dumps in which nobody is left to wake the others, hung tests, and goroutines that nothing can wake."""

import pytest

from ...texts import goroutine

SENDER = ("chan send", "main.(*Transport).start.func1()")
WAITER = ("semacquire", "sync.runtime_Semacquire(0x1)", "sync.(*WaitGroup).Wait(0x1)", "main.(*Stopper).Stop(0x1)")
FLUSHER = ("chan receive", "github.com/golang/glog.(*loggingT).flushDaemon(0x1)")
ACCEPTS = ("IO wait", "internal/poll.(*FD).Accept(0x2)", "main.acceptLoop(0x1)")


def test_everyone_waits_for_another(dump, findings):
    (found,) = findings(dump(SENDER, WAITER, FLUSHER), rule="DT305")
    assert found.title == "both goroutines wait for one another: main.(*Transport).start.func1, sending on a channel"
    assert found.functions[:2] == ("main.(*Transport).start.func1", "main.(*Stopper).Stop")


def test_of_an_excerpt_nothing_is_said_about_who_is_not_in_it(findings):
    one = "goroutine 77 [sync.Mutex.Lock]:\nsync.(*Mutex).Lock(0xc1)\n\t/go/sync.go:9 +0x1\nshop.(*Cart).add(0x1)\n"
    (found,) = findings(f"{one}\t/src/cart.go:7 +0x1d\n", rule="DT305")
    assert found.title.startswith("a goroutine is blocked and no other of this excerpt is active: shop.(*Cart).add")


@pytest.mark.parametrize(
    "other",
    [
        ACCEPTS,
        ("running", "main.compute(0x1)"),
        ("sleep", "time.Sleep(0x1)", "main.retry(0x1)"),
        ("select", "main.exchange(0x1)"),
    ],
    ids=["accepts", "runs", "sleeps", "selects"],
)
def test_not_everyone_waits_where_somebody_may_wake_them(dump, findings, other):
    assert findings(dump(SENDER, WAITER, other), rule="DT305") == []


@pytest.mark.parametrize(
    ("writer", "is_told"),
    [
        (["main.watch()"], True),
        (["main.report()", "main.main()"], False),
        (["shop.TestX()", "testing.tRunner()"], False),
    ],
    ids=["a watcher", "a step of main", "a step of a test"],
)
def test_who_only_writes_the_dump_wakes_nobody(findings, dump, writer, is_told):
    text = "\n".join([goroutine(9, "running", *writer), dump(SENDER, WAITER)])
    assert bool(findings(text, rule="DT305")) is is_told


WRITES = "1 @ 0x1 0x2 0x3\n#\t0x1\truntime/pprof.writeGoroutine+0x1\t/go/p.go:1\n#\t0x2\tmain.watch+0x1\t/src/w.go:3\n"
SENDS = "1 @ 0x48a00e 0x4195bc 0x4191b7 0x672b9a\n#\t0x672b99\tshop.(*Agent).Stop+0xf9\t/src/agent.go:28\n"


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (f"goroutine profile: total 2\n{WRITES}\n{SENDS}", True),
        (f"goroutine profile: total 3\n{WRITES}\n{SENDS}", False),
        (f"{WRITES}\n{SENDS}", False),
        (f"goroutine profile: total 1\n{SENDS}", False),
    ],
    ids=["whole", "cut off", "without header", "without its writer"],
)
def test_a_whole_profile_shows_that_nobody_else_is_there(findings, text, is_told):
    assert bool(findings(text, rule="DT305")) is is_told


@pytest.mark.parametrize(
    ("waits", "is_told"), [("sync.(*RWMutex).Lock", True), ("sync.(*WaitGroup).Wait", False), ("time.Sleep", False)]
)
def test_one_record_of_a_profile_tells_of_a_lock_like_a_traceback(findings, waits, is_told):
    locks = f"1 @ 0x1 0x2 0x3\n#\t0x1\t{waits}+0x1\t/go/src/x.go:1"
    record = f"{locks}\n#\t0x2\tdepot.(*Yard).Close+0x2\t/src/depot/y.go:9\n#\t0x3\tdepot.(*Ya"
    told = findings(f"It hangs in\n```\n{record}", rule="DT305")
    assert [found.functions[0] for found in told] == ["depot.(*Yard).Close"] * is_told
    assert all("of this excerpt" in found.title for found in told)


def test_workers_that_wait_for_jobs_are_not_everyone(dump, findings):
    main = ("semacquire", "sync.(*WaitGroup).Wait(0x1)", "main.main()")
    assert findings(dump(main, *[("chan receive", "main.worker(0x1)")] * 4), rule="DT305") == []


def test_a_test_that_hangs_and_who_hangs_with_it(dump, findings):
    test = ("chan receive, 10 minutes", "shop.TestCart(0xc000001000)", "testing.tRunner(0xc000001000, 0x1)")
    (found,) = findings(dump(test, ("chan send, 10 minutes", "shop.(*Cart).sync(0x1)")), rule="DT212")
    assert found.functions[:2] == ("shop.TestCart", "shop.(*Cart).sync")


@pytest.mark.parametrize(
    ("state", "minutes", "is_told"),
    [
        pytest.param("sleep", 2, False, id="one that works with pauses"),
        pytest.param("sleep", 3, True, id="for long all the same"),
        pytest.param("sleep, 3 minutes", 1, True, id="none that works"),
        pytest.param("select", 2, False, id="one that a timer wakes"),
        pytest.param("select, 3 minutes", 1, True, id="one that nothing wakes"),
        pytest.param("running", 1, True, id="who runs needs no minutes"),
        pytest.param("running", 0, False, id="who runs may be done in a moment"),
    ],
)
def test_what_a_test_has_started_may_be_at_work(dump, findings, state, minutes, is_told):
    waits = f"chan receive, {minutes} minutes" if minutes else "chan receive"
    test = (waits, "shop.TestSoak(0xc000001000)", "testing.tRunner(0xc000001000, 0x1)")
    started = (state, *(("time.Sleep(0x1)",) if "sleep" in state else ()), "shop.TestSoak.func1(0x1)")
    found = findings(dump(test, started), rule="DT212")
    assert [one.functions[0] for one in found] == ["shop.TestSoak"] * is_told


def test_who_writes_to_a_pipe_of_a_hung_test_waits_with_it(dump, findings):
    test = ("chan receive", "shop.TestCart(0xc000001000)", "testing.tRunner(0xc000001000, 0x1)")
    writer = ("select", "io.(*pipe).write(0x1)", "io.(*PipeWriter).Write(0x1)", "shop.(*Cart).dump(0x1)")
    (found,) = findings(dump(test, writer), rule="DT212")
    assert found.functions[:2] == ("shop.TestCart", "shop.(*Cart).dump")


@pytest.mark.parametrize(
    "leaf", [(), ("testing.(*testContext).waitParallel()",), ("testing.(*testState).waitParallel()",)]
)
def test_a_test_that_waits_for_parallel_ones_does_not_hang(dump, alarms, leaf):
    test = ("chan receive", *leaf, "testing.(*T).Parallel(0x1)", "shop.TestCart(0x1)", "testing.tRunner(0x1, 0x1)")
    assert alarms(dump(*[test] * 30)) == []


def test_a_select_without_cases_is_for_the_main_goroutine(dump, alarms):
    text = dump(("select (no cases)", "main.main()"), ("select (no cases)", "main.park()"))
    assert alarms(text) == [("DT103", "main.park")]


def test_one_that_main_has_started_and_that_never_goes_on_is_meant_to_stay(findings):
    park = [goroutine(n, "select (no cases)", "main.serve()", created_by="main.main") for n in (8, 9)]
    text = goroutine(1, "chan receive", "main.main()")
    assert [str(found.severity) for found in findings(f"{text}\n{park[0]}", rule="DT103")] == ["note"]
    assert [str(found.severity) for found in findings("\n".join([text, *park]), rule="DT103")] == ["error"]


def test_a_thread_held_on_purpose_is_only_noted(dump, findings):
    text = dump(("running", "main.main()"), ("select (no cases), locked to thread", "main.hold()"))
    assert [str(found.severity) for found in findings(text, rule="DT103")] == ["note"]


def test_a_panic_whose_message_is_cut_off(dump, findings):
    text = dump(
        ("running", "runtime/debug.Stack()", "main.recovered()", "panic(0x1, 0x2)", "main.decode(0x1)", "main.main()")
    )
    (found,) = findings(text, rule="DT613")
    assert (found.title, found.functions[:2]) == ("panic in main.decode", ("main.decode", "main.recovered"))


@pytest.mark.parametrize(
    ("others", "is_told"), [((), False), (("shop.Wait()",), True)], ids=["alone", "with one who waits for it"]
)
def test_one_who_is_alone_does_not_wait_for_others_of_the_text(findings, others, is_told):
    sender = goroutine(7, "chan send, 9 minutes", "shop.(*Queue).put(0x1)", "shop.feed(0x1)")
    waiters = [goroutine(8, "sync.WaitGroup.Wait, 9 minutes", "sync.(*WaitGroup).Wait(0x1)", one) for one in others]
    rules = {found.rule for found in findings("\n".join([sender, *waiters]))}
    assert "DT201" in rules
    assert ("DT305" in rules) is is_told
