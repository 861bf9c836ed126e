"""What several texts tell about a crowd: who stands there each time is stuck, unless somebody may still wake it."""

import pytest

from ....texts import goroutine, profile

CROWD = [("chan receive", "example.com/app/feed.follow(0x1)")] * 30
OTHERS = [("select", "example.com/app/web.serve(0x1)")] * 2
MAIN = ("chan receive", "main.main()")


@pytest.mark.parametrize(
    ("state", "calls"),
    [
        ("sleep", ("time.Sleep(0x1)", "example.com/app/feed.ticks(0x1)")),
        ("runnable", ("example.com/app/feed.build(0x1)",)),
        ("IO wait", ("internal/poll.(*FD).Read(0x1)", "example.com/app/feed.fromUpstream(0x1)")),
    ],
    ids=["sleeps", "runs", "reads"],
)
def test_who_stands_beside_code_that_is_up_and_about_may_be_its_set_of_workers(dump, alarms, state, calls):
    alone = dump(MAIN, *CROWD, *OTHERS)
    assert alarms(alone, alone) == [("DT202", "example.com/app/feed.follow")]
    beside = dump(MAIN, *CROWD, *OTHERS, (state, *calls))
    assert alarms(beside, beside) == []


def test_who_prints_the_text_wakes_nobody(dump, alarms):
    text = dump(MAIN, *CROWD, *OTHERS, ("running", "example.com/app/feed.dump(0x1)"))
    assert alarms(text, text) == [("DT202", "example.com/app/feed.follow")]


def test_who_is_busy_in_another_package_wakes_nobody(dump, alarms):
    text = dump(MAIN, *CROWD, *OTHERS, ("sleep", "time.Sleep(0x1)", "example.com/app/web.ticks(0x1)"))
    assert alarms(text, text) == [("DT202", "example.com/app/feed.follow")]


def test_a_main_function_that_only_keeps_the_program_alive_wakes_nobody(dump, alarms):
    text = dump(("sleep", "time.Sleep(0x1)", "main.main()"), *[("chan receive", "main.follow(0x1)")] * 30)
    assert alarms(text, text) == [("DT202", "main.follow")]


def test_sleepers_go_on_by_themselves(dump, alarms):
    text = dump(MAIN, *[("sleep", "time.Sleep(0x1)", "main.pause(0x1)")] * 30, *OTHERS)
    assert alarms(text, text) == []
    old = text.replace("sleep", "sleep, 9 minutes")
    assert alarms(old, old) == [("DT209", "main.pause")]


def test_connections_on_which_nothing_comes_are_those_of_idle_clients(dump, alarms):
    session = ("IO wait", "internal/poll.(*FD).Read(0x1)", "main.session(0x1)")
    text = dump(
        MAIN, *[session] * 30, *[(state, f"example.com/app/web.f{n}(0x1)") for n in range(40) for state in ["select"]]
    )
    assert alarms(text, text) == []


def test_whoever_waits_in_the_function_that_started_them_looks_after_them(dump, alarms):
    crowd = [
        goroutine(n, "sync.Cond.Wait", "sync.(*Cond).Wait(0x1)", "main.follow(0x1)", created_by="main.watchFiles")
        for n in range(20, 50)
    ]
    others = [
        goroutine(1, "chan receive", "main.main()"),
        *(goroutine(n, "select", f"example.com/app/web.f{n}(0x1)") for n in range(60, 70)),
    ]
    without = "\n".join([*crowd, *others])
    assert alarms(without, without) == [("DT205", "main.follow")]
    starter = goroutine(19, "chan receive", "main.watchFiles(0x1)", created_by="main.main")
    beside = "\n".join([*crowd, *others, starter])
    assert alarms(beside, beside) == []


