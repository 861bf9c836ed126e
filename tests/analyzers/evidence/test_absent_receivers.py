"""Who should receive what a crowd sends, and is blocked itself: the one to open first."""

import pytest

from ...texts import goroutine, profile

SERVES = ("net/http.serverHandler.ServeHTTP(0x1)", "net/http.(*conn).serve(0x1)")
SENDERS = ("chan send, 9 minutes", "chat.(*Hub).Join(0x1)", "chat.serve(0x2)", *SERVES)
RUN = "chat.(*Hub).run(0x1)"
DELIVERS = ("chat.(*Client).deliver(0x1)", RUN)
WRITE = ("internal/poll.runtime_pollWait(0x1)", "internal/poll.(*FD).Write(0x1)", "net.(*conn).Write(0x1)")
PEER = ("IO wait, 9 minutes", *WRITE, "chat.(*Client).writes(0x1)")
LOCK = ("sync.runtime_SemacquireMutex(0x1)", "sync.(*Mutex).Lock(0x1)")
SELF = ", as {} should receive and waits itself: {}"


def title(findings, *others: tuple[str, ...]):
    every = [*[SENDERS] * 12, *others]
    return findings("\n".join(goroutine(number, *one) for number, one in enumerate(every, 1)), rule="DT201")[0]


@pytest.mark.parametrize(
    ("others", "first", "words"),
    [
        pytest.param(
            [("chan send, 9 minutes", *DELIVERS)],
            ["chat.(*Client).deliver", "chat.(*Hub).Join", "chat.(*Hub).run"],
            SELF.format("chat.(*Client).deliver", "sending on a channel for 9 min"),
            id="it sends on",
        ),
        pytest.param(
            [("sync.Mutex.Lock, 8 minutes", *LOCK, RUN)],
            ["chat.(*Hub).run", "chat.(*Hub).Join"],
            SELF.format("chat.(*Hub).run", "waiting for a mutex for 8 min"),
            id="it waits for a lock",
        ),
        pytest.param(
            [("chan send, 9 minutes", "runtime.gopark(0x1)", RUN, "chat.Open.gowrap1()", "runtime.goexit({})")],
            ["chat.(*Hub).run", "chat.(*Hub).Join"],
            SELF.format("chat.(*Hub).run", "sending on a channel for 9 min"),
            id="level 2 prints how it was started",
        ),
        pytest.param(
            [("IO wait, 8 minutes", *WRITE, "chat.(*Hub).run.func1(0x1)")],
            ["chat.(*Hub).run.func1", "chat.(*Hub).Join"],
            SELF.format("chat.(*Hub).run.func1", "writing to a connection or file for 8 min"),
            id="its peer does not read",
        ),
        pytest.param(
            [("sync.Cond.Wait, 9 minutes", "sync.(*Cond).Wait(0x1)", RUN)],
            ["chat.(*Hub).run", "chat.(*Hub).Join"],
            SELF.format("chat.(*Hub).run", "waiting for a sync.Cond for 9 min"),
            id="nobody wakes it",
        ),
        pytest.param(
            [("chan send, 9 minutes", *DELIVERS, "chat.Open.func1()")],
            ["chat.(*Client).deliver", "chat.(*Hub).Join", "chat.(*Hub).run"],
            SELF.format("chat.(*Client).deliver", "sending on a channel for 9 min"),
            id="a closure calls it",
        ),
        pytest.param([("select, 9 minutes", RUN)], ["chat.(*Hub).Join"], "", id="it may receive"),
        pytest.param(
            [("chan receive, 8 minutes", *DELIVERS), ("chan send, 8 minutes", "chat.(*Hub).sort(0x1)")],
            ["chat.(*Client).deliver", "chat.(*Hub).Join", "chat.(*Hub).sort", "chat.(*Hub).run"],
            SELF.format("chat.(*Client).deliver", "receiving from a channel for 8 min"),
            id="it receives in another type's method, and one more sends",
        ),
        pytest.param([("chan receive", *DELIVERS)], ["chat.(*Hub).Join"], "", id="it has just begun to"),
        pytest.param([("chan receive, 8 minutes", RUN)], ["chat.(*Hub).Join"], "", id="it receives in its own"),
        pytest.param([("chan send, 9 minutes", *DELIVERS)] * 2, ["chat.(*Hub).Join"], "", id="there are two"),
        pytest.param(
            [("chan send, 9 minutes", *DELIVERS), ("select, 9 minutes", RUN)],
            ["chat.(*Hub).Join"],
            "",
            id="one is free",
        ),
        pytest.param(
            [("chan send, 9 minutes", "chat.(*Hub).Leave(0x1)", *SERVES)], ["chat.(*Hub).Join"], "", id="a request"
        ),
        pytest.param(
            [("chan send, 9 minutes", "chat.(*Hub).Leave(0x1)", "chat.(*Client).reads(0x1)")],
            ["chat.(*Hub).Join"],
            "",
            id="one more sender",
        ),
        pytest.param([("chan send, 9 minutes", "chat.(*Room).run(0x1)")], ["chat.(*Hub).Join"], "", id="another type"),
    ],
)
def test_the_one_that_should_receive_is_named_first(findings, others, first, words):
    found = title(findings, *others)
    assert list(found.functions[: len(first)]) == first
    assert words in found.title
    assert (" should receive" in found.title) is bool(words)


