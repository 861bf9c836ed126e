"""Crowds of waiting goroutines: what makes one an alarm, a note, or nothing; on dumps built by hand."""

import pytest

from debugtext.comparing import compare_two
from debugtext.reading import read
from debugtext.settings import Settings

from ...texts import goroutine, profile

DUMPER = ("running", "runtime/pprof.writeGoroutineStacks(0x1)", "main.dump(0x2)")
SERVER = (
    "IO wait",
    "internal/poll.runtime_pollWait(0x1)",
    "internal/poll.(*FD).Accept(0x2)",
    "net/http.(*Server).Serve(0x3)",
)
TURN = "internal/poll.(*fdMutex).rwlock(0x1, 0x1)"


@pytest.mark.parametrize(
    ("state", "calls", "rule"),
    [
        ("chan send", ("main.ask.func1(0x1)",), "DT201"),
        ("chan receive, 3 minutes", ("main.await(0x1)",), "DT202"),
        ("select, 3 minutes", ("main.follow(0x1)",), "DT203"),
        ("sync.WaitGroup.Wait, 3 minutes", ("sync.(*WaitGroup).Wait(0x1)", "main.batch(0x1)"), "DT204"),
        ("sync.Cond.Wait, 3 minutes", ("sync.(*Cond).Wait(0x1)", "main.take(0x1)"), "DT205"),
        ("semacquire, 3 minutes", ("sync.runtime_Semacquire(0x1)", "main.enter(0x1)"), "DT206"),
        ("semacquire, 3 minutes", (TURN, "internal/poll.(*FD).Write(0x1)", "main.log(0x1)"), "DT207"),
        ("IO wait, 3 minutes", ("internal/poll.(*FD).Read(0x1)", "main.session(0x1)"), "DT207"),
        ("syscall, 3 minutes", ("syscall.read(0x1)", "main.rawRead(0x1)"), "DT208"),
        ("sleep, 3 minutes", ("time.Sleep(0x1)", "main.remind(0x1)"), "DT209"),
    ],
)
def test_thirty_of_a_kind_are_an_alarm(dump, alarms, state, calls, rule):
    text = dump(*[(state, *calls)] * 30, DUMPER, SERVER)
    assert [found for found, _ in alarms(text)] == [rule]


@pytest.mark.parametrize(
    "calls",
    [
        ("main.(*Pool).worker(0x1)",),
        ("main.(*Pool).next(0x1)", "main.(*Pool).workerLoop(0x1)"),
        ("main.NewPool.func1()",),
        ("main.(*Consumer).run(0x1)",),
        ("main.pollQueue(0x1)",),
        ("main.every.func1()",),
    ],
)
def test_names_of_pools_and_loops_are_at_rest(dump, alarms, calls):
    text = dump(*[("chan receive, 90 minutes", *calls)] * 64, DUMPER, SERVER)
    assert alarms(text) == []
    assert alarms(text, text, text) == []


@pytest.mark.parametrize(
    "calls", [("main.runBatch(0x1)",), ("main.notifyListener(0x1)",), ("main.(*Server).ask(0x1)",)]
)
def test_names_of_things_that_end_are_not(dump, alarms, calls):
    assert alarms(dump(*[("chan receive, 9 minutes", *calls)] * 30, DUMPER, SERVER)) == [("DT202", calls[0][:-5])]


READS = ("internal/poll.runtime_pollWait", "internal/poll.(*pollDesc).waitRead", "net.spliceFrom")


def test_one_busy_sender_is_nothing(dump, alarms):
    assert (
        alarms(dump(("chan send", "main.(*Pool).Do(0x1)"), ("chan receive", "main.(*Pool).worker(0x1)"), DUMPER)) == []
    )


def test_a_sender_of_an_hour_is_stuck(dump, alarms):
    assert alarms(dump(("chan send, 60 minutes", "main.ask(0x1)"), DUMPER, SERVER)) == [("DT201", "main.ask")]


