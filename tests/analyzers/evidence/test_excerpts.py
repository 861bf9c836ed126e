"""What a text shows besides a crowd: an excerpt that somebody picked, a server's handlers, its connections."""

import pytest

from ...texts import goroutine, profile

DUMPER = ("running", "runtime/pprof.writeGoroutineStacks(0x1)", "main.dump(0x2)")
MAIN = ("chan receive, 300 minutes", "main.main()")


def excerpt(text: str) -> str:
    """The same goroutines with high numbers, as in a paste of one out of thousands."""
    return text.replace("goroutine ", "goroutine 99")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("select, 267 minutes", [("DT203", "task.(*Client).call")]),
        ("chan receive, 40 minutes", [("DT202", "task.(*Client).call")]),
        ("select, 3 minutes", []),
        ("select", []),
    ],
)
def test_one_goroutine_picked_out_of_a_dump_is_picked_for_its_age(dump, alarms, state, told):
    assert alarms(excerpt(dump((state, "task.(*Client).call(0x1)", "task.Kill(0x1)")))) == told


@pytest.mark.parametrize(
    ("state", "function", "rules"),
    [
        pytest.param("sync.Cond.Wait, 9 minutes", "task.(*Client).Close", ["DT205"], id="an end"),
        pytest.param("sync.Cond.Wait, 9 minutes", "task.(*Client).Fill", [], id="no end"),
        pytest.param("IO wait, 9 minutes", "task.(*Client).Close", [], id="waits for the network"),
    ],
)
def test_what_ends_something_should_not_wait_for_minutes(dump, alarms, state, function, rules):
    assert [rule for rule, _ in alarms(excerpt(dump((state, f"{function}(0x1)", "task.Run(0x1)"))))] == rules


@pytest.mark.parametrize(
    ("state", "calls", "count", "rules"),
    [
        pytest.param("select", ("task.(*Client).call",), 1, [], id="selects"),
        pytest.param("chan receive", ("task.(*Client).call",), 1, [], id="receives"),
        pytest.param("chan send", ("task.(*Client).call",), 1, ["DT201"], id="sends"),
        pytest.param("select", ("task.(*Client).call", "task.Kill"), 1, ["DT203"], id="in what it has called"),
        pytest.param("chan receive", ("task.(*Client).call", "task.Kill"), 1, ["DT202"], id="receives there"),
        pytest.param("select", ("task.(*Client).call",), 2, ["DT203"], id="two of them"),
    ],
)
def test_one_picked_out_that_waits_where_it_was_started_may_be_a_loop_at_rest(dump, alarms, state, calls, count, rules):
    text = excerpt(dump(*[(f"{state}, 267 minutes", *calls)] * count))
    assert [rule for rule, _ in alarms(text)] == rules


@pytest.mark.parametrize(("minutes", "told"), [(4, [("DT202", "task.handle.func1")]), (2, [])])
def test_two_that_somebody_picked_out_of_many_need_not_be_as_old(dump, alarms, minutes, told):
    both = [(f"chan receive, {minutes} minutes", "task.handle.func1()")] * 2
    assert alarms(excerpt(dump(*both))) == told
    assert alarms(excerpt(dump(both[0]))) == []


WATCHER = "github.com/go-sql-driver/mysql.(*mysqlConn).startWatcher.func1"


@pytest.mark.parametrize(("minutes", "told"), [(90, [("DT211", WATCHER)]), (9, [])])
def test_one_of_a_library_is_enough_where_the_text_shows_no_other(dump, alarms, minutes, told):
    watcher = (f"select, {minutes} minutes", f"{WATCHER}(0x1)")
    assert alarms(excerpt(dump(watcher))) == told
    assert alarms(dump(MAIN, watcher, DUMPER)) == []


DRAWN = "net/http.setRequestCancel.func4\n  → net/http.(*Transport).roundTrip\n  → shop.(*Client).Order\n"


def test_a_leak_that_somebody_draws_is_told(alarms):
    assert alarms(DRAWN) == [("DT211", "shop.(*Client).Order")]
    assert alarms(DRAWN.replace("setRequestCancel.func4", "(*conn).serve")) == []


