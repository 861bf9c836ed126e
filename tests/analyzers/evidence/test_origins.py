"""Where waiting goroutines come from: the ids, the connections and the neighbours that tell a leak from a pool."""

import pytest

from ...texts import profile

_DUMPER = (
    "goroutine {} [running]:\nruntime/pprof.writeGoroutineStacks(0x1)\n\t/usr/local/go/src/runtime/pprof/pprof.go:1\n"
)
_SERVE = "net/http.(*conn).serve(0x1, 0x2)\n\t/usr/local/go/src/net/http/server.go:{} +0x1\n"
_HANDED_OVER = "net/http.serverHandler.ServeHTTP(0x1)\n\t/usr/local/go/src/net/http/server.go:3000 +0x1\n" + _SERVE
_READ = "internal/poll.(*FD).Read(0x1)\n\t/usr/local/go/src/internal/poll/fd.go:1 +0x1\n"
_WATCHES = f"{_READ}net/http.(*connReader).backgroundRead(0x1)\n\t/usr/local/go/src/net/http/server.go:700 +0x1\n"


def one(number: int, state: str, function: str, *below: str, by: str = "main.join", parent: int = 5) -> str:
    """A goroutine of own code, with whole frames below the first."""
    lines = f"goroutine {number} [{state}]:\n{function}(0x1)\n\t/src/app/main.go:9 +0x1\n{''.join(below)}"
    return f"{lines}created by {by} in goroutine {parent}\n\t/src/app/main.go:5 +0x1\n"


def text(*goroutines: str, newest: int) -> str:
    return "\n".join((*goroutines, _DUMPER.format(newest)))


def test_what_every_request_starts_anew_is_an_alarm_and_a_pool_is_not(alarms, findings):
    again = [one(number, "select", "main.(*session).ping") for number in range(10, 310, 10)]
    assert alarms(text(*again, newest=305)) == [("DT203", "main.(*session).ping")]
    reasons = findings(text(*again, newest=305), rule="DT203")[0].evidence["reasons"]
    assert "ids 10 to 300 of 305" in " ".join(map(str, reasons))

    pool = [one(number, "select, 4 minutes", "main.(*session).ping") for number in range(10, 22)]
    assert alarms(text(*pool, newest=305)) == []
    assert alarms(text(*pool, newest=25)) == [("DT203", "main.(*session).ping")]


def test_a_batch_of_ids_that_is_little_used_is_no_goroutine_that_has_ended(alarms):
    """Each P takes sixteen ids at a time: that twenty of them are nobody's says little."""
    numbers = [*range(7, 70), *range(90, 151)]
    assert alarms(text(*[one(number, "select", "main.(*shard).loop") for number in numbers], newest=151)) == []
    every_other = [one(number, "select", "main.(*session).ping") for number in range(8, 68, 2)]
    assert alarms(text(*every_other, newest=70)) == [("DT203", "main.(*session).ping")]
    numbers = [*range(7, 40), *range(90, 191)]
    assert alarms(text(*[one(number, "select", "main.(*shard).loop") for number in numbers], newest=191)) != []


def test_a_name_that_says_loop_excuses_dozens_but_not_hundreds_that_are_started_again_and_again(alarms):
    dozens = [one(number, "select", "main.(*Tenant).run") for number in range(10, 310, 10)]
    hundreds = [one(number, "select", "main.(*Tenant).run") for number in range(10, 1310, 10)]
    assert alarms(text(*dozens, newest=305)) == []
    assert alarms(text(*hundreds, newest=1305)) == [("DT203", "main.(*Tenant).run")]


@pytest.mark.parametrize(
    ("every", "until", "alarmed"),
    [(7, 700, True), (7, 350, False), (9, 350, True)],
    ids=["of each seven three have ended", "of little work yet", "five of each nine"],
)
def test_what_main_starts_again_and_again_may_have_started_a_helper_for_each(alarms, every, until, alarmed):
    numbers = [number for number in range(10, until) if number % every < 4]
    started = [one(number, "select", "main.(*session).ping", by="main.main", parent=1) for number in numbers]
    assert bool(alarms(text(*started, newest=until))) is alarmed