@pytest.mark.parametrize(("times", "minutes", "told"), [(3, 2, [("DT201", "")]), (2, 2, []), (3, 1, [])])
def test_headers_alone_tell_of_several_senders_of_minutes(alarms, times, minutes, told):
    headers = "".join(f"goroutine {number} [chan send, {minutes} minutes]:\n" for number in range(40, 40 + times))
    assert alarms(f"{headers}goroutine 60 [sleep]:\n") == told


@pytest.mark.parametrize(
    ("state", "told"),
    [("semacquire, 3 minutes", [("DT206", "")]), ("sync.Mutex.Lock, 3 minutes", [("DT206", "")]), ("semacquire", [])],
)
def test_headers_alone_tell_of_many_at_a_lock_for_minutes(alarms, state, told):
    headers = "".join(f"goroutine {number} [{state}]:\n" for number in range(40, 50))
    assert alarms(f"{headers}goroutine 60 [sleep]:\n") == told
    assert alarms(f"{headers.partition(chr(10))[0]}\ngoroutine 60 [sleep]:\n") == []


def test_the_main_goroutine_may_wait_for_all_others(dump, alarms):
    main = ("sync.WaitGroup.Wait, 600 minutes", "sync.(*WaitGroup).Wait(0x1)", "main.main()")
    assert alarms(dump(main, DUMPER, SERVER)) == []


@pytest.mark.parametrize(
    ("name", "alarmed"), [("Close", True), ("Shutdown", True), ("closeIdle", False), ("run", False)]
)
def test_the_main_goroutine_that_ends_something_for_minutes_is_stuck(dump, alarms, name, alarmed):
    calls = ("sync.(*WaitGroup).Wait(0x1)", f"main.(*App).{name}(0x1)", "main.main()")
    assert bool(alarms(dump(("sync.WaitGroup.Wait, 6 minutes", *calls), DUMPER, SERVER))) is alarmed


def test_goroutines_of_all_ages_were_started_one_after_the_other(dump, alarms):
    feeds = [(f"select, {minutes} minutes", "main.feed(0x1)") for minutes in range(20, 340, 20)]
    assert alarms(dump(*feeds, ("chan receive, 705 minutes", "main.main()"), DUMPER)) == [("DT203", "main.feed")]


def test_goroutines_that_stay_from_text_to_text_are_stuck(dump, findings):
    text = dump(*[("chan receive", "main.await(0x1)")] * 12, *[SERVER] * 40, DUMPER)
    assert [str(found.severity) for found in findings(text, rule="DT202")] == []
    (found,) = findings(text, text, rule="DT202")
    assert found.severity == "warning"
    assert str(found.evidence["reasons"][-1]) == "+2 as many in each of 2 inputs: they did not go on"


def test_texts_that_tell_their_times_prove_how_long_at_least(dump):
    """Two dumps of one process, ten minutes apart by their names: so long nobody of them went on."""
    text = dump(*[("chan receive", "main.await(0x1)")] * 12, *[SERVER] * 40, DUMPER)
    names = ("dump-2026-11-21T03:30.txt", "dump-2026-11-21T03:40.txt")
    (found,) = compare_two([read(text, name=name) for name in names], Settings()).findings
    assert str(found.evidence["reasons"][-1]) == "+2 as many in each of 2 inputs, 10 min apart: they did not go on"


def test_who_stands_there_a_second_later_has_not_stayed(dump):
    text = dump(*[("chan receive", "main.await(0x1)")] * 12, *[SERVER] * 40, DUMPER)
    names = ("dump-2026-11-21T03:30:01.txt", "dump-2026-11-21T03:30:02.txt")
    assert compare_two([read(text, name=name) for name in names], Settings()).findings == ()


def test_as_many_connections_in_two_profiles_may_be_others_each_time(findings):
    assert findings(*[profile((20, (*READS, "io.Copy")), (64, ("main.worker",)))] * 2) == []