def test_in_a_whole_dump_one_that_waits_for_long_is_nothing(dump, alarms):
    assert alarms(dump(MAIN, ("select, 267 minutes", "task.(*Client).call(0x1)"), DUMPER)) == []


def test_a_loop_picked_out_is_still_a_loop(dump, alarms):
    assert alarms(excerpt(dump(("select, 267 minutes", "task.(*Client).eventLoop(0x1)")))) == []


@pytest.mark.parametrize("state", ["chan send, 1140 minutes", "sync.Mutex.Lock, 1140 minutes"])
def test_no_library_excuses_a_send_or_a_lock(dump, alarms, state):
    lock = ("sync.(*Mutex).Lock(0xc000010000)",) if "Lock" in state else ()
    below = ("k8s.io/apimachinery/pkg/util/wait.JitterUntil(0x1)", "k8s.io/apimachinery/pkg/util/wait.Until(0x1)")
    found = alarms(dump((state, *lock, "pleg.(*Relister).relist(0x1)", *below), DUMPER))
    assert [function for _, function in found] == ["pleg.(*Relister).relist"]


def test_a_handler_that_hangs_is_not_its_idle_server(dump, alarms):
    serve = "net/http.(*conn).serve(0x1)"
    hangs = ("chan receive, 3 minutes", "shop.(*Approvals).ServeHTTP(0x1)", serve)
    idle = ("IO wait, 3 minutes", "internal/poll.(*FD).Read(0x1)", "net.(*conn).Read(0x1)", serve)
    assert alarms(dump(*[idle] * 60, DUMPER)) == []
    assert alarms(dump(*[idle] * 20, *[hangs] * 40, DUMPER)) == [("DT202", "shop.(*Approvals).ServeHTTP")]


def test_one_goroutine_for_each_accepted_connection(dump, findings):
    accept = ("IO wait", "internal/poll.(*FD).Accept(0x1)", "chat.Join(0x1)")
    read = ("IO wait, 3 minutes", "internal/poll.(*FD).Read(0x1)", "chat.(*member).receive(0x1)")
    write = ("chan receive, 3 minutes", "chat.(*member).send(0x1)")
    lines = dump(*[read] * 30, *[write] * 30).split("\n\n")
    text = "\n\n".join(f"{each.rstrip()}\ncreated by chat.Join in goroutine 1\n\t/src/c.go:1 +0x1" for each in lines)
    alone = [str(found.severity) for found in findings(text + "\n\n" + dump(DUMPER))]
    served = [str(found.severity) for found in findings(text + "\n\n" + dump(accept, DUMPER))]
    assert (alone, served) == (["warning"], ["note"])


def test_senders_that_nobody_keeps_waiting_for_a_minute_are_served(dump, alarms):
    senders = [("chan send", "log.produce(0x1)")] * 20
    assert alarms(dump(*senders, DUMPER)) == [("DT201", "log.produce")]
    assert alarms(dump(*senders, ("select, 9 minutes", "main.main()"), DUMPER)) == []


def test_a_channel_whose_direction_is_unknown_has_advice_for_both(findings):
    record = "40 @ 0x48d92a 0x419c8e 0x400001 0x72ec87\n#\t0x72ec86\tmain.exchange+0x12\tm.go:7\n"
    (found,) = findings(f"goroutine profile: total 40\n{record}")
    assert "sends or receives" in found.advice


def test_a_sender_of_hours_whose_stack_is_cut_off(findings):
    (found,) = findings("goroutine 1 [chan send, 2632 minutes]:\ngithub.co")
    assert found.title == "1 goroutine blocked in a function that is cut off, sending on a channel for 1.8 d"


@pytest.mark.parametrize(
    ("state", "leaf", "said"),
    [
        ("chan send, 9 minutes", "runtime.chansend(0x1)", ["sending on a channel for 9 min"]),
        ("chan send", "runtime.chansend(0x1)", []),
        ("select, 90 minutes", "runtime.selectgo(0x1)", ["waiting in a select for 90 min"]),
        ("chan receive, 90 minutes", "runtime.chanrecv(0x1)", ["receiving from a channel for 90 min"]),
        ("semacquire, 9 minutes", "sync.(*WaitGroup).Wait(0x1)", ["waiting for a sync.WaitGroup for 9 min"]),
        ("IO wait, 90 minutes", "internal/poll.runtime_pollWait(0x1)", []),
        ("GC worker (idle), 90 minutes", "runtime.gcBgMarkWorker()", []),
    ],
)
def test_a_stack_that_is_cut_within_the_runtime_has_its_state(findings, state, leaf, said):
    found = findings(goroutine(7, state, "runtime.gopark(0x1)", leaf), rule="DT20")
    assert [one.title for one in found] == [
        f"1 goroutine blocked in a function that is cut off, {word}" for word in said
    ]