def test_all_who_stand_behind_one_are_one_finding(findings):
    sends = [("chan send, 8 minutes", f"chat.(*Hub).{name}(0x1)") for name in ("sort", "couple")]
    every = [*sends, ("chan receive, 8 minutes", *DELIVERS)]
    (found,) = findings("\n".join(goroutine(number, *one) for number, one in enumerate(every, 1)), rule="DT201")
    assert (found.functions[0], found.count) == ("chat.(*Client).deliver", 3)
    assert {found.functions[1], *found.evidence["behind_it"]} == {"chat.(*Hub).sort", "chat.(*Hub).couple"}


def test_whom_it_waits_for_is_told(findings):
    found = title(findings, ("chan send, 9 minutes", RUN), PEER, ("select", "chat.(*Client).writes(0x1)"))
    assert found.evidence["receiver"] == "chat.(*Hub).run: sending on a channel for 9 min"
    assert found.evidence["waits_for"] == "chat.(*Client).writes: writing to a connection or file for 9 min"
    assert found.functions[:3] == ("chat.(*Hub).run", "chat.(*Hub).Join", "chat.(*Client).writes")
    assert found.advice.startswith("chat.(*Hub).run should receive, and waits itself: let it send in a select")


def test_of_several_that_write_none_is_told(findings):
    found = title(findings, ("chan send, 9 minutes", RUN), PEER, ("IO wait", *WRITE, "chat.(*Log).flush(0x1)"))
    assert "waits_for" not in found.evidence


@pytest.mark.parametrize(("places", "told"), [(50, True), (150, False)])
def test_of_a_type_at_very_many_places_none_is_told(findings, places, told):
    others = [("select", f"chat.(*Hub).step{number}(0x1)") for number in range(places)]
    found = title(findings, ("chan send, 9 minutes", RUN), *others)
    assert ("receiver" in found.evidence) is told


def started(starter: str, senders: int, *, sweeps: int = 1, state: str = "chan send") -> str:
    """A dump of closures that send, and of goroutines of another function that were started with them."""
    calls = (*[("chan send", "port.Open.func1()")] * senders, *[(state, "port.(*Radar).sweep(0x1)")] * sweeps)
    rest = [("select", f"port.f{number}(0x1)") for number in range(4)]
    return "\n".join(
        goroutine(number, *one, created_by=starter) for number, one in enumerate((*calls, *rest), 20)
    ) + goroutine(1, "chan receive", "main.main()")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(started("port.Open", 12), True, id="it was started with them"),
        pytest.param(started("port.Close", 12), False, id="by another function"),
        pytest.param(started("port.Open", 12, sweeps=2), False, id="there are two"),
        pytest.param(started("port.Open", 12, state="chan receive"), False, id="it may receive"),
    ],
)
def test_who_was_started_with_closures_that_send_should_receive(findings, text, told):
    found = findings(text, rule="DT201")[0]
    assert ("port.(*Radar).sweep should receive and waits itself" in found.title) is told


