"""A program that was stopped by SIGQUIT while its main goroutine waited for an answer."""

import pytest

READ = ("internal/poll.runtime_pollWait(0x7f1, 0x72)", "net.(*conn).Read(0xc00001, {0xc00002, 0x4, 0x4})")
ASKED = ("net/http.(*persistConn).roundTrip(0xc00001)", "net/http.(*Client).do(0xc00001)")
MAIN = ("main.main()",)
IDLE = ("force gc (idle)", "runtime.gopark(0x0)", "runtime.forcegchelper()")
QUIT = "SIGQUIT: quit\nPC=0x4a700e m=0 sigcode=0\n\n"


def told(findings, text: str) -> list[tuple[str, str]]:
    return [(found.functions[0], found.severity) for found in findings(text, rule="DT221")]


@pytest.mark.parametrize(
    ("state", "calls"),
    [
        pytest.param("IO wait", (*READ, "till.(*Conn).readLine(0x1)", "till.Balance(0x1)", "main.run()"), id="reads"),
        pytest.param("IO wait, 12 minutes", (*READ, "till.Balance(0x1)"), id="for minutes"),
        pytest.param("select", (*ASKED, "till.Balance(0x1)"), id="a request"),
    ],
)
def test_the_main_goroutine_waits_for_its_peer(dump, findings, state, calls):
    text = QUIT + dump((state, *calls, *MAIN), IDLE)
    assert told(findings, text) == [("till.Balance", "warning")]


def test_who_only_reads_is_named_where_nobody_else_is(dump, findings):
    text = QUIT + dump(("IO wait", *READ, "till.readLine(0x1)"), IDLE)
    assert told(findings, text) == [("till.readLine", "warning")]


@pytest.mark.parametrize(
    ("state", "calls"),
    [
        pytest.param("IO wait", (*READ, "till.consume(0x1)", *MAIN), id="for as long as it lives"),
        pytest.param("IO wait", ("net.(*UDPConn).ReadFrom(0x1)", "till.Balance(0x1)", *MAIN), id="serves packets"),
        pytest.param("IO wait", ("net.(*netFD).accept(0x1)", "till.Balance(0x1)", *MAIN), id="accepts"),
        pytest.param("select", ("till.Balance(0x1)", *MAIN), id="a select of its own"),
        pytest.param("IO wait", (*READ, "runtime.main()"), id="no code of its own"),
    ],
)
def test_what_is_no_answer(dump, findings, state, calls):
    assert told(findings, QUIT + dump((state, *calls), IDLE)) == []


@pytest.mark.parametrize(
    ("other", "is_told"),
    [
        pytest.param(("select", "till.(*Bar).spin(0x1)"), True, id="a progress bar"),
        pytest.param(("IO wait", *READ, "till.serve(0x1)"), False, id="another connection"),
        pytest.param(("running", "till.sum(0x1)"), False, id="at work"),
    ],
)
def test_others_may_have_something_to_do(dump, findings, other, is_told):
    text = QUIT + dump(("IO wait", *READ, "till.Balance(0x1)", *MAIN), other, IDLE)
    assert bool(told(findings, text)) is is_told


def test_nobody_stopped_it(dump, findings):
    assert told(findings, dump(("IO wait", *READ, "till.Balance(0x1)", *MAIN), IDLE)) == []


def test_another_goroutine_may_wait(dump, findings):
    text = QUIT + dump(("chan receive", *MAIN), ("IO wait", *READ, "till.Balance(0x1)"), IDLE)
    assert told(findings, text) == []