@pytest.mark.parametrize(("others", "told"), [(0, True), (1, False)], ids=["picked out", "the last of some"])
def test_who_selects_may_be_meant_to_where_others_are_shown(findings, others, told):
    idle = [goroutine(9, "select, 90 minutes", "shop.(*Pool).worker(0x1)")] * others
    text = "\n".join([*idle, goroutine(7, "select, 90 minutes", "runtime.gopark(0x1)", "runtime.selectgo(0x1)")])
    assert any("cut off" in one.title for one in findings(text)) is told


@pytest.mark.parametrize(
    ("waiters", "severity"), [(1, "warning"), (9, "warning"), (12, "error")], ids=["one", "few", "a crowd"]
)
def test_who_holds_a_lock_may_be_in_what_an_excerpt_leaves_out(dump, findings, waiters, severity):
    waits = ("sync.Mutex.Lock, 19 minutes", "sync.(*Mutex).Lock(0xc000010000)", "main.(*State).IsRunning(0xc000010000)")
    whole, part = dump(MAIN, *[waits] * waiters), excerpt(dump(*[waits] * waiters))
    (of_whole,), (of_part,) = findings(whole, rule="DT304"), findings(part, rule="DT304")
    assert (of_whole.severity, of_part.severity) == ("error", severity)
    assert of_whole.title.endswith("nobody in this text seems to hold it")
    assert of_part.title.endswith("main.(*State).IsRunning; this excerpt does not show who holds it")
    assert "whole dump" in of_part.advice


@pytest.mark.parametrize("end", ["", "callOnce(0x1)\n\t/src/task.go:9 +0x1\n"])
def test_a_name_that_the_end_of_the_text_cuts_in_half_tells_nothing(dump, alarms, end):
    text = excerpt(dump(("chan send, 40 minutes", "task.(*Client).call(0x1)"))).partition("call(")[0]
    assert alarms(text + end) == ([("DT201", "task.(*Client).callOnce")] if end else [])


@pytest.mark.parametrize(
    ("snip", "holder"),
    [
        ("", "nobody in this text seems to hold it"),
        ("[... 300 lines ...]\n", "this excerpt does not show who holds it"),
    ],
)
def test_of_a_dump_from_which_lines_are_cut_the_holder_may_be_missing(findings, dump, snip, holder):
    lock = ("sync.runtime_SemacquireMutex(0xc000010004, 0x0, 0x1)", "sync.(*Mutex).Lock(0xc000010000)")
    waits = ("sync.Mutex.Lock, 5 minutes", *lock, "main.(*Store).Get(0xc000010000)")
    text = dump(("chan receive, 9 minutes", "main.main()"), waits, waits)
    rest = "net.(*conn).Read(0x1)\n\t/src/net/net.go:196 +0x45\n" if snip else ""
    (found,) = findings(f"{text}{snip}{rest}", rule="DT304")
    assert holder in found.title


@pytest.mark.parametrize(
    ("starts", "told"),
    [
        pytest.param(("p2p.(*Switch).Broadcast.func1", "p2p.(*Switch).Broadcast.func2"), True, id="closures of one"),
        pytest.param(("p2p.(*Switch).Broadcast.func1", "p2p.(*Peer).Serve.func1"), False, id="of two functions"),
    ],
)
def test_what_one_function_has_started_was_picked_out_of_more(alarms, starts, told):
    counts = profile(
        (172, ("runtime.selectgo", "p2p.(*Channel).send", starts[0])),
        (172, ("sync.runtime_Semacquire", "sync.(*WaitGroup).Wait", starts[1])),
    )
    found = [("DT203", "p2p.(*Channel).send"), ("DT204", starts[1])] * told
    assert alarms(counts.replace("total 344", "total 774")) == found
