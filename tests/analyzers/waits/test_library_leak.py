"""Goroutines of a known library that one or few of are enough, by what they wait for and by what a text leaves out."""

import pytest

WAIT = ("os/exec.(*Cmd).Wait(0x1)", "shop/infra.deploy(0x1)")
CONNECTION = ("database/sql.(*DB).conn(0x1)", "shop.(*Users).Find(0x1)")
DUMPER = ("running", "main.dump()")


def excerpt(dump, *goroutines: tuple[str, ...]) -> str:
    """The same goroutines without the first, which is the main one."""
    return dump(DUMPER, *goroutines).partition("\n\n")[2]


@pytest.mark.parametrize(
    ("state", "severity", "title"),
    [
        ("syscall, 8 minutes", "note", "child processes do not end"),
        ("syscall, 19 minutes", "warning", "child processes do not end"),
        (
            "chan receive, 19 minutes",
            "warning",
            "child processes have ended, but something they started still holds their output open",
        ),
    ],
    ids=["the child lives", "and has for long", "its output is open"],
)
def test_in_a_system_call_the_child_itself_is_waited_for(dump, findings, state, severity, title):
    (found,) = findings(excerpt(dump, (state, *WAIT)))
    assert (found.rule, str(found.severity)) == ("DT211", severity)
    assert found.title.startswith(f"{title}: 1 goroutine in shop/infra.deploy for ")


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(2, []), (3, ["note"]), (5, ["warning"])],
    ids=["a moment", "longer than any query should", "half as long as would do in a whole dump"],
)
def test_of_what_somebody_picked_out_a_part_of_the_time_is_enough(dump, findings, minutes, told):
    found = findings(excerpt(dump, (f"select, {minutes} minutes", *CONNECTION)))
    assert [(one.rule, str(one.severity)) for one in found] == [("DT211", severity) for severity in told]


def test_of_a_whole_dump_it_is_not(dump, findings):
    assert findings(dump(("IO wait, 3 minutes", "main.main()"), DUMPER, ("select, 3 minutes", *CONNECTION))) == []


@pytest.mark.parametrize(
    ("minutes", "severity"),
    [
        pytest.param([4] * 240, "note", id="all of one age"),
        pytest.param([4] * 120 + [3] * 120, "note", id="within a minute"),
        pytest.param([4] * 230 + [0] * 10, "note", id="some were used"),
        pytest.param([9] * 120 + [4] * 120, "warning", id="half of them came later"),
        pytest.param([2] * 240, "warning", id="all are young"),
    ],
)
def test_connections_that_were_all_opened_at_once_are_a_pool_that_was_filled(dump, findings, minutes, severity):
    reads = ("bufio.(*Reader).Peek(0x1)", "net/http.(*persistConn).readLoop(0x1)")
    idle = [
        (f"IO wait, {each} minutes" if each else "IO wait", "internal/poll.(*FD).Read(0x1)", *reads) for each in minutes
    ]
    (found,) = findings(dump(("select, 9 minutes", "main.main()"), *idle), rule="DT211")
    assert str(found.severity) == severity


@pytest.mark.parametrize(
    ("state", "calls", "told"),
    [
        ("IO wait, 4 minutes", ("internal/poll.(*FD).Read(0x1)", "os.(*File).Read(0x1)"), True),
        ("syscall, 4 minutes", ("syscall.read(0x1)", "os.(*File).Read(0x1)"), True),
        ("select, 4 minutes", ("io.(*pipe).write(0x1)", "io.(*PipeWriter).Write(0x1)"), False),
        ("sync.Mutex.Lock, 4 minutes", ("sync.(*Mutex).Lock(0x1)", "shop.(*Log).Write(0x1)"), False),
    ],
    ids=["reads", "reads in a system call", "writes on", "waits for a lock"],
)
def test_an_output_is_held_open_only_where_somebody_still_reads_it(dump, findings, state, calls, told):
    copier = (state, *calls, "io.Copy(0x1)", "os/exec.(*Cmd).writerDescriptor.func1()")
    waits = ("chan receive, 4 minutes", "os/exec.(*Cmd).awaitGoroutines(0x1)", *WAIT)
    text = dump(("IO wait, 9 minutes", "main.main()"), DUMPER, waits, copier)
    assert bool(findings(text, rule="DT211")) is told


@pytest.mark.parametrize(("count", "told"), [(4, False), (5, True)], ids=["as they end just now", "too many for that"])
def test_children_that_have_ended_while_their_output_is_open(dump, findings, count, told):
    reads = ("internal/poll.(*FD).Read(0x1)", "os.(*File).Read(0x1)", "io.Copy(0x1)")
    copier = ("IO wait", *reads, "os/exec.(*Cmd).writerDescriptor.func1()")
    waits = ("chan receive", "os/exec.(*Cmd).awaitGoroutines(0x1)", *WAIT)
    found = findings(dump(("select", "main.main()"), DUMPER, *[waits, copier] * count), rule="DT211")
    assert [one.evidence["pattern"] for one in found] == ["exec-pipe-held-open"] * told


SYNC = (
    "k8s.io/apimachinery/pkg/util/wait.PollUntil(0x1)",
    "k8s.io/client-go/tools/cache.WaitForCacheSync(0x1)",
    "jobs.(*Controller).Start(0x1)",
)


