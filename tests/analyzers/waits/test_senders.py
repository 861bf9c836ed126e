"""Senders: how long is long for them."""

import pytest

from ...texts import goroutine

DUMPER = ("running", "runtime/pprof.writeGoroutineStacks(0x1)", "main.dump(0x2)")
ROOM = ("chat.(*Room).call(0x1)", "chat.(*Room).serve(0x1)")
BUSY = ("sleep", "time.Sleep(0x1)", "chat.(*Room).rest(0x1)")


@pytest.mark.parametrize(
    ("states", "others", "told"),
    [
        pytest.param(["chan send, 1 minutes"] * 2, [], ["warning"], id="two that send to each other"),
        pytest.param(["chan send"] * 2, [], [], id="not for a minute"),
        pytest.param(["chan send, 1 minutes", "chan send"], [], ["note"], id="one of two"),
        pytest.param(["chan send, 1 minutes"], [], ["note"], id="one alone may wait for a slow receiver"),
        pytest.param(["chan send, 1 minutes"] * 2, [BUSY], [], id="somebody may receive"),
    ],
)
def test_a_minute_is_long_for_senders_from_whom_nobody_receives(findings, states, others, told):
    server = ("IO wait", "net.(*TCPListener).Accept(0x1)", "main.main()")
    every = [DUMPER, server, *((state, *ROOM) for state in states), *others]
    text = "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1))
    assert [found.severity for found in findings(text, rule="DT201")] == told


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        pytest.param(["till.rest(0x1)", "till.Run(0x1)"], ["note"], id="in a step of the same package"),
        pytest.param(["till.Run(0x1)"], ["warning"], id="in the loop that main has called"),
        pytest.param(["till.Run(0x1)", "till.init.func3()"], ["warning"], id="in the loop that a closure has called"),
        pytest.param(["cart.rest(0x1)", "till.Run(0x1)"], ["warning"], id="in another package"),
    ],
)
def test_the_main_goroutine_may_receive_when_it_comes_back_from_a_step(findings, steps, told):
    main = ("sleep", "time.Sleep(0x1)", *steps, "main.main()")
    every = [main, DUMPER, *[("chan send", "till.join.func1(0x1)")] * 12]
    text = "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1))
    assert [found.severity for found in findings(text, rule="DT201")] == told


def test_a_write_to_a_pipe_is_a_send_but_told_as_what_it_is(dump, findings):
    writer = ("select, 4 minutes", "io.(*pipe).write(0x1)", "io.(*PipeWriter).Write(0x1)", "shop.upload.func1()")
    (found,) = findings(dump(writer, times=15), rule="DT201")
    assert found.title == "15 goroutines blocked in shop.upload.func1, writing to a pipe for 4 min"
    assert "CloseWithError" in found.advice


COPIER = ("sleep", "time.Sleep(0x1)", "till.slow.Write(0x1)", "io.copyBuffer(0x2)", "io.Copy(0x3)", "till.run.func1()")
PROXY = ("IO wait", "internal/poll.(*FD).Read(0x1)", "io.copyBuffer(0x2)", "till.proxy(0x3)")


@pytest.mark.parametrize(
    ("others", "told"),
    [
        pytest.param([COPIER] * 15, [], id="as many copy"),
        pytest.param([COPIER] * 3, ["warning"], id="few copy"),
        pytest.param([PROXY] * 15, ["warning"], id="those wait for connections"),
    ],
)
def test_who_copies_and_is_busy_may_read_the_pipe(dump, findings, others, told):
    writer = ("select", "io.(*pipe).write(0x1)", "io.(*PipeWriter).Write(0x1)", "shop.(*Uplink).encode(0x2)")
    text = dump(DUMPER, *[writer] * 15, *others)
    assert [found.severity for found in findings(text, rule="DT201")] == told


@pytest.mark.parametrize(("busy", "told"), [("chat.(*Room).pump.func1", ["note"]), ("chat.pump.func1", ["warning"])])
def test_a_closure_in_another_method_of_the_type_may_receive(dump, findings, busy, told):
    senders = [("chan send", "chat.(*Room).tell(0x1)", "cart.serve(0x1)")] * 12
    text = dump(DUMPER, ("sleep", "time.Sleep(0x1)", f"{busy}()", "till.run(0x1)"), *senders)
    assert [found.severity for found in findings(text, rule="DT201")] == told