def test_counts_of_a_profile_that_vary_come_and_go(alarms):
    def text(count: int) -> str:
        waits = "0x48d92a 0x419c8e"
        rest = "\n".join(f"1 @ {waits} 0x9{i}0000\n#\t0x9{i}0000\tmain.f{i}+0x1\tf.go:{i}\n" for i in range(count))
        record = f"{count} @ {waits} 0x400000 0x72ec87\n#\t0x72ec86\tmain.request+0x12\tm.go:7\n"
        return f"goroutine profile: total {2 * count}\n{record}\n{rest}"

    assert alarms(text(31), text(40), text(33)) == []
    assert alarms(text(33), text(33), text(33)) == [("DT202", "main.request")]


def test_a_point_more_or_less_can_be_asked_for(dump, alarms):
    text = dump(*[("chan receive, 3 minutes", "main.await(0x1)")] * 30, DUMPER, SERVER)
    assert alarms(text, thresholds={"DT202.points": 9}) == []


def test_the_evidence_gives_numbers_and_thresholds(dump, findings):
    (found,) = findings(dump(*[("chan send, 3 minutes", "main.ask(0x1)")] * 30, DUMPER, SERVER), rule="DT201")
    assert found.count == 30
    assert (found.evidence["share"], found.evidence["oldest_minutes"]) == (0.9375, 3)
    assert (found.evidence["points"], found.evidence["threshold"]) == (6, 3)
    assert [*map(str, found.evidence["reasons"])] == [
        "+2 a send blocks for long only if nobody receives",
        "+1 30 at one place (≥ 10)",
        "+1 94% of all goroutines (≥ 50%)",
        "+1 waiting up to 3 min (≥ 1 min)",
        "+1 all of them that long",
    ]


def test_goroutines_that_are_woken_between_two_texts_are_served(dump, alarms):
    def text(*minutes: int) -> str:
        polls = [(f"chan receive, {one} minutes" if one else "chan receive", "main.answer(0x1)") for one in minutes]
        return dump(*polls, DUMPER)

    assert alarms(text(*[0] * 12), text(*[0] * 12)) == [("DT202", "main.answer")]
    assert alarms(text(*[1, 1, 1] * 4), text(*[0, 0, 1] * 4)) == []


def test_goroutines_without_a_wait_beside_others_that_wait_for_minutes_are_served(dump, alarms):
    crowd = [("chan receive", "main.exchange(0x1)")] * 30
    old = ("chan receive, 40 minutes", "main.main()")
    young = ("chan receive, 1 minutes", "main.main()")
    assert alarms(dump(*crowd, old, DUMPER), dump(*crowd, old, DUMPER)) == []
    assert alarms(dump(*crowd, young, DUMPER), dump(*crowd, young, DUMPER)) == [("DT202", "main.exchange")]


def test_goroutines_of_a_constructor_are_a_fixed_set(dump, alarms):
    def crowd(creator: str) -> str:
        text = dump(*[("select, 9 minutes", "main.exchange(0x1)")] * 16, *[SERVER] * 40, DUMPER)
        made = f"+0x1d\ncreated by {creator} in goroutine 1\n\t/src/app/a.go:9 +0x1\n\n"
        return text.replace("+0x1d\n\n", made)

    assert alarms(crowd("main.NewExchange")) == []
    assert alarms(crowd("main.handle")) == [("DT203", "main.exchange")]


def test_a_stack_of_the_standard_library_is_opened_where_it_was_started(findings):
    """The title names what the tables show, the outermost frame; the place is the user's own go statement."""
    calls = [f"{name}(0x1)" for name in ("internal/poll.(*FD).Write", "net.(*conn).Write", "io.copyBuffer", "io.Copy")]
    text = "\n".join(goroutine(at, "IO wait, 9 minutes", *calls, created_by="main.forward") for at in range(2, 40))
    (found,) = findings(text, rule="DT207")
    assert found.title == "38 goroutines blocked in io.Copy, writing to a connection or file for 9 min"
    assert found.functions[:2] == ("main.forward", "io.Copy")
    assert (found.location.file, found.location.line) == ("/src/app/start.go", 7)


