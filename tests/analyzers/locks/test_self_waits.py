"""Goroutines that wait for what they themselves do, and those that wait for others in the same functions."""

import pytest

from ...texts import goroutine

DUMPER = ("running", "runtime/pprof.writeGoroutineStacks(0x1)")
FLIGHT = "golang.org/x/sync/singleflight.(*Group)"
HANDLER = ("net/http.serverHandler.ServeHTTP({0x1?})", "net/http.(*conn).serve(0xc000001000)")
SHUTDOWN = ("select", "net/http.(*Server).Shutdown(0xc000002000)", "shop.quit(0x1)", *HANDLER)
SERVE = ("IO wait", "internal/poll.(*FD).Accept(0x1)", "net/http.(*Server).Serve(0xc000009000)")
OTHER_HANDLER = ("sleep", "time.Sleep(0x1)", "shop.slow(0x1)", *HANDLER)
STOP = (
    "select",
    "google.golang.org/grpc.(*Server).GracefulStop({})",
    "shop.(*admin).Stop(0x1)",
    "google.golang.org/grpc.(*Server).handleStream(0xc000003000)",
)


def flight(inner: str, outer: str) -> tuple[str, ...]:
    waits = ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0xc000020000)", f"{FLIGHT}.Do({inner}, {{0x7a74b0, 0x1}})")
    return (
        *waits,
        "shop.price(0x1)",
        "shop.price.func1()",
        f"{FLIGHT}.doCall({outer}, 0xc000020000)",
        "shop.price(0x2)",
    )


def once(inner: str, outer: str) -> tuple[str, ...]:
    waits = ("sync.Mutex.Lock", "sync.(*Mutex).Lock(...)", "sync.(*Once).doSlow(0x0?, 0xc000043ec8)")
    return (
        *waits,
        f"{inner}(0xc000010000)",
        f"{outer}.func1()",
        "sync.(*Once).doSlow(0x0?, 0x0?)",
        f"{outer}(0xc000010000)",
    )


IN_ONCE = ("sleep", "time.Sleep(0x1)", "shop.rates.func1()", "sync.(*Once).doSlow(0x0?, 0x0?)", "shop.rates(0x1)")
FLYING = (
    "sleep",
    "time.Sleep(0x1)",
    "shop.load(0x1)",
    f"{FLIGHT}.doCall(0xc000001000, 0xc000021000)",
    "shop.price(0x2)",
)


def text(*every: tuple[str, ...]) -> str:
    return "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1))


@pytest.mark.parametrize(
    ("goroutines", "title"),
    [
        (
            [flight("0xc000001000", "0xc000001000")],
            "shop.price waits for a call of a singleflight.Group that it makes itself",
        ),
        ([flight("0x1?", "0x2?")], "shop.price waits for a call of a singleflight.Group that it makes itself"),
        ([once("shop.setting", "shop.setting")], "shop.setting waits for a sync.Once whose function it runs itself"),
        ([SHUTDOWN], "shop.quit waits for the end of the server whose request it handles"),
        ([SHUTDOWN, SERVE], "shop.quit waits for the end of the server whose request it handles"),
        ([tuple(part.format("0xc000003000") for part in STOP)], "shop.(*admin).Stop waits for the end of the server"),
    ],
    ids=["one group", "receivers lost", "once", "shutdown", "another server without requests", "grpc"],
)
def test_who_waits_for_itself_is_told_without_any_age(findings, goroutines, title):
    (found,) = findings(text(*goroutines, DUMPER), rule="DT308")
    assert found.title.startswith(title)


@pytest.mark.parametrize(
    "goroutines",
    [
        [flight("0xc000001000", "0xc000009000")],
        [flight("0xc000001000", "0xc000001000"), FLYING],
        [flight("0x1?", "0x2?"), FLYING],
        [once("shop.currency", "shop.setting"), IN_ONCE],
        [SHUTDOWN, SERVE, OTHER_HANDLER],
        [tuple(part.format("0xc000004000") for part in STOP)],
        [("running", *SHUTDOWN[1:])],
        [("select", *SHUTDOWN[1:3], "main.main()")],
    ],
    ids=[
        "two groups",
        "another key",
        "perhaps another key",
        "two onces",
        "requests of another server",
        "another grpc server",
        "it still works",
        "in no handler",
    ],
)
def test_who_may_wait_for_others_is_not(findings, goroutines):
    assert findings(text(*goroutines, DUMPER), rule="DT308") == []