def test_a_flight_that_somebody_flies_is_waited_for(dump, alarms):
    waits = ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", "example.com/app/rates.get(0x1)")
    pilot = ("IO wait", "internal/poll.(*FD).Read(0x1)", "example.com/app/rates.load(0x1)")
    assert alarms(dump(MAIN, *[waits] * 30)) == [("DT204", "example.com/app/rates.get")]
    assert alarms(dump(MAIN, *[waits] * 30, pilot)) == []
    hangs = ("IO wait, 5 minutes", *pilot[1:])
    assert alarms(dump(MAIN, *[waits] * 30, hangs)) == [("DT204", "example.com/app/rates.get")]


@pytest.mark.parametrize(
    ("count", "function", "rules"),
    [(2, "rates.offer", ["DT204"]), (2, "rates.load", []), (1, "rates.offer", [])],
    ids=["who has started them", "another one", "who waits alone closes what that one reads"],
)
def test_who_starts_those_that_wait_is_done_for_none_of_them(alarms, count, function, rules):
    calls = ("sync.(*WaitGroup).Wait(0x1)", "example.com/app/rates.get(0x1)")
    waiters = [
        goroutine(number, "sync.WaitGroup.Wait, 2 minutes", *calls, created_by="example.com/app/rates.offer")
        for number in range(20, 20 + count)
    ]
    asleep = goroutine(9, "sleep", "time.Sleep(0x1)", f"example.com/app/{function}(0x1)")
    text = "\n".join([goroutine(1, *MAIN), asleep, *waiters])
    assert [rule for rule, _ in alarms(f"SIGQUIT: quit\nPC=0x46a1c1 m=0 sigcode=0\n\n{text}")] == rules


@pytest.mark.parametrize(
    ("count", "calls", "rules"),
    [
        pytest.param(10, ("rates.day",), ["DT204"], id="a loop of main does nothing for many"),
        pytest.param(9, ("rates.day",), [], id="for some it may"),
        pytest.param(10, ("rates.load", "rates.day"), [], id="in a step it works"),
    ],
)
def test_a_loop_of_main_that_sleeps_is_done_for_none_of_many(dump, alarms, count, calls, rules):
    waits = ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", "example.com/app/rates.get(0x1)")
    loop = ("sleep", "time.Sleep(0x1)", *(f"example.com/app/{call}()" for call in calls), "main.main()")
    assert [rule for rule, _ in alarms(dump(loop, *[waits] * count))] == rules


@pytest.mark.parametrize(
    ("feeder", "count", "rules"),
    [
        ("example.com/app/quota.(*Bucket).refill", 1, []),
        ("example.com/app/quota.(*Bucket).refill", 2, ["DT203"]),
        ("example.com/app/quota.(*Other).refill", 1, ["DT203"]),
    ],
    ids=["of their type", "two of them", "of another type"],
)
def test_a_single_one_that_waits_in_another_method_may_feed_them(dump, alarms, feeder, count, rules):
    waiters = [("select", "example.com/app/quota.(*Bucket).take(0x1)", "example.com/app/quota.send(0x1)")] * 120
    text = dump(MAIN, *waiters, *[("chan receive", f"{feeder}(0x1)")] * count, *OTHERS)
    assert [rule for rule, _ in alarms(text, text)] == rules


def test_a_server_has_as_many_clients_as_there_are(dump, alarms):
    session = ("IO wait", "internal/poll.(*FD).Read(0x1)", "main.session(0x1)")
    assert alarms(dump(MAIN, *[session] * 1500, *OTHERS)) == []


def test_one_goroutine_may_wait_in_a_system_call(dump, alarms):
    """For what somebody types, say."""
    assert alarms(dump(MAIN, ("syscall, 9 minutes", "syscall.read(0x0)", "main.readCommands(0x1)"), *OTHERS)) == []


