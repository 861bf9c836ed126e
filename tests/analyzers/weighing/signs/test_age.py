"""How long is long: a printed wait counts from the garbage collection before, so that two minutes may be seconds."""

import pytest

from ....texts import goroutine

WAITERS = [("select, {} minutes", "shop.await(0x1)")] * 12
REST = [("IO wait, 9 minutes", "net.(*TCPListener).Accept(0x1)", "main.main()")]
HANG = "SIGQUIT: quit\nPC=0x46a1c1 m=0 sigcode=0\n\n"
DUMPER = [("running", "runtime/pprof.writeGoroutineStacks(0x1)", "net/http/pprof.Index(0x1)")]


@pytest.mark.parametrize(
    ("minutes", "head", "told"),
    [
        pytest.param(3, "", True, id="three minutes are surely two"),
        pytest.param(2, "", False, id="two may be seconds"),
        pytest.param(2, HANG, True, id="somebody saw a hang"),
    ],
)
def test_when_an_age_counts(findings, minutes, head, told):
    every = [*DUMPER, *((state.format(minutes), call) for state, call in WAITERS), *REST]
    text = head + "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1))
    (found,) = findings(text, rule="DT203")
    assert (
        any(reason.startswith(f"+1 waiting up to {minutes} min") for reason in map(str, found.evidence["reasons"]))
        is told
    )


@pytest.mark.parametrize("state", ["select", "select, 1 minutes"], ids=["moments", "a minute"])
@pytest.mark.parametrize(("young", "told"), [(1, True), (3, False)], ids=["nearly all are old", "some are young"])
def test_in_a_hang_two_minutes_of_some_may_be_the_seconds_since_a_garbage_collection(findings, state, young, told):
    waiters = [(old.format(2), call) for old, call in WAITERS] + [(state, "shop.await(0x1)")] * young
    text = HANG + "\n".join(goroutine(number, *one) for number, one in enumerate([*DUMPER, *waiters, *REST], 1))
    (found,) = findings(text, rule="DT203")
    assert any("waiting up to 2 min" in reason for reason in map(str, found.evidence["reasons"])) is told


@pytest.mark.parametrize(("minutes", "limit"), [(1, "1 min"), (3, "2 min")])
def test_in_a_hang_a_user_s_limit_below_two_minutes_holds(findings, minutes, limit):
    every = [*DUMPER, *((state.format(2), call) for state, call in WAITERS), *REST]
    text = HANG + "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1))
    (found,) = findings(text, rule="DT203", thresholds={"DT203.minutes": minutes})
    assert limit in [one.limit for one in found.evidence["reasons"] if one.words == "waiting up to 2 min"]


@pytest.mark.parametrize(
    ("head", "minutes"), [("", 3), (HANG, 2)], ids=["from three minutes on", "in a hang from two on"]
)
def test_a_set_of_one_age_may_wait_for_somebody_who_is_awake(findings, head, minutes):
    waiters = [(state.format(minutes), call) for state, call in WAITERS]

    def severity(*awake: tuple[str, ...]) -> str:
        every = [*DUMPER, *waiters, *REST, *awake]
        (found,) = findings(head + "\n".join(goroutine(number, *one) for number, one in enumerate(every, 1)))
        return str(found.severity)

    assert severity() == "warning"
    assert severity(("sleep", "time.Sleep(0x1)", "shop.tick(0x1)")) == "note"


@pytest.mark.parametrize(
    ("oldest", "state", "told"),
    [
        pytest.param(11, "select, 11 minutes", [], id="started with the process"),
        pytest.param(11, "chan receive, 10 minutes", [], id="within a minute of it"),
        pytest.param(60, "select, 11 minutes", ["DT203"], id="long after it"),
        pytest.param(8, "select, 8 minutes", ["DT203"], id="the process is young: all of a leak may be as old"),
        pytest.param(11, "chan send, 11 minutes", ["DT201"], id="what sends does not rest"),
    ],
)
def test_what_rests_for_as_long_as_the_process_runs_was_started_with_it(alarms, oldest, state, told):
    waiters = [(state, "shop.await(0x1)", "shop.deliver(0x2)")] * 12
    main = (f"chan receive, {oldest} minutes", "main.main()")
    text = "\n".join(goroutine(number, *one) for number, one in enumerate([main, *DUMPER, *waiters], 1))
    assert [rule for rule, _ in alarms(text)] == told
