"""A name that says its goroutine is meant to wait: worth much of tens, little of hundreds, nothing of thousands."""

import pytest

from ....texts import goroutine, profile

MAIN = goroutine(1, "IO wait, 96 minutes", "net.(*TCPListener).Accept(0x1)", "main.main()")


def loops(ages, call="shop.(*Session).mainLoop(0x1)", state="select"):
    """A whole dump with a loop for each age, in the order of their starts."""
    started = [goroutine(40 + i, f"{state}, {age} minutes", call) for i, age in enumerate(ages)]
    return "\n".join([MAIN, *started])


def crowd(count, others, function="example.com/shop.(*Session).mainLoop"):
    """A `debug=1` text: so many in a select of one function, and others that sleep."""
    return profile((count, (function,)), (others, ("base.Until",)))


def told(findings, text):
    """How loud the findings of loops are."""
    return [str(one.severity) for one in findings(text, rule="DT203") if "shop" in one.title]


@pytest.mark.parametrize(
    ("count", "others", "severities"),
    [
        pytest.param(45, 4, [], id="tens are a pool"),
        pytest.param(60, 61, [], id="some more of as many others"),
        pytest.param(120, 20, [], id="some more, most of less than two hundred"),
        pytest.param(190, 20, ["note"], id="some more, most of more than two hundred"),
        pytest.param(259, 301, [], id="hundreds of some more"),
        pytest.param(301, 259, ["note"], id="hundreds, more than half"),
        pytest.param(1003, 259, ["note"], id="a thousand of some more"),
        pytest.param(1103, 60, ["note"], id="a thousand, nearly all"),
        pytest.param(2503, 1500, ["note"], id="thousands"),
        pytest.param(9999, 60, ["note"], id="less than LeakProf's number"),
        pytest.param(10_000, 60, ["warning"], id="LeakProf's number"),
        pytest.param(1_000_003, 259, ["warning"], id="a million"),
    ],
)
def test_the_more_there_are_the_less_their_name_tells(findings, count, others, severities):
    assert told(findings, crowd(count, others)) == severities


@pytest.mark.parametrize("name", ["(*Watcher).watch", "worker", "(*Pool).worker.func1", "(*Hub).dispatch", "consume"])
def test_no_name_speaks_for_more_than_any_program_parks(findings, name):
    assert told(findings, crowd(10_551, 259, f"example.com/shop.{name}")) == ["warning"]


@pytest.mark.parametrize(
    ("ages", "severities"),
    [
        pytest.param([95] * 90, [], id="all of one age: a pool"),
        pytest.param([95] * 200, ["note"], id="hundreds of one age are worth knowing"),
        pytest.param([95 - i // 4 for i in range(360)], ["warning"], id="who was started first has waited longest"),
        pytest.param([(i * 7) % 95 + 1 for i in range(360)], ["note"], id="all ages, in no order: a pool that works"),
    ],
)
def test_who_was_started_one_after_the_other_is_no_pool(findings, ages, severities):
    assert told(findings, loops(ages)) == severities


@pytest.mark.parametrize("count", [300, 3001])
@pytest.mark.parametrize("minutes", [0, 90])
def test_the_two_loops_of_each_client_of_a_hub_are_no_alarm(alarms, count, minutes):
    reader = (
        "internal/poll.(*FD).Read(0x1)",
        "net.(*conn).Read(0x1)",
        "bufio.(*Reader).Read(0x1)",
        "chat.(*Client).readLoop(0x1)",
    )
    clients = []
    for i in range(count):
        wait = f", {(count - i) * minutes // count} minutes" if (count - i) * minutes // count else ""
        clients.append(goroutine(40 + 9 * i, f"IO wait{wait}", *reader))
        clients.append(goroutine(41 + 9 * i, f"select{wait}", "chat.(*Client).writeLoop(0x1)"))
    assert alarms("\n".join([MAIN, *clients])) == []


def test_streams_of_clients_are_as_many_as_there_are_clients(alarms):
    streams = [
        goroutine(
            40 + i,
            f"select, {95 - i // 4} minutes",
            "example.com/shop.(*Server).Watch(0x1)",
            "google.golang.org/grpc.(*Server).processStreamingRPC(0x1)",
        )
        for i in range(360)
    ]
    assert alarms("\n".join([MAIN, *streams])) == []


@pytest.mark.parametrize(
    ("main", "severities"),
    [
        pytest.param(("raft.(*Peer).sit(0x1)", "raft.Run(0x2)", "main.main()"), ["note"], id="main does the same"),
        pytest.param(("raft.Wait(0x1)", "main.main()"), ["warning"], id="main does something else"),
    ],
)
def test_what_main_itself_does_too_is_meant_to_wait(findings, main, severities):
    peers = [goroutine(number, "select", "raft.(*Peer).sit(0x1)") for number in range(20, 140)]
    server = goroutine(15, "IO wait", "net.(*TCPListener).Accept(0x1)", "web.serve(0x1)")
    text = "\n".join([goroutine(1, "select", *main), server, *peers])
    assert [str(found.severity) for found in findings(text, text, rule="DT203")] == severities


def test_of_readers_more_than_their_name_speaks(findings):
    reads = ("internal/poll.(*FD).Read(0x1)", "net.(*conn).Read(0x1)", "shop.(*Client).readLoop(0x1)")
    others = [goroutine(43 + 7 * i, "sleep", "time.Sleep(0x1)", "shop.rest(0x1)") for i in range(30)]
    text = "\n".join([MAIN, *[goroutine(40 + 7 * i, "IO wait", *reads) for i in range(174)], *others])
    assert findings(text) == []
    watches = [goroutine(40 + 7 * i, "select", "shop.(*Client).watch.func1()") for i in range(174)]
    (found,) = findings("\n".join([MAIN, *watches, *others]))
    assert str(found.severity) == "warning"


@pytest.mark.parametrize(
    ("wrapper", "excused"), [("shop.openPool.gowrap1()", False), ("shop.pool()", True)], ids=["of the go", "a function"]
)
def test_the_wrapper_of_a_go_statement_has_the_name_of_another_function(findings, wrapper, excused):
    calls = ("shop.(*Session).next(0x1)", wrapper, "runtime.goexit({})")
    text = "\n".join([MAIN, *(goroutine(number, "select, 4 minutes", *calls) for number in range(40, 70))])
    assert (findings(text, rule="DT203") == []) is excused


@pytest.mark.parametrize(("entry", "told"), [("loop", []), ("ask", ["warning"])])
def test_a_closure_is_started_for_what_it_calls(findings, entry, told):
    calls = ("peer.(*fsm).active(0x1)", f"peer.(*fsm).{entry}(0x1)", "peer.newFSM.func1()")
    peers = [goroutine(number, "select, 3 minutes", *calls) for number in range(10, 39)]
    text = "\n".join([goroutine(1, "IO wait", "main.main()"), *peers])
    assert [str(found.severity) for found in findings(text, rule="DT203")] == told


@pytest.mark.parametrize(
    ("state", "step", "rules"),
    [
        pytest.param("select", "offer", ["DT203"], id="hands on"),
        pytest.param("select", "take", [], id="takes"),
        pytest.param("chan receive", "broadcast", [], id="takes what it hands on"),
    ],
)
def test_a_loop_that_hands_something_on_does_not_rest_there(alarms, state, step, rules):
    calls = (f"shop.(*Desk).{step}(0x1)", "shop.(*Desk).Loop(0x1)")
    stuck = [goroutine(number, f"{state}, 3 minutes", *calls) for number in range(40, 68)]
    assert [rule for rule, _ in alarms("\n".join([MAIN, *stuck]))] == rules