@pytest.mark.parametrize(
    ("entry", "alarmed"),
    [
        (("main.newMailer.func1",), False),
        (("main.mailAll.func1",), True),
        (("main.ask", "main.newMailer.func1"), True),
    ],
    ids=["of a constructor", "of another function", "deeper in the closure"],
)
def test_a_profile_names_the_constructor_around_a_closure(alarms, entry, alarmed):
    text = profile((28, entry), (1, ("example.com/app/web.wait",)))
    assert bool(alarms(text, text)) is alarmed


def test_as_many_requests_as_closures_that_they_have_started(alarms):
    closures = (25, ("main.events.func1",))
    handlers = (25, ("main.events", "net/http.serverHandler.ServeHTTP", "net/http.(*conn).serve"))
    rest = (1, ("example.com/app/web.wait",))
    assert alarms(profile(closures, rest), profile(closures, rest)) == [("DT203", "main.events.func1")]
    served = profile(closures, handlers, rest)
    assert ("DT203", "main.events.func1") not in alarms(served, served)


def aged(numbers: range, minutes: dict[int, int], *, rest: int = 4) -> str:
    """A dump of one set; the minutes that each has waited by its id, `rest` for all others."""
    everyone = ((number, minutes.get(number, rest)) for number in numbers)
    states = ((number, f"select, {wait} minutes" if wait else "select") for number, wait in everyone)
    crowd = [
        goroutine(number, state, "main.(*device).await(0x1)", created_by="main.devices") for number, state in states
    ]
    return "\n".join([goroutine(1, "chan receive", "main.main()"), *crowd])


def test_who_waits_for_less_long_than_those_started_after_it_has_come_back(alarms):
    assert alarms(aged(range(17, 81), {})) == [("DT203", "main.(*device).await")]
    assert alarms(aged(range(17, 81), {17: 0, 18: 1, 33: 0})) == []


def test_the_last_of_each_batch_are_only_the_youngest(alarms):
    """Ids are given in batches of sixteen: 32 may be younger than 33, which another P took before."""
    assert alarms(aged(range(17, 81), {31: 0, 32: 0, 48: 1, 64: 0})) == [("DT203", "main.(*device).await")]