@pytest.mark.parametrize(
    ("numbers", "parents", "alarmed"),
    [
        pytest.param(range(10, 650, 10), [5], True, id="the first are there as are the last"),
        pytest.param(range(10, 650, 10), [6, 7], True, id="started by several that have gone"),
        pytest.param(range(10, 650, 10), [6], False, id="by one that has gone: a start-up"),
        pytest.param(range(10, 650, 10), [1], False, id="by main: a start-up"),
        pytest.param([*range(100, 400, 30), *range(400, 650, 5)], [5], False, id="of the first hardly any"),
    ],
)
def test_a_name_that_says_loop_does_not_excuse_tens_of_which_the_first_are_there_yet(alarms, numbers, parents, alarmed):
    loops = [
        one(number, "chan receive", "main.(*Feed).run", parent=parents[index % len(parents)])
        for index, number in enumerate(numbers)
    ]
    starter = one(5, "select", "main.join", by="main.main", parent=1)
    assert bool(alarms(text(starter, *loops, newest=655))) is alarmed


def test_as_many_that_read_a_connection_are_the_other_half_of_clients(alarms):
    write = [one(number, "chan receive", "main.(*peer).deliver") for number in range(10, 310, 10)]
    poll = f"{_READ}main.(*peer).listen(0x1)\n\t/m.go:3\n"
    read = [
        one(number, "IO wait", "internal/poll.runtime_pollWait", poll).replace("/src/app/main.go:9", "/go/netpoll.go:9")
        for number in range(11, 311, 10)
    ]
    assert alarms(text(*write, newest=305)) == [("DT202", "main.(*peer).deliver")]
    assert alarms(text(*write, *read, newest=315)) == []


@pytest.mark.parametrize(
    ("line", "watched", "alarmed"),
    [(2030, 0, True), (2030, 30, False), (2030, 28, False), (1400, 0, False)],
    ids=["clients have gone", "clients are there", "nearly all are there", "a Go that did not watch"],
)
def test_handlers_whose_connections_nobody_watches(alarms, line, watched, alarmed):
    handler = _HANDED_OVER.format(line)
    by = "net/http.(*Server).Serve"
    handlers = [one(number, "select", "main.(*hub).next", handler, by=by, parent=1) for number in range(10, 40)]
    watchers = [
        one(
            number,
            "IO wait",
            "internal/poll.runtime_pollWait",
            _WATCHES,
            by="net/http.(*connReader).startBackgroundRead",
        )
        for number in range(40, 40 + watched)
    ]
    found = alarms(text(*handlers, *watchers, newest=80))
    assert found == ([("DT203", "main.(*hub).next")] if alarmed else [])


@pytest.mark.parametrize(
    ("beside", "alarmed"),
    [
        ("main.Log", False),
        ("main.feed.func2", False),
        ("other.Log", True),
    ],
)
def test_senders_may_have_a_slow_receiver_beside_them(alarms, beside, alarmed):
    senders = [one(number, "chan send", "main.feed.func1", by="main.feed", parent=1) for number in range(10, 22)]
    sleep = f"{beside}(0x1)\n\t/src/app/main.go:20 +0x1\n"
    slow = one(30, "sleep", "time.Sleep", sleep, by="main.feed", parent=1).replace(
        "/src/app/main.go:9", "/go/time.go:1"
    )
    assert alarms(text(*senders, slow, newest=40)) == ([("DT201", "main.feed.func1")] if alarmed else [])


def test_a_library_that_waits_for_its_own_goroutines_is_no_alarm(alarms):
    wait = "sync.(*WaitGroup).Wait(0x1)\n\t/usr/local/go/src/sync/waitgroup.go:1\n"
    comms = "github.com/some/client.comms.func3()\n\t/root/go/pkg/mod/github.com/some/client@v1.2.3/net.go:7 +0x1\n"
    library = one(20, "sync.WaitGroup.Wait, 3 minutes", "sync.runtime_SemacquireWaitGroup", wait, comms, by="x.y")
    assert alarms(text(library.replace("/src/app/main.go:9", "/usr/local/go/src/runtime/sema.go:1"), newest=40)) == []


def test_constructors_that_are_called_again_and_again_need_fewer_than_the_entry_asks_for(alarms):
    loop = "k8s.io/client-go/util/workqueue.(*delayingType).waitingLoop"
    again = [one(number, "select", loop, by="main.sync") for number in range(10, 310, 10)]
    once = [one(number, "select", loop, by="main.sync") for number in range(10, 40)]
    assert alarms(text(*again, newest=305)) == [("DT211", loop)]
    assert alarms(text(*once, newest=305)) == []


