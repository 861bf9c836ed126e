"""Whom a WaitGroup waits for, where its Go has started them, and what is told of workers that have nothing to do."""

import pytest

from ...texts import goroutine

GO, RUNS = "sync.(*WaitGroup).Go", "sync.(*WaitGroup).Go.func1()"
WAITS = ("sync.WaitGroup.Wait, 24 minutes", "sync.(*WaitGroup).Wait(0xc01)")
MAIN = goroutine(1, "select (no cases), 24 minutes", "main.main()")


def _pool(state: str, *calls: str) -> list[str]:
    return [goroutine(number, state, *calls, RUNS, created_by=GO) for number in range(20, 26)]


CLOSER = goroutine(9, *WAITS, "batch.NewImport.func2()", created_by="batch.NewImport")
IDLE = _pool("chan receive, 24 minutes", "batch.NewImport.func1()")


def test_workers_of_a_groups_go_are_of_the_function_that_called_it(findings):
    (found,) = findings("\n".join([MAIN, CLOSER, *IDLE]), rule="DT204")
    assert found.title == (
        "1 goroutine blocked in batch.NewImport.func2, waiting for a sync.WaitGroup for 24 min, "
        "for batch.NewImport.func1: receiving from a channel for 24 min"
    )
    assert found.severity == "note"
    assert found.functions[:2] == ("batch.NewImport.func2", "batch.NewImport.func1")
    assert any("all that it waits for wait for more to do" in reason for reason in map(str, found.evidence["reasons"]))


def test_a_methods_value_is_of_the_goroutine_that_handed_it_over(findings):
    runs = [
        goroutine(number, "select, 24 minutes", "batch.(*Import).one-fm()", RUNS, created_by=GO).replace(
            "in goroutine 1", "in goroutine 9"
        )
        for number in range(20, 26)
    ]
    waiter = goroutine(9, *WAITS, "api.handle(0x1)", created_by="api.Listen")
    (found,) = findings("\n".join([MAIN, waiter, *runs]), rule="DT204")
    assert found.evidence["still_there"] == ["batch.(*Import).one-fm"]


@pytest.mark.parametrize(
    "others",
    [
        _pool("chan receive, 24 minutes", "batch.(*Import).worker()", "batch.NewImport.func1()"),
        _pool("chan receive", "batch.NewImport.func1()"),
        [*IDLE, goroutine(40, "select, 24 minutes", "batch.Import.feed()", created_by="main.main")],
        [*IDLE, goroutine(40, "sleep", "time.Sleep(0x1)", "batch.poll()", created_by="main.main")],
        [],
    ],
    ids=["an idle pool by its name", "who wait for moments", "who may feed them", "who sleeps", "who have gone"],
)
def test_of_one_that_waits_for_others_nothing_is_told_where_they_may_go_on(findings, others):
    assert findings("\n".join([MAIN, CLOSER, *others]), rule="DT204") == []


def test_workers_of_a_groups_go_are_seen_at_work(findings):
    waiter = goroutine(9, *WAITS, "batch.Import(0x1)", created_by="api.Listen")
    busy = _pool("IO wait", "internal/poll.(*FD).Read(0x1)", "batch.Import.func1()")
    (found,) = findings("\n".join([MAIN, waiter, *busy]), rule="DT204")
    assert found.title.endswith("for batch.Import.func1, which is at work")
    assert found.severity == "note"


READS = ("internal/poll.runtime_pollWait(0x1, 0x72)", "internal/poll.(*FD).Read(0x1)", "net.(*conn).Read(0x1)")


def _sessions(handlers: int, with_pipes: int, state: str) -> str:
    """Handlers of connections, of which so many have two goroutines each that they have started."""
    waits = (WAITS[0].replace("24", "9"), WAITS[1], "relay.handle(0x1)")
    pipes = (state, *READS, "io.copyBuffer(0x1)", "relay.pipe(0x1)")
    found = [MAIN]
    for number in range(100, 100 + 3 * handlers, 3):
        found.append(goroutine(number, *waits, created_by="relay.Serve"))
        if number < 100 + 3 * with_pipes:
            found += [goroutine(number + each, *pipes, created_by="relay.handle") for each in (1, 2)]
    return "\n".join(found)


@pytest.mark.parametrize(
    ("with_pipes", "state", "told"),
    [
        pytest.param(60, "IO wait, 9 minutes", set(), id="relays are silent while their peers are"),
        pytest.param(60, "chan send, 9 minutes", {"relay.handle", "relay.pipe"}, id="they send in vain"),
        pytest.param(10, "IO wait, 9 minutes", {"relay.handle"}, id="most have none that they wait for"),
    ],
)
def test_who_waits_for_readers_of_connections_is_a_session(findings, with_pipes, state, told):
    found = findings(_sessions(60, with_pipes, state))
    assert {one.functions[0] for one in found if one.severity != "note"} == told


@pytest.mark.parametrize(("state", "severity"), [("sleep", "note"), ("chan receive, 4 minutes", "warning")])
def test_another_of_the_workers_that_gets_on_may_be_the_one_that_is_waited_for(findings, state, severity):
    rests = [goroutine(number, "chan receive, 4 minutes", "export.(*Out).render(0x1)") for number in range(10, 20)]
    waits = goroutine(30, "sync.WaitGroup.Wait, 4 minutes", "sync.(*WaitGroup).Wait(0x1)", "export.(*Out).Finish(0x1)")
    calls = ("time.Sleep(0x1)",) if state == "sleep" else ()
    text = "\n".join([waits, *rests, goroutine(40, state, *calls, "export.(*Out).render(0x1)")])
    (found,) = findings(text, rule="DT204")
    assert str(found.severity) == severity


DRAINS = {"created_by": "depot.(*Uploader).Drain"}
PACED = ("chan receive", "depot.(*Pacer).Wait(0x1)", "depot.(*Uploader).work(0x2)")


@pytest.mark.parametrize(
    ("workers", "told"),
    [
        pytest.param([PACED] * 12, ["note"], id="all get on"),
        pytest.param([PACED], ["warning"], id="one alone"),
        pytest.param([("chan receive, 4 minutes", *PACED[1:])] * 12, ["warning"], id="none gets on"),
        pytest.param([(*PACED[:2], "depot.(*Feed).work(0x2)")] * 12, ["warning"], id="another type's"),
    ],
)
def test_a_set_of_the_same_type_that_gets_on_may_end(findings, workers, told):
    waits = goroutine(9, "sync.WaitGroup.Wait, 4 minutes", WAITS[1], "depot.(*Uploader).Drain.func1()", **DRAINS)
    starts = {"created_by": "depot.(*Uploader).Start"}
    set_of_them = [goroutine(number, *one, **starts) for number, one in enumerate(workers, 20)]
    found = findings("\n".join([MAIN, waits, *set_of_them]), rule="DT204")
    assert [str(one.severity) for one in found] == told
    assert ("which is at work" in found[0].title) is (told == ["note"])


def test_who_has_started_the_one_that_waits_is_none_of_its_workers(findings):
    drain = goroutine(1, "select, 4 minutes", "depot.(*Uploader).Drain(0x1)", "main.main()")
    waits = goroutine(9, "sync.WaitGroup.Wait, 4 minutes", WAITS[1], "depot.(*Uploader).Drain.func1()", **DRAINS)
    (found,) = findings(f"{drain}\n{waits}", rule="DT204")
    assert "still_there" not in found.evidence
