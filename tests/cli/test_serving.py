"""What `debugtext serve` answers: its page to those who know the address, and nothing to all others."""

import threading
from http.client import HTTPConnection
from time import sleep

import pytest

from debugtext.cli.live.serving import PageServer
from debugtext.errors import UnreadableInputError


@pytest.fixture
def serve():
    """`serve(page)` gives a running server with the token `secret`; it is stopped after the test."""
    running = []

    def start(page):
        server = PageServer(page, "secret", 0, every_seconds=30)
        running.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return server

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def ask(server, path="/secret/", host="", method="GET"):
    """The status, the text and the headers of an answer."""
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(method, path, headers={"Host": host or f"127.0.0.1:{server.server_port}"})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(), dict(answer.headers)
    connection.close()
    return found


def test_the_page_is_served_and_kept_nowhere(serve):
    status, text, headers = ask(serve(lambda: "<p>page</p>"))
    assert (status, text) == (200, "<p>page</p>")
    assert (headers["Cache-Control"], headers["Referrer-Policy"], headers["X-Frame-Options"], headers["Refresh"]) == (
        "no-store",
        "no-referrer",
        "DENY",
        "30",
    )


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        pytest.param({"host": "evil.example:80"}, 403, id="another name that leads here"),
        pytest.param({"host": "127.0.0.1"}, 403, id="without the port"),
        pytest.param({"path": "/"}, 404, id="no token"),
        pytest.param({"path": "/secres/"}, 404, id="a wrong token"),
        pytest.param({"path": "/secret/x"}, 404, id="more than the token"),
        pytest.param({"method": "POST"}, 501, id="not GET"),
    ],
)
def test_who_does_not_know_the_address_is_shown_nothing(serve, asked, status):
    visits = []
    found = ask(serve(lambda: visits.append(1) or "<p>page</p>"), **asked)
    assert (found[0], visits, "page" in found[1]) == (status, [], False)
    assert "Refresh" not in found[2]


def test_localhost_is_this_machine_too(serve):
    server = serve(lambda: "page")
    assert ask(server, host=f"localhost:{server.server_port}")[0] == 200


def test_the_page_is_never_made_twice_at_the_same_time(serve):
    at_work, most = [], []

    def page():
        at_work.append(1)
        most.append(len(at_work))
        sleep(0.05)
        at_work.pop()
        return "page"

    server = serve(page)
    visitors = [threading.Thread(target=ask, args=(server,)) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert most == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (UnreadableInputError("empty"), 503, "debugtext: empty\n"),
        (
            ZeroDivisionError("oh"),
            500,
            "debugtext: internal error, please report it: ZeroDivisionError: oh (DEBUGTEXT_TRACEBACK=1 shows where)\n",
        ),
        (
            FileNotFoundError(2, "No such file or directory", "/none"),
            500,
            "debugtext: /none: No such file or directory\n",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_what_went_wrong_is_said_in_the_browser(serve, error, status, told):
    def page():
        raise error

    assert ask(serve(page))[:2] == (status, told)
