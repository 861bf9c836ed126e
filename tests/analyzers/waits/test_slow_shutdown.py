"""Servers that are ended while requests wait: which of them, and how sure that is."""

import pytest

from ...texts import goroutine

SERVED = ("net/http.serverHandler.ServeHTTP(0x1)", "net/http.(*conn).serve(0x1)")
SHUTDOWN = goroutine(1, "select", "net/http.(*Server).Shutdown(0x1)", "shop.stop(0x1)")
GRACEFUL = ("google.golang.org/grpc.(*Server).GracefulStop(0x1)", "shop.stop(0x1)")
STREAM = ("google.golang.org/grpc.(*Server).processUnaryRPC(0x1)", "google.golang.org/grpc.(*Server).handleStream(0x1)")


def handler(number, state, *below):
    return goroutine(number, state, "shop.(*Feed).next(0x1)", *below)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        pytest.param(
            [SHUTDOWN, handler(2, "chan receive, 4 minutes", *SERVED)], ["note"], id="nobody knows since when"
        ),
        pytest.param([SHUTDOWN, handler(2, "chan receive", *SERVED)], [], id="requests of a moment"),
        pytest.param([SHUTDOWN, handler(2, "chan receive, 4 minutes")], [], id="no request"),
        pytest.param([SHUTDOWN, handler(2, "IO wait, 4 minutes", *SERVED)], [], id="one that reads, as WebSockets do"),
        pytest.param([handler(2, "chan receive, 4 minutes", *SERVED)], [], id="nobody ends it"),
        pytest.param(
            [goroutine(1, "sync.Cond.Wait, 4 minutes", *GRACEFUL), handler(2, "select, 4 minutes", *STREAM)],
            ["warning"],
            id="for minutes",
        ),
        pytest.param(
            [goroutine(1, "sync.Cond.Wait", *GRACEFUL), handler(2, "select, 4 minutes", *SERVED)],
            [],
            id="of another server",
        ),
    ],
)
def test_who_keeps_a_server_from_ending(findings, texts, told):
    found = findings("\n".join(texts), rule="DT219")
    assert [one.severity for one in found] == told
    assert all(one.functions[0] == "shop.(*Feed).next" for one in found)


def test_the_title_says_who_waits_for_whom(findings):
    waits = [handler(number, "chan receive, 4 minutes", *SERVED) for number in (2, 3)]
    (found,) = findings("\n".join([SHUTDOWN, *waits]), rule="DT219")
    assert found.title == (
        "net/http.(*Server).Shutdown in shop.stop waits for 2 requests, blocked for 4 min in shop.(*Feed).next"
    )


def test_requests_of_one_function_that_wait_at_two_places_are_counted_together(findings):
    served = ("shop.log(0x1)", *SERVED)
    waits = [handler(2, "chan receive, 4 minutes", *SERVED), handler(3, "chan receive, 4 minutes", *served)]
    (found,) = findings("\n".join([SHUTDOWN, *waits, handler(4, "select, 5 minutes", *SERVED)]), rule="DT219")
    assert found.title.endswith("waits for 3 requests, blocked for 5 min in shop.(*Feed).next")