@pytest.mark.parametrize(
    ("closers", "told"),
    [(0, ["warning"]), (2, ["note"]), (15, ["warning"])],
    ids=["nobody closes it", "one for each stage", "one for each call"],
)
def test_a_busy_one_in_the_function_of_the_senders_may_be_of_the_next_stage(dump, findings, closers, told):
    closer = ("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", "till.stage.func2()")
    busy = ("sleep", "time.Sleep(0x1)", "till.stage.func1()")
    text = dump(("chan receive", "till.Run(0x1)", "main.main()"), busy, *[("chan send", "till.stage.func1()")] * 30)
    text += "\n" + dump(*[closer] * closers)
    assert [found.severity for found in findings(text, rule="DT201")] == told
    methods = text.replace("stage.func1", "(*Stage).run").replace("stage.func2", "(*Stage).finish")
    assert [found.severity for found in findings(methods, rule="DT201")] == told


@pytest.mark.parametrize(
    ("package", "told"), [("shop", ["note"]), ("cart", ["warning"])], ids=["of the same package", "of another"]
)
def test_what_a_wait_group_has_started_began_in_the_function_that_it_calls(dump, findings, package, told):
    group, sender = "sync.(*WaitGroup).Go.func1()", ("chan send", "shop.read.func1()")
    busy = ("sleep", "time.Sleep(0x1)", f"{package}.book()", f"{package}.Run.func1()", group)
    for one in (sender, (*sender, group)):
        text = dump(("chan receive", "main.main()"), busy, *[one] * 30)
        assert [found.severity for found in findings(text, rule="DT201")] == told


def test_a_traceback_beside_a_profile_tells_which_side_of_the_channel_they_are(findings):
    """A profile only shows that three frames of the runtime's stand above: a send, or a receive."""
    frame = "#\t0xad1d2a\tcrawl.Do+0x8a\t/src/app/crawl.go:30\n"
    crowd = f"goroutine profile: total 400\n400 @ 0x4aa18e 0x43e1ab 0x43ddf7 0xad1d2b\n{frame}"
    (alone,) = findings(crowd)
    (told,) = findings(f"{crowd}\n{goroutine(20, 'chan send, 31 minutes', 'crawl.Do(0x1)')}")
    assert (alone.rule, "waiting for a channel" in alone.title) == ("DT202", True)
    assert (told.rule, told.count, told.evidence["counts"]) == ("DT201", 400, [400, 1])


@pytest.mark.parametrize(
    ("minutes", "others", "severity"),
    [
        pytest.param(30, 12, "note", id="as old as all that was started with the process"),
        pytest.param(20, 12, "warning", id="younger"),
        pytest.param(30, 3, "warning", id="hardly any is as old"),
    ],
)
def test_a_lone_sender_from_the_start_may_make_what_somebody_takes_now_and_then(findings, minutes, others, severity):
    every = [
        DUMPER,
        ("IO wait, 30 minutes", "main.main()"),
        (f"chan send, {minutes} minutes", "till.numbers(0x0)"),
        *[("select, 30 minutes", f"till.loop{number}(0x1)") for number in range(others)],
    ]
    text = "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1))
    (found,) = findings(text, rule="DT201")
    assert str(found.severity) == severity


@pytest.mark.parametrize(("state", "told"), [("IO wait", False), ("IO wait, 3 minutes", True)])
def test_who_has_read_nothing_for_minutes_is_not_busy(findings, state, told):
    reads = (state, "internal/poll.(*FD).Read(0x1)", "net.(*conn).Read(0x1)", "chat.(*Room).read(0x1)")
    every = [DUMPER, ("IO wait", "main.main()"), *[("chan send, 2 minutes", *ROOM)] * 2, reads]
    text = "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1))
    found = [str(one.severity) for one in findings(text, rule="DT201")]
    assert found == ["warning"] * told