def test_a_set_of_one_age_beside_code_that_is_up_and_about_waits_for_work(alarms):
    reader = goroutine(99, "IO wait, 4 minutes", "internal/poll.(*FD).Read(0x1)", "main.fromUpstream(0x1)")
    assert alarms(aged(range(17, 81), {}) + "\n" + reader) == []
    of_all_ages = {number: (80 - number) // 16 for number in range(17, 81)}
    assert alarms(aged(range(17, 81), of_all_ages) + "\n" + reader) == [("DT203", "main.(*device).await")]


def test_who_is_further_down_in_the_function_that_sends_has_a_slot(dump, alarms):
    waits = ("chan send", "main.render(0x1)")
    rest = [("select", f"example.com/app/web.f{n}(0x1)") for n in range(20)]
    works = (
        goroutine(90, "sleep", "time.Sleep(0x1)", "main.draw(0x1)") + "main.render(0x1)\n\t/src/app/main.go:400 +0x1d\n"
    )
    before = works.replace(":400", ":3")
    stuck = dump(MAIN, *[waits] * 12, *rest)
    assert alarms(stuck + "\n" + before) == [("DT201", "main.render")]
    assert alarms(stuck + "\n" + works) == []


def test_who_has_started_senders_and_is_busy_receives_from_them(dump, alarms):
    senders = [("chan send", "example.com/app/ready.keep.func1()")] * 12
    rest = [("select", f"example.com/app/web.f{n}(0x1)") for n in range(20)]
    starter = ("sleep", "time.Sleep(0x1)", "example.com/app/ready.keep()", "main.main()")
    assert alarms(dump(MAIN, *senders, *rest)) == [("DT201", "example.com/app/ready.keep.func1")]
    assert alarms(dump(starter, *senders, *rest)) == []


@pytest.mark.parametrize(
    ("closers", "step", "severity"),
    [
        pytest.param(2, "example.com/app/ready.day", "note", id="main takes what they send"),
        pytest.param(0, "example.com/app/ready.day", "warning", id="nobody closes"),
        pytest.param(10, "example.com/app/ready.day", "warning", id="one for each call"),
        pytest.param(2, "example.com/app/web.day", "warning", id="main is elsewhere"),
    ],
)
def test_who_waits_for_senders_to_close_what_they_send_to_tells_of_one_who_ranges(
    dump, findings, closers, step, severity
):
    senders = [("chan send", "example.com/app/ready.stage.func1()")] * 12
    closer = ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", "example.com/app/ready.stage.func2()")
    text = dump(("sleep", "time.Sleep(0x1)", f"{step}()", "main.main()"), *senders, *[closer] * closers)
    assert findings(text, rule="DT201")[0].severity == severity


@pytest.mark.parametrize(("watchers", "told"), [(30, []), (29, [("DT202", "example.com/app/feed.follow")])])
def test_one_for_each_that_a_library_reads_from_takes_what_comes(dump, alarms, watchers, told):
    reads = ("IO wait", "internal/poll.(*FD).Read(0x1)", "github.com/some/watch.(*Watcher).readEvents(0x1)")
    text = dump(MAIN, *CROWD, *OTHERS, *[reads] * watchers)
    text = text.replace("/src/app/watch.go", "/go/pkg/mod/github.com/some/watch@v1.2.0/watch.go")
    assert alarms(text, text) == told


@pytest.mark.parametrize(
    ("reads", "rules"),
    [("os.(*File).Read(0x1)", []), ("net.(*conn).Read(0x1)", ["DT207"])],
    ids=["a child that prints nothing", "a connection of which nobody knows"],
)
def test_a_child_may_print_nothing_for_long(dump, alarms, reads, rules):
    child = ("IO wait, 4 minutes", "internal/poll.(*FD).Read(0x1)", reads, "example.com/app/probe.collect(0x1)")
    text = dump(MAIN, *[child] * 9)
    assert [rule for rule, _ in alarms(text, text, text)] == rules


@pytest.mark.parametrize(
    ("starter", "rules"),
    [("errgroup.(*Group).Go", []), ("errgroup.(*Group).Wait", [("DT203", "main.fetch")])],
    ids=["as many as may be", "it has started all"],
)
def test_of_as_many_as_somebody_waits_to_start_equal_counts_tell_nothing(alarms, starter, rules):
    tasks = (20, ("runtime.selectgo", "main.fetch", "errgroup.(*Group).Go.func1"))
    text = profile(tasks, (1, ("runtime.chansend1", starter, "main.main")))
    assert alarms(text, text) == rules


def leases(numbers: range) -> str:
    crowd = [
        goroutine(number, "select", "main.(*lease).keep(0x1)", created_by="main.grant")
        for number in numbers
        if number % 4
    ]
    return "\n".join([goroutine(1, "chan receive", "main.main()"), *crowd])


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param(range(340, 740), [], id="as many end as begin"),
        pytest.param(range(304, 704), ["DT203"], id="hardly any has ended"),
        pytest.param(range(340, 780), ["DT203"], id="they have become more"),
        pytest.param(range(660, 1160), [], id="more, but most of those before have ended"),
    ],
)
def test_as_many_as_before_and_others_come_and_go(alarms, now, told):
    assert [rule for rule, _ in alarms(leases(range(300, 700)), leases(now))] == told


@pytest.mark.parametrize(
    ("count", "alarmed"),
    [(30, True), (39, True), (40, False), (43, False), (640, False), (641, False)],
)
def test_as_many_dozens_each_time_may_be_a_pool_whatever_their_number(alarms, count, alarmed):
    text = profile((count, ("main.scale",)), (1, ("example.com/app/web.wait",)))
    assert bool(alarms(text, text, text)) is alarmed