def test_whom_a_wait_group_waits_for_is_named_if_they_are_still_there(findings):
    waits = ("sync.(*WaitGroup).Wait(0x1)", "shop.(*Stage).Close(0x1)", "main.main()")
    text = "\n".join([
        goroutine(1, "sync.WaitGroup.Wait, 4 minutes", *waits),
        goroutine(8, "chan receive, 4 minutes", "shop.(*Stage).pack(0x1)", created_by="shop.(*Stage).Close"),
        goroutine(9, "chan receive, 4 minutes", "shop.serve(0x1)", created_by="main.main"),
    ])  # fmt: skip
    (found,) = findings(text, rule="DT204")
    assert found.functions[:2] == ("shop.(*Stage).Close", "shop.(*Stage).pack")
    assert found.evidence["still_there"] == ["shop.(*Stage).pack"]
    assert found.title.endswith("for 4 min, for shop.(*Stage).pack: receiving from a channel for 4 min")
    assert found.advice.startswith("This worker has not returned: close or send on that channel before Wait")


WAITS = ("sync.WaitGroup.Wait, 5 minutes", "sync.(*WaitGroup).Wait(0xc000020010)")
CLOSER = (*WAITS, "shop.gather.func2()")


@pytest.mark.parametrize(
    ("waiter", "worker", "words"),
    [
        (CLOSER, ("chan send, 5 minutes", "shop.gather.func1()"), "shop.gather.func1: sending on a channel for 5 min"),
        (
            (*WAITS, "lib/pipe.(*conn).Close(0xc000020000)", "shop.closeAll(0x1)"),
            ("select, 6 minutes", "lib/pipe.(*conn).receive(0xc000020000)"),
            "lib/pipe.(*conn).receive: waiting in a select for 6 min",
        ),
    ],
    ids=["started beside it", "of the type that waits"],
)  # fmt: skip
def test_a_worker_that_is_blocked_itself_is_named_instead_of_a_missing_done(findings, waiter, worker, words):
    creator = "" if "lib/" in worker[1] else "shop.gather"
    text = goroutine(7, *waiter, created_by="shop.gather") + "\n" + goroutine(8, *worker, created_by=creator)
    (found,) = findings(text, rule="DT204")
    assert found.title.endswith(f"waiting for a sync.WaitGroup for 5 min, for {words}")
    assert worker[1].partition("(0x")[0].removesuffix("()") in found.functions[:3]
    assert "without Done" not in found.advice


def test_the_library_function_that_calls_wait_is_among_the_first(findings):
    text = goroutine(7, *WAITS, "a.org/vendor/b.(*Client).Close(0x1)", "main.upload(0x1)", created_by="main.run")
    (found,) = findings(text, rule="DT204")
    assert found.functions[:2] == ("main.upload", "a.org/vendor/b.(*Client).Close")
    assert found.advice.startswith("A worker has not returned, or returned without Done")


@pytest.mark.parametrize(
    "worker",
    [
        ("chan receive, 90 minutes", "shop.gather.func1()"),
        ("running", "shop.gather.func1()"),
        ("chan receive, 5 minutes", "shop.serve(0x1)"),
    ],
    ids=["since long before", "at work", "of others"],
)
def test_who_only_stands_near_is_no_worker(findings, worker):
    creator = "main.main" if "serve" in worker[1] else "shop.gather"
    text = goroutine(7, *CLOSER, created_by="shop.gather") + "\n" + goroutine(8, *worker, created_by=creator)
    for found in findings(text, rule="DT204"):
        assert found.title.endswith("waiting for a sync.WaitGroup for 5 min")