@pytest.mark.parametrize(
    ("state", "others", "told"),
    [
        pytest.param("chan receive", (), ["deadlock"], id="shown alone"),
        pytest.param("chan receive", (("running", "jobs.dump()"),), [], id="at the start, perhaps"),
        pytest.param("chan receive, 5 minutes", (("running", "jobs.dump()"),), ["deadlock"], id="for minutes"),
    ],
)
def test_what_should_have_ended_within_seconds(dump, findings, state, others, told):
    found = findings(dump((state, *SYNC), *others), rule="DT211")
    assert [str(one.verdict) for one in found] == told
    assert [one.functions[0] for one in found] == ["jobs.(*Controller).Start"] * len(told)


@pytest.mark.parametrize(
    ("minutes", "told"), [(59, []), (60, ["warning"])], ids=["any program has some", "nothing has closed it for hours"]
)
def test_one_idle_connection_that_somebody_shows_is_old(dump, findings, minutes, told):
    loops = [
        (f"{state}, {minutes} minutes", *calls)
        for state, calls in (
            ("IO wait", ("bufio.(*Reader).Peek(0x1)", "net/http.(*persistConn).readLoop(0x1)")),
            ("select", ("net/http.(*persistConn).writeLoop(0x1)",)),
        )
    ]
    assert [str(one.severity) for one in findings(excerpt(dump, *loops), rule="DT211")] == told


@pytest.mark.parametrize(
    ("state", "minutes", "told"),
    [
        pytest.param(
            "select", 5, ["HTTP response bodies are not read to the end and closed"], id="a body that nobody reads"
        ),
        pytest.param("select", 4, [], id="one that takes its time"),
        pytest.param("IO wait", 5, [], id="an idle connection"),
    ],
)
def test_one_connection_with_a_body_that_somebody_shows(dump, findings, state, minutes, told):
    peek = ("internal/poll.(*FD).Read(0x1)", "bufio.(*Reader).Peek(0x1)") if state == "IO wait" else ()
    reads = (f"{state}, {minutes} minutes", *peek, "net/http.(*persistConn).readLoop(0x1)")
    writes = (f"select, {minutes} minutes", "net/http.(*persistConn).writeLoop(0x1)")
    assert [one.title.partition(":")[0] for one in findings(excerpt(dump, reads, writes), rule="DT211")] == told
    other = ("select, 9 minutes", "shop.(*Cart).sync(0x1)")
    assert findings(excerpt(dump, reads, writes, other), rule="DT211") == []


STREAM = ("select, 4 minutes", "google.golang.org/grpc.newClientStreamWithParams.func4(0x1)")
FIRST_ANSWER = ("google.golang.org/grpc/internal/transport.(*ClientStream).waitOnHeader(0x1)",)


@pytest.mark.parametrize(("readers", "told"), [(60, []), (20, ["DT211"])], ids=["each is read", "some are"])
def test_a_stream_whose_first_answer_is_awaited_is_read(dump, findings, readers, told):
    reader = (
        "select, 4 minutes",
        *FIRST_ANSWER,
        "google.golang.org/grpc.(*clientStream).RecvMsg(0x1)",
        "feed.follow(0x1)",
    )
    text = dump(DUMPER, *[STREAM] * 60, *[reader] * readers)
    assert [found.rule for found in findings(text, rule="DT211")] == told


GET = ("net/http.(*Transport).getConn(0x1)", "net/http.(*Client).Get(0x1)", "mill.(*Client).ask(0x1)")
DIAL = ("IO wait", "net.(*netFD).connect(0x1)", "net/http.(*Transport).dialConnFor(0x1)")


@pytest.mark.parametrize(
    ("gets", "dials", "told"),
    [
        pytest.param([("select, 3 minutes", *GET)] * 6, 0, ["warning"], id="for minutes"),
        pytest.param([("select", *GET)] * 60, 0, ["note"], id="many, it may be for a moment"),
        pytest.param([("select", *GET)] * 60, 60, [], id="each has one being opened"),
    ],
)
def test_requests_that_wait_for_a_free_connection_are_told_with_who_keeps_it(dump, findings, gets, dials, told):
    busy = [("running", f"mill.work{number}(0x1)") for number in range(20)]
    keeps = [("select, 3 minutes", "net/http.(*persistConn).readLoop(0x1)")] * 6
    found = findings(dump(("chan receive", "main.main()"), *busy, *gets, *[DIAL] * dials, *keeps * (not dials)))
    assert [str(one.severity) for one in found if one.evidence.get("pattern") == "http-no-free-connection"] == told
    assert all(one.evidence.get("pattern") != "http-body-not-closed" for one in found)


@pytest.mark.parametrize(("handlers", "told"), [(12, True), (4, False)])
def test_requests_may_be_the_programs_own_if_it_serves_as_many(dump, findings, handlers, told):
    asks = ("select, 5 minutes", "net/http.(*persistConn).roundTrip(0x1)", "shop.ask()")
    serves = (
        "chan receive, 5 minutes",
        "shop.sell()",
        "net/http.serverHandler.ServeHTTP(0x1)",
        "net/http.(*conn).serve(0x1)",
    )
    found = findings(
        dump(("select (no cases), 9 minutes", "main.main()"), *[asks] * 12, *[serves] * handlers), rule="DT211"
    )
    assert ["see first what its handlers wait for" in one.advice for one in found] == [told]