READER = (
    "IO wait, 4 minutes",
    "internal/poll.(*FD).Read(0x1)",
    "github.com/fsnotify/fsnotify.(*inotify).readEvents(0x1)",
)
IMPORTS = ("chan receive, 4 minutes", "example.com/app/inbox.(*Folder).take(0x1)")


@pytest.mark.parametrize(("readers", "told"), [(24, []), (20, [("DT202", "example.com/app/inbox.(*Folder).take")])])
def test_as_many_as_a_library_has_readers_have_a_source_each(dump, alarms, readers, told):
    assert alarms(dump(MAIN, *[READER] * readers, *[IMPORTS] * 24)) == told


@pytest.mark.parametrize("count", [3_000, 3_017])
@pytest.mark.parametrize(
    ("late", "told"), [(0, []), (40, [("DT202", "main.attend")])], ids=["none since", "some since"]
)
def test_thousands_that_were_all_there_at_start_are_a_pool(dump, alarms, count, late, told):
    first, since = (("chan receive, 4 minutes", "main.attend(0x1)"), ("chan receive", "main.attend(0x1)"))
    text = dump(("chan receive, 4 minutes", "main.main()"), *[first] * (count - late), *[since] * late)
    assert alarms(text, text) == told


@pytest.mark.parametrize(
    ("count", "state", "rules"),
    [
        pytest.param(8, "chan receive", ["DT202"], id="a few"),
        pytest.param(39, "chan receive", ["DT202"], id="less than forty"),
        pytest.param(40, "chan receive", [], id="dozens"),
        pytest.param(99, "chan receive", [], id="nearly a hundred"),
        pytest.param(100, "chan receive", ["DT202"], id="a hundred"),
        pytest.param(70, "chan receive, 9 minutes", ["DT202"], id="old ones"),
    ],
)
def test_dozens_of_a_set_stand_in_each_text_as_a_pool_does(dump, alarms, count, state, rules):
    text = dump(MAIN, *[(state, "example.com/app/feed.await(0x1)")] * count, *OTHERS)
    assert [rule for rule, _ in alarms(text, text)] == rules


@pytest.mark.parametrize(("count", "rules"), [(6, []), (12, ["DT204"])], ids=["a few", "many"])
def test_a_few_that_wait_for_a_group_may_wait_for_what_takes_its_time(dump, alarms, count, rules):
    waits = ("semacquire", "sync.(*WaitGroup).Wait(0x1)", "example.com/app/feed.plan(0x1)")
    text = dump(MAIN, *[waits] * count, *OTHERS * 8)
    assert [rule for rule, _ in alarms(text, text)] == rules


@pytest.mark.parametrize(("count", "rules"), [(9, []), (13, ["DT201"])], ids=["a few", "many"])
def test_a_few_senders_of_a_profile_may_be_others_each_time(alarms, count, rules):
    sends = ("runtime.chansend1", "example.com/app/feed.print", "main.main.func1")
    text = profile((count, sends), (60, ("runtime.selectgo", "example.com/app/web.serve")))
    assert [rule for rule, _ in alarms(text, text, text) if rule == "DT201"] == rules


@pytest.mark.parametrize(
    ("state", "calls", "words"),
    [
        pytest.param("sleep", ("time.Sleep(0x1)", "main.pause(0x1)"), "Take a second text", id="a sleeper"),
        pytest.param("chan receive", ("main.(*Pool).await(0x1)",), "a goroutineleak profile", id="at a channel"),
    ],
)
def test_what_would_tell_more_is_what_shows_such_goroutines(dump, findings, state, calls, words):
    """Go's detector looks at what waits for a channel, a select or package sync; it never lists who sleeps or reads."""
    (found,) = findings(dump(MAIN, *[(state, *calls)] * 400))
    assert str(found.severity) == "note"
    assert words in found.advice
    assert ("goroutineleak" in found.advice) is (state != "sleep")