@pytest.mark.parametrize(("count", "told"), [(600, ["note"]), (400, [])])
def test_nearly_all_of_very_many_are_at_least_worth_a_note(dump, findings, count, told):
    reader = ("IO wait, 1 minutes", "internal/poll.(*FD).Read(0x1)", "till.(*Session).readLoop(0x1)")
    assert [found.severity for found in findings(dump(*[reader] * count, DUMPER))] == told


def test_many_closures_of_the_main_function_are_not_the_main_function(dump, findings):
    inner = ("chan receive, 2 minutes", "main.main.func3.1()")
    assert [found.functions[0] for found in findings(dump(*[inner] * 12, DUMPER))] == ["main.main.func3.1"]


WAITS_FOR_FILES = ("sync.WaitGroup.Wait, 26 minutes", "sync.(*WaitGroup).Wait(0x1)", "shop.importAll(0x1)")


@pytest.mark.parametrize(
    ("state", "call", "severity"),
    [
        ("sleep", "time.Sleep(0x1)", "note"),
        ("runnable", "shop.parse(0x1)", "note"),
        ("chan send, 26 minutes", "shop.tell(0x1)", "warning"),
        ("chan send", "shop.tell(0x1)", "warning"),
    ],
)
def test_who_waits_for_workers_that_are_at_work_is_worth_a_note(findings, state, call, severity):
    worker = goroutine(8, state, call, "shop.importFile(0x1)", created_by="shop.importAll")
    (found,) = findings(f"{goroutine(7, *WAITS_FOR_FILES)}\n{worker}", rule="DT204")
    assert found.severity == severity
    assert ("which is at work" in found.title) == (severity == "note")


def test_many_that_wait_for_groups_are_no_pool_by_whatever_name(dump, findings):
    waiter = ("sync.WaitGroup.Wait, 4 minutes", "sync.(*WaitGroup).Wait(0x1)", "shop.process(0x1)")
    assert [found.severity for found in findings(dump(waiter, times=25), rule="DT204")] == ["warning"]
    servers = [("IO wait", "net.(*TCPListener).Accept(0x1)", "main.main()")] * 30
    worker = ("select", "shop.crunch(0x1)")
    assert [found.severity for found in findings(dump(*[waiter] * 25, *servers, worker), rule="DT204")] == ["note"]
    assert [found.severity for found in findings(dump(*[waiter] * 25, *servers), rule="DT204")] == ["warning"]


def test_where_nobody_is_nobody_waits(findings):
    record = "{} @ 0x48d92a 0x419c8e 0x4197b2 0x732255\n#\t0x732254\tshop.f+0x1\t/s.go:1\n\n"
    assert findings("goroutine profile: total 1\n" + record.format(0) + record.format(1)) == []
    assert findings("goroutine profile: total 0\n" + record.format(0)) == []


@pytest.mark.parametrize(
    ("main", "found"),
    [
        ("chan receive, 31 minutes", []),
        ("chan receive, 33 minutes", ["DT211"]),
        ("chan receive", ["DT211"]),
        ("sync.WaitGroup.Wait, 31 minutes", ["DT211"]),
    ],
)
def test_children_that_were_started_with_the_program_may_live_as_long(dump, alarms, main, found):
    waits = (
        "syscall, 30 minutes",
        "os.(*Process).blockUntilWaitable(0x1)",
        "os.(*Process).Wait(0x1)",
        "main.tend(0x1)",
    )
    told = [rule for rule, _ in alarms(dump((main, "main.main()"), waits, waits))]
    assert [rule for rule in told if rule != "DT204"] == found


@pytest.mark.parametrize(("leaf", "words"), [("syscall.openat(0x1)", "FIFO"), ("syscall.read(0x1)", "os.File")])
def test_a_path_that_does_not_open_has_no_deadline(dump, findings, leaf, words):
    text = dump(*[("syscall, 3 minutes", "syscall.Syscall6(0x1)", leaf, "main.load(0x1)")] * 30, DUMPER, SERVER)
    (found,) = findings(text, rule="DT208")
    assert words in found.advice