def test_the_title_names_who_starts_them_and_whose_clients_have_gone(findings):
    again = [one(number, "select", "main.(*session).ping") for number in range(10, 310, 10)]
    (found,) = findings(text(*again, newest=305))
    assert found.title.endswith(
        "blocked in main.(*session).ping, waiting in a select, started again and again by main.join"
    )
    others = [one(number, "select", "main.(*session).ping", by="main.resume") for number in range(15, 65, 10)]
    (found,) = findings(text(*again, *others, newest=305))
    assert found.title.endswith(", 30 of them started again and again by main.join")

    by, handler = "net/http.(*Server).Serve", _HANDED_OVER.format(2030)
    handlers = [one(number, "select", "main.(*hub).next", handler, by=by, parent=1) for number in range(10, 40)]
    (found,) = findings(text(*handlers, newest=80))
    assert found.title.endswith("select: handlers whose clients have gone")
    assert "Context().Done()" in found.advice


def test_what_ends_after_a_while_is_no_leak_however_many(alarms, findings):
    lately = [one(number, "chan receive", "main.visit") for number in range(1200, 1390, 3)]
    assert alarms(text(*lately, newest=1395)) == []
    since = [one(number, "chan receive", "main.visit") for number in range(20, 1390, 20)]
    assert alarms(text(*since, newest=1395)) == [("DT202", "main.visit")]


def test_a_library_s_lock_is_shown_where_own_code_called_the_library(findings):
    lock = "sync.(*Mutex).Lock(0xc000010000)\n\t/usr/local/go/src/sync/mutex.go:46 +0x1\n"
    begin = "github.com/some/db.(*DB).Begin(0xc000010000)\n\t/root/go/pkg/mod/github.com/some/db@v1/db.go:7 +0x1\n"
    save = "main.save(0x1)\n\t/src/app/main.go:30 +0x1\n"
    waits = [
        one(number, "sync.Mutex.Lock, 3 minutes", "sync.runtime_SemacquireMutex", lock, begin, save).replace(
            "/src/app/main.go:9", "/usr/local/go/src/runtime/sema.go:95"
        )
        for number in range(10, 22)
    ]
    main = "goroutine 1 [IO wait]:\ninternal/poll.(*FD).Accept(0x1)\n\t/usr/local/go/src/x.go:1 +0x1\n"
    (found,) = findings(text(main, *waits, newest=30), rule="DT304")
    assert found.functions[:2] == ("main.save", "github.com/some/db.(*DB).Begin")
    assert "a library's own" in found.advice


def test_a_request_that_alone_is_shown_has_no_client_that_is_there(alarms):
    handler = _HANDED_OVER.format(2009)
    alone = one(77, "chan receive, 5 minutes", "main.slow", handler, by="net/http.(*Server).Serve", parent=7)
    assert alarms(alone) == [("DT202", "main.slow")]


@pytest.mark.parametrize(("served", "alarmed"), [(30, False), (0, True)], ids=["requests go on", "requests are over"])
def test_what_requests_that_go_on_have_started_is_theirs(alarms, served, alarmed):
    by, handler = "net/http.(*Server).Serve", _HANDED_OVER.format(2030)
    watch = "net/http.(*connReader).startBackgroundRead"
    each = range(10, 310, 10)
    started = [one(number, "select", "main.fetch", parent=number - 2) for number in each]
    requests = [one(number - 2, "select", "main.answer", handler, by=by, parent=1) for number in each]
    watched = [one(number - 1, "IO wait", "internal/poll.runtime_pollWait", _WATCHES, by=watch) for number in each]
    found = alarms(text(*started, *requests[:served], *watched[:served], newest=315))
    assert found == ([("DT203", "main.fetch")] if alarmed else [])