@pytest.mark.parametrize(
    ("count", "leaf", "inputs", "alarmed"),
    [
        pytest.param(9, "runtime.selectgo", 2, False, id="a few selects"),
        pytest.param(9, "runtime.selectgo", 4, True, id="a few selects, in many inputs"),
        pytest.param(19, "runtime.selectgo", 2, False, id="some selects"),
        pytest.param(19, "runtime.selectgo", 3, True, id="some selects, in one input more"),
        pytest.param(20, "runtime.selectgo", 2, True, id="many selects"),
        pytest.param(9, "runtime.chanrecv1", 2, True, id="a few that receive"),
        pytest.param(19, "sync.(*Cond).Wait", 3, False, id="takers of a queue"),
        pytest.param(19, "sync.(*Cond).Wait", 4, True, id="takers of a queue, in many inputs"),
        pytest.param(29, "sync.(*Cond).Wait", 3, True, id="many at a Cond"),
    ],
)
def test_as_many_each_time_tell_something_of_more_than_a_few_or_in_many_inputs(alarms, count, leaf, inputs, alarmed):
    text = profile((count, (leaf, "main.follow")), (3, ("runtime.chanrecv1", "main.other")))
    assert bool(alarms(*[text] * inputs)) is alarmed


@pytest.mark.parametrize(
    ("count", "state", "alarmed"),
    [(16, "select", False), (16, "chan receive", True), (120, "select", True), (16, "select, 4 minutes", True)],
    ids=["loops may have gone round", "who receives was not served", "very many", "for minutes"],
)
def test_loops_that_select_may_have_gone_round_between_two_dumps(dump, alarms, count, state, alarmed):
    text = dump(MAIN, *[(state, "example.com/app/pulse.send(0x1)")] * count, *OTHERS)
    assert bool(alarms(text, text)) is alarmed


@pytest.mark.parametrize("function", ["bufio.(*Reader).ReadLine", "io.ReadFull"])
@pytest.mark.parametrize("count", [40, 400])
def test_readers_may_be_connections_that_are_kept(alarms, function, count):
    reads = ("internal/poll.runtime_pollWait", "internal/poll.(*FD).Read", function, "main.exchange")
    text = profile((count, reads), (1, ("example.com/app/web.wait",)))
    assert alarms(text, text) == []


SEND = ("chan send, 4 minutes", "results.(*Batch).put(0x1)", "results.convert(0x1)")


@pytest.mark.parametrize(
    ("before", "severity"),
    [
        pytest.param(60, "note", id="a third has gone on: somebody receives"),
        pytest.param(42, "warning", id="hardly any has gone on"),
        pytest.param(40, "warning", id="none has gone on"),
    ],
)
def test_senders_of_which_some_have_gone_on_are_received(findings, before, severity):
    first, last = ["\n".join(goroutine(n, *SEND) for n in range(9, 9 + count)) for count in (before, 40)]
    others = "\n" + "\n".join(goroutine(n, "select", "web.serve(0x1)") for n in range(1, 8))
    (found,) = findings(first + others, last + others, rule="DT201")
    assert found.severity == severity
    assert any("have gone on" in reason.words for reason in found.evidence["reasons"]) is (severity == "note")


@pytest.mark.parametrize(
    ("starter", "expected"), [("main.main", []), ("jobs.Handle", [("DT205", "jobs.(*Queue).take")])]
)
def test_workers_that_main_has_started_rest_at_their_cond(alarms, starter, expected):
    take = ("sync.Cond.Wait, 3 minutes", "sync.runtime_notifyListWait(0x1)", "sync.(*Cond).Wait(0x1)")
    crowd = [goroutine(n, *take, "jobs.(*Queue).take(0x1)", created_by=starter) for n in range(9, 39)]
    text = "\n".join([goroutine(1, "chan receive", "main.main()"), *crowd])
    assert alarms(text, text) == expected
