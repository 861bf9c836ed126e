"""Handlers, and whether their clients read what they write."""

import pytest

from ...texts import goroutine

WRITE = (
    "internal/poll.runtime_pollWait(0x1)", "internal/poll.(*FD).Write(0x1)", "net.(*conn).Write(0x1)",
    "net/http.(*response).Write(0x1)", "shop.download(0x1)", "net/http.(*conn).serve(0x1)",
)  # fmt: skip
ELSEWHERE = [goroutine(number, "IO wait", "net.(*TCPListener).Accept(0x1)", "main.main()") for number in range(40, 60)]
OWN_CLIENT = [goroutine(number, "select", "net/http.(*persistConn).readLoop(0x1)") for number in range(60, 72)]


@pytest.mark.parametrize(
    ("state", "others", "severities"),
    [
        pytest.param("IO wait, 4 minutes", ELSEWHERE, ["warning"], id="for minutes"),
        pytest.param("IO wait", ELSEWHERE, [], id="for a moment"),
        pytest.param("IO wait, 4 minutes", [*ELSEWHERE, *OWN_CLIENT], ["note"], id="to the program's own client"),
    ],
)
def test_handlers_that_write_for_minutes_have_clients_that_do_not_read(findings, state, others, severities):
    handlers = [goroutine(number, state, *WRITE) for number in range(1, 13)]
    assert [found.severity for found in findings("\n".join([*handlers, *others]), rule="DT207")] == severities


SERVED = ("net/http.serverHandler.ServeHTTP(0x1)", "net/http.(*conn).serve(0x1)")
TAKES = [goroutine(number, "select", "shop.(*Depot).receive(0x1)", *SERVED) for number in range(1, 31)]
READS_BODY = goroutine(99, "IO wait", "net/http.(*body).Read(0x1)", "shop.(*Depot).store(0x1)", *SERVED)


@pytest.mark.parametrize(("others", "told"), [([], ["warning"]), ([READS_BODY], [])], ids=["nobody reads", "one reads"])
def test_nobody_watches_the_connection_of_an_upload_that_waits_for_its_turn(findings, others, told):
    text = "\n".join([*TAKES, *others]).replace("/src/app/http.go:", "/go/src/net/http/server.go:20")
    assert [str(found.severity) for found in findings(text, rule="DT203")] == told


BUFFER = ("bufio.(*Reader).ReadString(0x1)",)


@pytest.mark.parametrize(
    ("buffer", "starter", "severities"),
    [
        pytest.param(BUFFER, "main.serve", [], id="accepted, and read through a buffer"),
        pytest.param((), "main.serve", [], id="accepted"),
        pytest.param(BUFFER, "main.dial", ["note"], id="read through a buffer"),
        pytest.param((), "main.dial", ["warning"], id="neither"),
    ],
)
def test_who_reads_a_connection_has_waited_since_its_last_byte(findings, buffer, starter, severities):
    """Different ages tell when each was last sent something, not when it was started."""
    accepts = ("internal/poll.(*FD).Accept(0x1)", "net.(*TCPListener).Accept(0x1)", "main.serve(0x1)")
    reads = ("internal/poll.(*FD).Read(0x1)", "net.(*conn).Read(0x1)", *buffer, "main.handleConn(0x1)")
    main = [goroutine(1, "chan receive, 90 minutes", "main.main()"), goroutine(2, "IO wait", *accepts)]
    readers = [goroutine(20 + 7 * at, f"IO wait, {5 + at} minutes", *reads, created_by=starter) for at in range(40)]
    found = findings("\n".join([*main, *readers]), rule="DT207")
    assert [str(one.severity) for one in found] == severities
    assert not any("different ages" in str(one.evidence["reasons"]) for one in found)