def test_a_server_that_still_accepts_is_not_the_one_that_ends(findings):
    """Since Go 1.21 it is printed who started a handler: a goroutine in Serve, which returns when its server ends."""
    handler = goroutine(9, *SHUTDOWN, created_by="net/http.(*Server).Serve")
    assert findings(f"{handler}\n{text(SERVE, OTHER_HANDLER)}", rule="DT308") == []
    elsewhere = goroutine(8, *SERVE)
    assert len(findings(f"{handler}\n{elsewhere}\n{text(DUMPER)}", rule="DT308")) == 1


def test_a_test_out_of_time_names_who_waits_for_itself_first(findings):
    alarm = "panic: test timed out after 4s\nrunning tests:\n\tTestQuit (4s)\n\n"
    test = ("select", "net/http.(*persistConn).roundTrip(0x1)", "shop.TestQuit(0x1)", "testing.tRunner(0x1, 0x1)")
    timeout = findings(alarm + text(test, SHUTDOWN), rule="DT608")[0]
    assert timeout.functions[0] == "shop.quit"
    assert timeout.evidence["chain"] == ["shop.quit waits for the end of the server whose request it handles"]


def test_other_rules_leave_it_to_this_one(findings):
    old = [
        one.replace("sync.WaitGroup.Wait", "sync.WaitGroup.Wait, 9 minutes") if at == 0 else one
        for at, one in enumerate(flight("0xc000001000", "0xc000001000"))
    ]
    assert [found.rule for found in findings(text(tuple(old), DUMPER))] == ["DT308"]
    locked = tuple(
        one.replace("sync.Mutex.Lock", "sync.Mutex.Lock, 9 minutes") if at == 0 else one
        for at, one in enumerate(once("shop.setting", "shop.setting"))
    )
    assert [found.rule for found in findings(text(locked, DUMPER))] == ["DT308"]


def test_those_who_wait_for_one_that_waits_for_itself_are_counted_with_it(findings):
    victim = ("sync.Mutex.Lock", "sync.(*Mutex).Lock(...)", "sync.(*Once).doSlow(0x0?, 0x0?)", "shop.setting(0x1)")
    (found,) = findings(text(once("shop.setting", "shop.setting"), *[victim] * 11, DUMPER), rule="DT30")
    assert found.title == (
        "shop.setting waits for a sync.Once whose function it runs itself, and 11 goroutines for that one"
    )
    assert found.count == 12


BACK = once("shop.start.func1", "shop.start")
"""The function of a Once comes back to it: nothing but the two calls of doSlow tells so."""
LOCKED_IN_ONCE = ("sync.Mutex.Lock", "sync.(*Mutex).Lock(...)", "shop.fetch(0x1)", *IN_ONCE[2:])


def addressed(lock: int, outer: int) -> tuple[str, ...]:
    waits, inside = BACK[:3], BACK[3:]
    known = [one.replace("doSlow(0x0?", f"doSlow({outer:#x}") for one in inside]
    return (waits[0], f"sync.(*Mutex).lockSlow({lock:#x})", *waits[1:], *known)


@pytest.mark.parametrize(
    ("goroutines", "rules"),
    [
        pytest.param([BACK], ["DT308"], id="alone"),
        pytest.param([addressed(0xC000020004, 0xC000020000)], ["DT308"], id="the Once's own lock"),
        pytest.param([addressed(0xC000020054, 0xC000020000)], ["DT304"], id="the lock of another Once"),
        pytest.param([BACK, IN_ONCE], [], id="another one is in its function"),
        pytest.param([BACK, LOCKED_IN_ONCE], ["DT304", "DT304"], id="another one waits in its function"),
        pytest.param([BACK, BACK], ["DT304"], id="two are in one each"),
    ],
)
def test_only_who_is_in_the_function_of_a_once_can_end_it(findings, goroutines, rules):
    """The Mutex of a Once is locked nowhere else, and given back also by a panic: so a whole text shows who has it."""
    assert sorted(found.rule for found in findings(text(DUMPER, *goroutines), rule="DT30")) == rules


def test_those_at_the_same_once_are_counted_wherever_they_call_it(findings):
    itself = addressed(0xC000020004, 0xC000020000)
    victim = (*itself[:4], "shop.rates(0x1)")
    (found,) = findings(text(DUMPER, itself, victim, victim), rule="DT30")
    assert found.title.endswith("a sync.Once whose function it runs itself, and 2 goroutines for that one")


def test_of_a_once_too_an_excerpt_may_leave_out_who_is_in_it(findings):
    assert findings(text(DUMPER, BACK).partition("\n\n")[2], rule="DT308") == []


def test_a_stack_that_is_not_all_there_may_be_in_the_function_of_a_once(findings):
    deep = goroutine(9, "chan receive", "shop.deep(0x1)") + "...additional frames elided...\n"
    assert findings(f"{text(DUMPER, BACK)}\n{deep}", rule="DT308") == []