def test_of_senders_that_become_more_the_one_that_should_receive_is_named_first(findings):
    (found,) = findings(started("port.Open", 12), started("port.Open", 40), rule="DT210")
    assert found.functions[0] == "port.(*Radar).sweep"
    assert found.evidence["counts"] == [12, 40]
    assert "port.(*Radar).sweep should receive and waits itself" in found.title


@pytest.mark.parametrize(
    ("senders", "severities"),
    [pytest.param(99, ["note"], id="dozens may be a busy hub"), pytest.param(100, ["warning"], id="hundreds")],
)
def test_who_is_busy_beside_them_receives_nothing_where_another_one_should(findings, senders, severities):
    """The hub hands on what it got; each client's other goroutine writes it to the network."""
    records = [
        (senders, ("runtime.gopark", "runtime.chansend1", "chat.(*Hub).Join", "chat.serve")),
        (1, ("runtime.gopark", "runtime.chansend1", "chat.(*Hub).deliver", "chat.(*Hub).run")),
        (1, ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Write", "net.(*conn).Write", "chat.(*Tap).write")),
        (400, ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Read", "net.(*conn).Read", "chat.(*Tap).read")),
    ]
    found = [one for one in findings(profile(*records), rule="DT201") if one.evidence["goroutines"] == senders]
    assert [str(one.severity) for one in found] == severities


@pytest.mark.parametrize(
    ("actors", "told"),
    [
        pytest.param([(2, "runtime.chansend1", "ring.(*Actor).handle")], True, id="all of them send"),
        pytest.param(
            [(2, "runtime.chansend1", "ring.(*Actor).handle"), (1, "runtime.chanrecv2", "ring.(*Actor).rest")],
            False,
            id="one receives",
        ),
        pytest.param([(40, "runtime.chansend1", "ring.(*Actor).handle")], False, id="more than those who tell them"),
        pytest.param([(2, "runtime.chanrecv2", "ring.(*Actor).handle")], False, id="they wait to receive"),
    ],
)
def test_actors_that_all_send_receive_nothing(findings, actors, told):
    stuck = [(count, ("runtime.gopark", how, function, "ring.(*Actor).run")) for count, how, function in actors]
    text = profile((30, ("runtime.gopark", "runtime.chansend1", "ring.(*Actor).Tell", "main.main.func1")), *stuck)
    (found, *_) = [one for one in findings(text, rule="DT201") if "ring.(*Actor).Tell" in one.functions]
    assert ("as ring.(*Actor).handle should receive and waits itself: sending on a channel" in found.title) is told
    assert (found.functions[0] == "ring.(*Actor).handle") is told


TELL = (7, ("runtime.gopark", "runtime.chansend1", "ring.(*Actor).Tell", "main.main.func1"))
REST = (
    (1, ("runtime.gopark", "runtime.chanrecv1", "main.main")),
    (1, ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Accept", "net.(*TCPListener).Accept", "web.Serve")),
    (8, ("runtime.gopark", "runtime.selectgo", "jobs.(*Calendar).run")),
)


@pytest.mark.parametrize(
    ("waits_in", "texts", "severity"),
    [
        pytest.param("runtime.chansend1", 1, "note", id="all actors send"),
        pytest.param("runtime.chansend1", 2, "note", id="in two texts: they may take from a full queue each time"),
        pytest.param("runtime.chansend1", 3, "warning", id="in three texts: none goes on"),
        pytest.param("runtime.chanrecv2", 3, "", id="the actors receive"),
    ],
)
def test_few_senders_are_told_if_all_actors_that_should_receive_send(findings, waits_in, texts, severity):
    actors = (2, ("runtime.gopark", waits_in, "ring.(*Actor).notify", "ring.(*Actor).Run"))
    found = findings(*[profile(TELL, actors, *REST)] * texts, rule="DT201")
    assert [(one.severity, one.functions[0]) for one in found] == [(severity, "ring.(*Actor).notify")] * bool(severity)