@pytest.mark.parametrize(("served", "alarmed"), [(30, False), (10, True)], ids=["requests go on", "more than requests"])
def test_where_the_text_does_not_say_who_started_them_as_many_requests_must_go_on(alarms, served, alarmed):
    """Up to Go 1.20 `created by` has no goroutine."""
    by, handler = "net/http.(*Server).Serve", _HANDED_OVER.format(2030)
    watch = "net/http.(*connReader).startBackgroundRead"
    each = range(10, 310, 10)
    started = [one(number, "select", "main.fetch") for number in each]
    requests = [one(number - 2, "select", "main.answer", handler, by=by) for number in each]
    watched = [one(number - 1, "IO wait", "internal/poll.runtime_pollWait", _WATCHES, by=watch) for number in each]
    old = [dump.replace(" in goroutine 5", "") for dump in (*started, *requests[:served], *watched[:served])]
    assert alarms(text(*old, newest=315)) == ([("DT203", "main.fetch")] if alarmed else [])


_MAIN = "goroutine 1 [IO wait]:\nmain.main()\n\t/src/app/main.go:3 +0x1\n"


@pytest.mark.parametrize(
    ("by", "alarmed"), [("main.init.1", False), ("main.init", False), ("main.(*hub).init", True), ("main.join", True)]
)
def test_what_a_package_starts_at_its_initialisation_is_there_once(alarms, by, alarmed):
    """A goroutine that sends one number after the other to whoever asks."""
    sender = one(19, "chan send, 3 minutes", "main.numbers", by=by)
    rest = [one(number, "IO wait", "main.read") for number in (31, 44, 57, 60)]
    found = alarms(text(_MAIN, sender, *rest, newest=70))
    assert found == ([("DT201", "main.numbers")] if alarmed else [])


@pytest.mark.parametrize(
    ("by", "alarmed"), [("main.New.func1", False), ("main.(*hub).Start", False), ("main.join", True)]
)
def test_one_that_a_constructor_starts_to_wait_for_a_group_does_so_as_long_as_it_runs(alarms, by, alarmed):
    waits = "sync.(*WaitGroup).Wait(0x1)\n\t/usr/local/go/src/sync/waitgroup.go:1 +0x1\n"
    supervisor = one(19, "semacquire, 3 minutes", "main.attend", by=by).replace("main.attend", f"{waits}main.attend", 1)
    rest = [one(number, "IO wait", "main.read") for number in (31, 44, 57, 60)]
    found = alarms(text(_MAIN, supervisor, *rest, newest=70))
    assert found == ([("DT204", "main.attend")] if alarmed else [])


@pytest.mark.parametrize("closure", ["main.init.0.func6", "main.glob..func6"])
@pytest.mark.parametrize("main_is_there", [True, False])
def test_what_a_command_starts_is_a_fixed_set_while_main_is_in_it(alarms, closure, main_is_there):
    """A closure in a variable of the package has no name of its own; main runs it, and waits there for those."""
    runs = closure if main_is_there else "main.other"
    waits = f"goroutine 1 [semacquire, 7 minutes]:\n{runs}()\n\t/src/app/a.go:9 +0x1\n"
    main = f"{waits}main.main()\n\t/src/app/main.go:3 +0x1\n"
    shards = [one(number, "chan receive, 7 minutes", "main.shard", by=closure, parent=1) for number in range(20, 50)]
    assert (alarms(text(main, *shards, newest=66)) == []) is main_is_there


@pytest.mark.parametrize(
    ("entry", "rules"), [("worker", []), ("Submit.func1", [("DT203", "main.task")])], ids=["a pool", "one each"]
)
def test_the_workers_of_a_librarys_pool_come_and_go_as_work_does(alarms, entry, rules):
    below = f"example.com/pool.{entry}(0x1)\n\t/root/go/pkg/mod/example.com/pool@v1.0.0/pool.go:3 +0x1\n"
    tasks = [one(number, "select", "main.task", below, by="example.com/pool.run") for number in range(10, 310, 10)]
    assert alarms(text(*tasks, newest=305)) == rules


@pytest.mark.parametrize(("starter", "rules"), [("main.serve", []), ("main.crawl", ["DT202"])])
def test_in_a_profile_who_accepts_connections_is_around_the_closure_that_serves_one(findings, starter, rules):
    poll = "internal/poll.runtime_pollWait"
    clients = (60, ("runtime.chanrecv1", "main.(*dialog).ask", f"{starter}.func1"))
    accepts = (1, (poll, "internal/poll.(*FD).Accept", "net.(*TCPListener).Accept", "main.serve", "main.main"))
    text = profile(clients, accepts, (4, ("runtime.chanrecv1", "example.com/app/web.wait")))
    assert [found.rule for found in findings(text, text)] == rules