@pytest.mark.parametrize(("count", "found"), [(1, []), (2, ["DT211"])])
def test_several_old_ones_that_somebody_picked_out_are_worth_more_than_one(alarms, count, found):
    loop = ("select, 90 minutes", "github.com/eclipse/paho.mqtt.golang.(*router).matchAndDispatch.func1(0x1)")
    text = "\n".join(goroutine(number, *loop) for number in range(200, 200 + count))
    assert [rule for rule, _ in alarms(text)] == found


@pytest.mark.parametrize(("count", "verdict"), [(1, "deadlock"), (3, "leak")])
def test_one_at_a_condition_is_stuck_and_several_are_left_behind(dump, findings, count, verdict):
    waits = ("sync.Cond.Wait, 79 minutes", "sync.(*Cond).Wait(0x1)", "vfs.(*Handle).readAt(0x1)")
    text = dump(DUMPER, *[waits] * count).partition("\n\n")[2]
    (found,) = findings(text)
    assert (found.rule, str(found.verdict), str(found.severity)) == ("DT205", verdict, "warning")


@pytest.mark.parametrize(
    ("function", "minutes", "found"),
    [
        pytest.param("cat._Cfunc_cat_balance(0x1)", 4, [], id="a moment"),
        pytest.param("cat._Cfunc_cat_balance(0x1)", 5, ["DT208"], id="in C"),
        pytest.param("syscall.read(0x1)", 5, [], id="in the kernel"),
    ],
)
def test_one_call_of_c_that_somebody_picked_out_has_taken_long(dump, alarms, function, minutes, found):
    text = dump(DUMPER, (f"syscall, {minutes} minutes", function, "cat.(*Client).Balance(0x1)")).partition("\n\n")[2]
    assert [rule for rule, _ in alarms(text)] == found


def test_writers_whose_turn_comes_are_no_alarm(dump, findings, alarms):
    turn = ("semacquire", TURN, "internal/poll.(*FD).Write(0x1)", "os.(*File).Write(0x1)", "main.log(0x1)")
    writing = ("syscall", "syscall.write(0x1)", "os.(*File).Write(0x1)", "main.log(0x1)")
    waiting = ("IO wait", "internal/poll.(*FD).Write(0x1)", "os.(*File).Write(0x1)", "main.log(0x1)")
    assert alarms(dump(*[turn] * 30, waiting, DUMPER, SERVER)) == [("DT207", "main.log")]
    text = dump(*[turn] * 30, writing, DUMPER, SERVER)
    assert not alarms(text)
    assert [found.rule for found in findings(text)] == ["DT207"]


def test_readers_of_one_connection_rest(dump, alarms):
    turn = ("semacquire, 3 minutes", TURN, "internal/poll.(*FD).ReadFrom(0x1)", "main.packets(0x1)")
    reading = ("IO wait, 3 minutes", "internal/poll.(*FD).ReadFrom(0x1)", "main.packets(0x1)")
    assert not alarms(dump(*[turn] * 30, reading, DUMPER, SERVER))


def test_where_only_the_standard_library_is_seen_the_title_says_so(dump, findings):
    reads = ("IO wait, 30 minutes", "internal/poll.(*FD).Read(0x1)", "bufio.(*Reader).ReadLine(0x1)")
    alone = dump(*[reads] * 40).replace("/src/app/bufio.go", "/usr/local/go/src/bufio/bufio.go")
    (found,) = findings(alone, rule="DT207")
    assert found.title.endswith(
        "reading from a connection or file for 30 min; your code that made them is not in the text"
    )
    (found,) = findings(dump(*[("IO wait, 30 minutes", *reads[1:2], "main.follow(0x1)")] * 40), rule="DT207")
    assert found.title.endswith("reading from a connection or file for 30 min")
