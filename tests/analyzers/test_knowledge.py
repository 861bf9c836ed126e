"""The knowledge files: their entries, how functions are recognised, and the user's own."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

import debugtext.knowledge as knowledge_module
from debugtext.analysis import analyze
from debugtext.comparing import compare_two
from debugtext.errors import SettingsError
from debugtext.knowledge import advice_by_panic, entries, knowledge
from debugtext.knowledge.entries import Idle, Library, canonical
from debugtext.reading import read
from debugtext.settings import Settings

from ..texts import goroutine, profile


@pytest.fixture(scope="module")
def known():
    return knowledge()


def test_every_entry_has_a_source(known):
    entries = [*known.idle, *known.libraries]
    assert [entry for entry in entries if not entry.source.startswith("https://")] == []
    assert len({entry.id for entry in known.libraries}) == len(known.libraries)


def test_every_panic_says_what_to_do_in_two_lines():
    document = tomllib.loads((Path(knowledge_module.__file__).parent / "panics.toml").read_text("utf-8"))
    entries = document["panic"]
    assert len(advice_by_panic()) == len(entries)
    assert [entry["text"] for entry in entries if len(entry["advice"]) > 125 or entry["advice"][-1] not in ".)"] == []
    assert [entry["text"] for entry in entries if not entry["source"].startswith("https://")] == []


def test_every_library_says_what_to_do(known):
    assert [
        entry.id for entry in known.libraries if not entry.advice.endswith((".", ")")) or len(entry.title) > 100
    ] == []


@pytest.mark.parametrize(
    "function",
    [
        "google.golang.org/grpc.(*ccBalancerWrapper).watcher",
        "k8s.io/kubernetes/vendor/google.golang.org/grpc.(*ccBalancerWrapper).watcher",
        "vendor/google.golang.org/grpc.(*ccBalancerWrapper).watcher",
        "grpc.(*ccBalancerWrapper).watcher",
    ],
)
def test_a_function_is_recognised_however_its_path_is_written(known, function):
    assert "grpc-connection-not-closed" in {e.id for e in known.entries_of(function) if isinstance(e, Library)}


@pytest.mark.parametrize(
    "function", ["example.com/grpc.(*ccBalancerWrapper).watcher", "main.watcher", "mygrpc.watcher"]
)
def test_a_namesake_is_not_recognised(known, function):
    assert known.entries_of(function) == ()


def test_closures_are_recognised_without_their_numbers(known):
    assert known.entries_of("context.(*cancelCtx).propagateCancel.func2")
    assert canonical("a/vendor/b.org/c/v2.(*T).F.func1.2") == "b.org/c.(*T).F.func"


def test_a_star_stands_for_anything(known):
    assert isinstance(known.entries_of("github.com/hashicorp/yamux.(*Session).keepalive")[0], Idle)


@pytest.mark.parametrize(
    ("words", "resident"),
    [(("worker",), True), (("run", "worker"), True), (("run", "batch"), False), (("read", "loop"), True), ((), False)],
)
def test_words_of_names_that_stay(known, words, resident):
    assert known.is_resident(words) is resident


def test_a_file_of_the_user_adds_idle_goroutines(tmp_path, dump, alarms):
    file = tmp_path / "ours.toml"
    file.write_text(
        '[[idle]]\nfunctions = ["main.await"]\nwhere = "top"\nwhy = "ours"\nsource = "https://example.com"\n'
    )
    text = dump(*[("chan receive, 3 minutes", "main.await(0x1)")] * 30, ("running", "main.dump()"))
    assert alarms(text) == [("DT202", "main.await")]
    assert alarms(text, knowledge_files=(str(file),)) == []


@pytest.mark.parametrize(
    ("below", "told"),
    [
        pytest.param(["net/http.(*connReader).Read(0x1)"], [], id="cut at a server's connection"),
        pytest.param(["net/http.(*persistConn).Read(0x1)"], [], id="cut at a client's"),
        pytest.param(["net/http.(*persistConn).Read(0x1)", "bufio.(*Reader).fill(0x1)"], [], id="cut in its buffer"),
        pytest.param(
            ["net/http.(*connReader).Read(0x1)", "chat.(*Client).readAll(0x1)"],
            [("DT207", "chat.(*Client).readAll")],
            id="a connection that somebody took over",
        ),
        pytest.param([], [("DT207", "net.(*conn).Read")], id="any connection"),
    ],
)
def test_an_idle_connection_is_known_though_its_stack_is_cut(dump, alarms, below, told):
    read = ("IO wait, 41 minutes", "internal/poll.(*FD).Read(0x1)", "net.(*conn).Read(0x1)")
    assert alarms(dump((*read, *below), times=3).replace("goroutine 1 ", "goroutine 8 ")) == told


@pytest.mark.parametrize("content", ["[[idle]]\nfunctoins = []\n", "not toml ["], ids=["wrong key", "no toml"])
def test_a_wrong_file_of_the_user_is_told(tmp_path, content):
    file = tmp_path / "ours.toml"
    file.write_text(content)
    with pytest.raises(SettingsError, match=r"ours\.toml"):
        knowledge((str(file),))


def test_a_library_leaks_by_number_by_age_or_by_staying(dump, findings):
    watcher = ("select", "context.propagateCancel.func1(0x1)")
    old = ("select, 4 minutes", *watcher[1:])
    rest = ("running", "main.dump()")
    assert findings(dump(*[watcher] * 15, rest), rule="DT211") == []
    assert len(findings(dump(*[watcher] * 25, rest), rule="DT211")) == 1
    assert len(findings(dump(*[old] * 6, rest), rule="DT211")) == 1
    first = dump(*[watcher] * 6, rest, ("select, 1 minutes", "main.main()"))
    later = ("select, 1 minutes", *watcher[1:])
    (found,) = findings(first, dump(*[later] * 6, rest, ("select, 4 minutes", "main.main()")), rule="DT211")
    assert found.functions[0] == "context.propagateCancel.func1"
    assert str(found.evidence["reason"]) == "6 stayed through 2 inputs, 3 min apart (≥ 5)"


def test_two_texts_of_a_moment_prove_nothing(dump, findings):
    """The same requests are in flight a second later, or as many others: nobody knows that they wait for long."""
    request = ("select", "net/http.(*persistConn).roundTrip(0x1)", "main.call(0x1)")
    text = dump(*[request] * 12, ("running", "main.dump()"))
    assert findings(text, text, text, rule="DT211") == []


def test_requests_that_wait_for_less_long_than_the_texts_are_apart_are_others(dump, findings):
    """The same goroutines ask again and again: after six minutes one of a single wait would print them."""

    def text(minutes: int, waits: str = "") -> str:
        requests = [(f"select{waits}", "net/http.(*persistConn).roundTrip(0x1)", "main.call(0x1)")] * 12
        return dump((f"select, {minutes} minutes", "main.main()"), *requests, *[("select", "main.eventLoop()")] * 20)

    assert findings(text(1), text(7), rule="DT211") == []
    assert len(findings(text(1), text(7, ", 6 minutes"), rule="DT211")) == 1


def test_equal_counts_of_two_profiles_prove_nothing():
    """Ten minutes lie between the texts, but nothing says that the goroutines are the same ones."""
    record = "12 @ 0x48d92a 0x72ec87\n#\t0x72ec86\tnet/http.(*persistConn).roundTrip+0x12\ttransport.go:7\n"
    names = ("goroutine-2026-11-21T03:30.txt", "goroutine-2026-11-21T03:40.txt")
    readings = [read(f"goroutine profile: total 12\n{record}", name=name) for name in names]
    assert compare_two(readings, Settings()).findings == ()
    assert [one.rule for one in analyze([replace(readings[0], taken_at=None)] * 3).findings] == ["DT211"]


@pytest.mark.parametrize(
    ("state", "count", "loud"),
    [("select", 120, ["note"]), ("select", 30, []), ("select, 4 minutes", 12, ["warning"])],
    ids=["under load", "few", "for minutes"],
)
def test_what_a_busy_program_has_too_is_noted_until_it_is_old(dump, findings, state, count, loud):
    request = (state, "net/http.(*persistConn).roundTrip(0x1)", "main.call(0x1)")
    text = dump(*[request] * count, *[("select", "main.eventLoop()")] * 100)
    assert [str(found.severity) for found in findings(text, rule="DT211")] == loud


def test_a_connection_whose_body_is_being_read_is_not_forgotten(dump, findings):
    waits = [("select", "net/http.(*persistConn).readLoop(0x1)")] * 30
    reads = ("select", "net/http.(*body).Read(0x1)", "net/http.(*bodyEOFSignal).Read(0x1)", "main.follow(0x1)")
    assert len(findings(dump(*waits), rule="DT211")) == 1
    assert findings(dump(*waits, *[reads] * 30), rule="DT211") == []


@pytest.mark.parametrize(("hidden", "told"), [(2, 1), (9, 0)], ids=["in its select", "allocating"])
def test_a_connection_that_a_profile_catches_at_work_waits_for_nobody(findings, hidden, told):
    addresses = " ".join(hex(0x400000 + 0x100 * number) for number in range(hidden))
    loop = "#\t0x6f0d01\tnet/http.(*persistConn).readLoop+0x1\t/go/src/net/http/transport.go:2319\n"
    text = f"goroutine profile: total 30\n30 @ {addresses} 0x6f0d02 0x4949e1\n{loop}"
    assert len(findings(text, rule="DT211")) == told


def test_one_pattern_for_the_two_goroutines_of_a_connection(dump, findings):
    pair = [("select", "net/http.(*persistConn).readLoop(0x1)"), ("select", "net/http.(*persistConn).writeLoop(0x1)")]
    (found,) = findings(dump(*pair * 300), rule="DT211")
    assert found.evidence["pattern"] == "http-body-not-closed"


def test_a_library_is_told_by_the_function_that_gave_it_away(dump, findings):
    read = ("IO wait", "net.(*pollDesc).Wait(0x1)", "net.(*conn).Read(0x1)", "net/http.(*conn).serve(0x1)")
    (found,) = findings(dump(*[read] * 150), rule="DT211")
    assert found.title.endswith("150 goroutines in net/http.(*conn).serve")


def test_a_library_that_may_be_the_users_own_is_still_recognised(dump, findings):
    watcher = ("select", "github.com/go-sql-driver/mysql.(*mysqlConn).startWatcher.func1()")
    (found,) = findings(dump(*[watcher] * 60), rule="DT211")
    assert found.evidence["pattern"] == "mysql-watcher"


@pytest.mark.parametrize(("requests", "told"), [(0, ["note"]), (30, []), (115, [])])
def test_a_connection_with_a_request_in_flight_is_not_forgotten(dump, findings, requests, told):
    """A connection has two goroutines and is counted once; as many as wait for answers are in use."""
    reads, writes = (("IO wait", "net.(*conn).Read(0x1)", "bufio.(*Reader).Peek(0x1)"), ("select",))
    loops = [(*reads, "net/http.(*persistConn).readLoop(0x1)"), (*writes, "net/http.(*persistConn).writeLoop(0x1)")]
    request = ("select", "net/http.(*persistConn).roundTrip(0x1)", "main.call(0x1)")
    text = dump(*loops * 115, *[request] * requests, *[("chan receive", "main.worker()")] * 200)
    found = [one for one in findings(text, rule="DT211") if one.evidence["pattern"] == "http-client-connections"]
    assert [str(one.severity) for one in found] == told
    assert all("230 goroutines, 2 for each, in" in one.title for one in found)


@pytest.mark.parametrize("count", [50, 52])
@pytest.mark.parametrize(("profiles", "told"), [(2, False), (3, True)], ids=["two may be alike", "three are not"])
def test_as_many_requests_in_each_of_several_profiles_wait_on(count, profiles, told):
    text = profile((count, ("net/http.(*persistConn).roundTrip",)))
    found = analyze([read(text)] * profiles).findings
    assert [one.rule for one in found if one.severity != "note"] == ["DT211"] * told


@pytest.mark.parametrize(("streams", "told"), [(0, True), (18, False)], ids=["nobody uses them", "each has a stream"])
def test_grpc_connections_that_are_in_use_are_not_forgotten(dump, findings, streams, told):
    grpc = "google.golang.org/grpc"
    loop = ("select", f"{grpc}/internal/grpcsync.(*CallbackSerializer).run(0x1)")
    reader = ("IO wait", "net.(*conn).Read(0x1)", f"{grpc}/internal/transport.(*http2Client).reader(0x1)")
    stream = ("select", f"{grpc}.newClientStreamWithParams.func4(0x1)")
    text = dump(*[loop, loop, loop, reader] * 18, *[stream] * streams, ("running", "main.dump()"))
    patterns = [one.evidence["pattern"] for one in findings(text, rule="DT211")]
    assert ("grpc-connection-not-closed" in patterns) is told


@pytest.mark.parametrize(
    ("function", "least"),
    [("github.com/jellydator/ttlcache/v3.(*Cache[...]).Start", 50), ("golang.org/x/time/rate.(*Limiter).wait", 500)],
)
@pytest.mark.parametrize(("times", "severity"), [((1.2,), "warning"), ((1.2, 1.2), "note"), ((1, 1.2), "warning")])
def test_what_is_made_again_and_again_becomes_more(dump, findings, function, least, times, severity):
    counts = [int(least * part) for part in times]
    texts = [dump(*[("select", f"{function}(0x1)")] * count, ("running", "main.dump(0x2)")) for count in counts]
    assert [str(found.severity) for found in findings(*texts, rule="DT211")] == [severity]


@pytest.mark.parametrize(("name", "severity"), [("Worker", "note"), ("Call", "warning")])
def test_the_workers_of_a_pool_may_all_wait_for_a_limiter(dump, findings, name, severity):
    text = dump(*[("select", "golang.org/x/time/rate.(*Limiter).wait(0x1)", f"crawl.(*Crawler).{name}(0x1)")] * 730)
    assert [str(found.severity) for found in findings(text, rule="DT211")] == [severity]


AT_LIMITER = ("golang.org/x/time/rate.(*Limiter).wait(0x1)", "sms.(*Gate).Call(0x1)")


def test_some_hundreds_at_a_limiter_are_what_it_is_for(dump, findings):
    assert findings(dump(*[("select", *AT_LIMITER)] * 300), rule="DT211") == []


def test_some_hundreds_at_a_limiter_that_only_become_more_are_a_leak(findings):
    """Started one after the other for most of an hour, with others between that have ended."""
    ages = (f"select, {56 - at // 6} minutes" for at in range(330))
    waiting = [goroutine(1, age, *AT_LIMITER).replace("e 1 ", f"e {100 + 37 * at} ") for at, age in enumerate(ages)]
    server = goroutine(1, "IO wait, 60 minutes", "internal/poll.(*FD).Accept(0x1)", "main.main()")
    newest = goroutine(100 + 37 * 330, "running", "sms.(*Api).dump(0x1)")
    text = "\n".join([newest, server, *waiting])
    assert [str(found.severity) for found in findings(text, rule="DT211")] == ["warning"]


@pytest.mark.parametrize(("line", "severity"), [(9, "note"), (5, "warning")], ids=["one works", "one is before it"])
def test_a_limiter_that_lets_some_through_is_a_limit(findings, line, severity):
    def one(number: int, state: str, leaf: str, at: int) -> str:
        own = f"bees.(*Nectar).fetch(0x1)\n\t/src/bees.go:{at} +0x1\n"
        return f"goroutine {number} [{state}]:\n{leaf}(0x1)\n\t/src/leaf.go:1 +0x1\n{own}"

    crowd = [one(number, "select", "golang.org/x/time/rate.(*Limiter).wait", 7) for number in range(10, 700)]
    text = "\n".join([*crowd, one(9, "sleep", "time.Sleep", line)])
    assert [str(found.severity) for found in findings(text, rule="DT211")] == [severity]


@pytest.mark.parametrize(("order", "loud"), [(1, ["warning"]), (-1, ["note"])], ids=["each stayed", "answered"])
def test_requests_that_were_sent_one_after_the_other_and_stayed_are_no_load(findings, order, loud):
    states = [*["select, 2 minutes"] * 50, *["select, 1 minutes"] * 50, *["select"] * 20][::order]
    request = ("net/http.(*persistConn).roundTrip(0x1)", "main.call(0x1)")
    ids = (f"e {10 + 9 * at} " for at in range(len(states)))
    one = (goroutine(1, state, *request).replace("e 1 ", at) for at, state in zip(ids, states, strict=True))
    others = [goroutine(11 + 9 * at, "select", "main.eventLoop()") for at in range(100)]
    assert [str(found.severity) for found in findings("\n".join([*one, *others]), rule="DT211")] == loud


@pytest.mark.parametrize(("watched", "told"), [(42, []), (0, ["warning"])], ids=["clients wait", "clients have gone"])
def test_requests_for_clients_that_are_there_are_as_many_as_these(findings, watched, told):
    """A proxy under load: in each text so many requests go on, and who made them waits for an answer."""
    handles = ("runtime.selectgo", "net/http.(*persistConn).roundTrip", "edge.forward", "net/http.(*conn).serve")
    reads = ("internal/poll.runtime_pollWait", "net/http.(*connReader).backgroundRead")
    others = [(count, ("time.Sleep", f"edge.tick{count}")) for count in (3, 5)]
    text = profile((42, handles), *([(watched, reads)] if watched else []), *others)
    assert [str(found.severity) for found in findings(text, text, text, rule="DT211")] == told


def test_functions_of_ever_more_programs_are_not_kept_for_ever(monkeypatch, known):
    monkeypatch.setattr(entries, "_MOST_KNOWN", 3)
    for number in range(20):
        assert known.entries_of(f"shop{number}.Sell") == ()
    assert len(known._found) <= 3
    assert [entry.why for entry in known.entries_of("net/http.(*conn).serve") if isinstance(entry, Idle)] != []


ADMIT = ("database/sql.(*DB).conn(0x1)", "database/sql.(*DB).QueryContext(0x1)", "ward.(*Ward).Admit(0x1)")


@pytest.mark.parametrize(
    ("beginner", "severities"),
    [pytest.param(0, ["warning"], id="each has a transaction"), pytest.param(40, [], id="others have them")],
)
def test_who_asks_for_a_second_connection_in_a_transaction_waits_for_itself(findings, beginner, severities):
    """Six handlers at one line, and six open transactions: each was begun by one of these, or by one that works."""
    waits = [goroutine(number, "select", *ADMIT) for number in range(20, 26)]
    works = [goroutine(number, "IO wait", "net.(*conn).Read(0x1)", "ward.report(0x1)") for number in range(60, 66)]
    opened = [
        goroutine(
            number, "chan receive", "database/sql.(*Tx).awaitDone(0x1)", created_by="database/sql.(*DB).beginDC"
        ).replace("in goroutine 1\n", f"in goroutine {number + beginner - 100}\n")
        for number in range(120, 126)
    ]
    main = goroutine(1, "IO wait", "internal/poll.(*FD).Accept(0x1)", "main.main()")
    excerpt = re.sub(r"\.go:[0-9]+", ".go:7", "\n".join([*waits, *works, *opened]))
    assert [str(found.severity) for found in findings(f"{main}\n{excerpt}", rule="DT211")] == severities
    assert findings(excerpt, rule="DT211") == []