@pytest.mark.parametrize(
    ("youngest", "alarmed"),
    [pytest.param(2, False, id="none for minutes"), pytest.param(0, True, id="some just now")],
)
def test_thousands_that_were_all_started_when_the_process_was(dump, alarms, youngest, alarmed):
    states = ["select, 2 minutes"] * 1000 + [f"select, {youngest} minutes" if youngest else "select"] * 100
    text = dump(("select, 2 minutes", "main.main()"), *[(state, "main.(*dome).track(0x1)") for state in states])
    assert bool(alarms(text)) is alarmed


def _ids(first: int, last: int, oldest: int) -> list[str]:
    """Goroutines of all ids of a range, the first of which have waited for so many minutes."""
    span = last - first + 1
    waits = [oldest * (last - number) // span for number in range(first, last + 1)]
    states = [f"select, {minutes} minutes" if minutes else "select" for minutes in waits]
    return [one(number, state, "main.(*Line).sit") for number, state in enumerate(states, first)]


@pytest.mark.parametrize(
    ("first", "last", "oldest", "told"),
    [
        pytest.param(480, 900, 4, [], id="who came first is called first"),
        pytest.param(480, 900, 12, ["DT203"], id="nobody is called for so long"),
        pytest.param(40, 460, 4, ["DT203"], id="all who ever came are still there"),
    ],
)
def test_a_queue_in_which_each_is_called_in_turn(alarms, first, last, oldest, told):
    assert [rule for rule, _ in alarms(text(*_ids(first, last, oldest), newest=last + 3))] == told


@pytest.mark.parametrize(("first", "told"), [(2_400, []), (10, ["DT203"])], ids=["mostly lately", "all along"])
def test_a_few_old_ones_do_not_tell_of_a_leak(alarms, first, told):
    """Sets that end after a while leave one or two behind; a leak leaves all of them."""
    old = [one(number, "select", "main.(*session).ping") for number in range(10, 2_400, 480)]
    many = [one(number, "select", "main.(*session).ping") for number in range(first, 4_000, (4_000 - first) // 120)]
    work = [one(number, "select", f"main.f{number}", by="main.main", parent=1) for number in range(4_101, 4_150)]
    assert [rule for rule, _ in alarms(text(*old, *many, *work, newest=4_090))] == told


@pytest.mark.parametrize(("beyond", "told"), [("in goroutine 65", ["DT202"]), ("in goroutine 40", [])])
def test_that_the_text_is_written_tells_of_no_time_that_has_passed(alarms, beyond, told):
    """Each P takes sixteen ids at once: the reader of the connection on which the text goes has one of a new batch."""
    waits = [one(number, "chan receive, 3 minutes", "main.hold", by="main.share") for number in range(8, 19)]
    beside = [one(number, "chan receive, 3 minutes", f"main.f{number}", by="main.share") for number in range(19, 37)]
    handler = "net/http.(*conn).serve(0x1)\n\t/usr/local/go/src/net/http/server.go:2109 +0x1\n"
    writes = one(65, "running", "runtime/pprof.writeGoroutineStacks", handler, by="net/http.(*Server).Serve", parent=1)
    reads = one(82, "IO wait", "net/http.(*connReader).backgroundRead", by="net/http.(*connReader).startBackgroundRead")
    pages = [writes, reads.replace("in goroutine 5", beyond)]
    dump = "\n".join([*pages, *waits, *beside]).replace("/src/app/main.go:9 +0x1\nnet", "/go/pprof.go:9 +0x1\nnet")
    assert [rule for rule, _ in alarms(dump)] == told


def test_sleepers_of_a_load_that_has_just_come_go_on_by_themselves(alarms):
    sleeps = "main.confirm(0x1)\n\t/src/app/main.go:9 +0x1\n"
    asleep = [one(number, "sleep", "time.Sleep", sleeps) for number in range(100, 1000, 5)]
    assert alarms(text(*asleep, newest=1005).replace("Sleep(0x1)\n\t/src/app/main.go", "Sleep(0x1)\n\t/go/t.go")) == []
