"""Fetching from a running program: a small server in a thread plays the program."""

import errno
import socketserver
import tempfile
import threading
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep
from unittest.mock import Mock

import pytest

from debugtext.errors import InputUnavailableError, SettingsError
from debugtext.inputs import fetching
from debugtext.inputs.arguments import inputs, read_url
from debugtext.inputs.fetching import complete, fetch, made_at, without_password

TEXT = b"goroutine profile: total 1\n1 @ 0x1\n#\t0x1\tmain.main+0x1\t/src/main.go:7\n\n"


class Program(BaseHTTPRequestHandler):
    """Answers as Go programs do, and in all the wrong ways."""

    seen: list[tuple[str, str | None]] = []  # noqa: RUF012 - one server, one list

    seen_headers: list[Message] = []  # noqa: RUF012 - as above
    was_hung_up = threading.Event()

    def do_GET(self):
        self.seen_headers.append(self.headers)
        self.seen.append((self.path, self.headers.get("Authorization")))
        {
            "/missing": lambda: self.answer(404, b"404 page not found\n"),
            "/delta": lambda: self.answer(400, b"seconds and debug params are incompatible\n"),
            "/private": lambda: self.answer(401, b"<html>log in</html>"),
            "/cached": lambda: self.answer(200, TEXT, Date="Sat, 21 Nov 2026 03:33:11 GMT"),
            "/moved": lambda: self.answer(302, b"", Location="/debug/pprof/heap?debug=1"),
            "/away": lambda: self.answer(302, b"", Location=f"http://127.0.0.1:{self.server.server_port}/elsewhere"),
            "/file": lambda: self.answer(302, b"", Location="file:///etc/passwd"),
            "/short": self.break_off,
            "/slow": self.dawdle,
            "/endless": self.go_on_until_hung_up,
            "/trickle": self.trickle_header,
            "/large": lambda: self.answer(200, b"x" * 100_000),
            "/nonsense": lambda: self.wfile.write(b"SSH-2.0-OpenSSH\r\n"),
        }.get(self.path, lambda: self.answer(200, TEXT))()

    def answer(self, status, body, **headers):
        (self.send_response_only if "Date" in headers else self.send_response)(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def break_off(self):
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b"goroutine profile: total 1\n")

    def dawdle(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b".")
            self.wfile.flush()
            sleep(0.05)

    def go_on_until_hung_up(self):
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b".")
                sleep(0.05)
        except OSError:
            self.was_hung_up.set()

    def log_message(self, *_):
        pass

    def trickle_header(self):
        for _ in range(60):
            self.wfile.write(b"H")
            self.wfile.flush()
            sleep(0.05)

    def address_string(self):
        return "a client"


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Program) as running:
        running.handle_error = lambda *_: None
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_a_full_disk_is_not_the_servers_fault(server, monkeypatch):
    monkeypatch.setattr(fetching.Body, "write", Mock(side_effect=OSError(errno.ENOSPC, "No space left")))
    with pytest.raises(InputUnavailableError, match="the folder for temporary files is full"):
        fetch(f"http://{server}/debug/pprof/goroutine?debug=1")


def test_a_body_is_fetched(server):
    with fetch(f"http://{server}/debug/pprof/goroutine?debug=1") as body:
        assert body.read() == TEXT


def test_read_url_gives_a_reading_with_its_time_and_without_the_password(server):
    reading = read_url(f"http://me:secret@{server}/cached")
    assert (reading.name, reading.taken_at) == (f"http://{server}/cached", 1795231991)
    assert reading.captures[0].goroutines == 1


def test_read_url_sends_headers_and_says_which_is_malformed(server):
    Program.seen_headers.clear()
    read_url(f"http://{server}/cached", headers={"X-Tenant": "shop"})
    assert [headers.get("X-Tenant") for headers in Program.seen_headers] == ["shop"]
    with pytest.raises(SettingsError, match="a header must look like"):
        read_url(f"http://{server}/cached", headers={"X-Tenant": "one\ntwo"})


def test_a_redirect_is_followed(server):
    with fetch(f"http://{server}/moved") as body:
        assert body.read() == TEXT


@pytest.mark.parametrize("name", ["Authorization", "X-Tenant"])
def test_headers_are_sent_to_the_server_but_not_along_a_redirect(server, name):
    Program.seen_headers.clear()
    fetch(f"http://{server}/away", headers={name: "s3cret"}).close()
    assert [headers.get(name) for headers in Program.seen_headers] == ["s3cret", None]


def test_who_waits_no_longer_hangs_up(server):
    """The thread that was left with the transfer ends too: it would go on to copy up to a GiB."""
    with pytest.raises(InputUnavailableError, match="no complete answer within"):
        fetch(f"http://{server}/endless", timeout=0.2)
    assert Program.was_hung_up.wait(5)


def test_credentials_are_sent_to_the_server_but_not_along_a_redirect(server):
    Program.seen.clear()
    fetch(f"http://me:s%20t@{server}/away").close()
    assert Program.seen == [("/away", "Basic bWU6cyB0"), ("/elsewhere", None)]


@pytest.mark.parametrize(
    ("path", "options", "message"),
    [
        pytest.param(
            "/missing",
            {},
            "the server answers 404 Not Found: 404 page not found; is net/http/pprof imported, and is this its port?",
            id="404",
        ),
        pytest.param(
            "/private",
            {},
            "the server answers 401 Unauthorized: it wants credentials: give --header, --bearer-file or --bearer-env "
            "(in Python: headers=), or write http://USER:PASSWORD@HOST/…",
            id="401",
        ),
        pytest.param(
            "/delta",
            {},
            "the server answers 400 Bad Request: seconds and debug params are incompatible; "
            "ask without seconds=, or without debug=",
            id="seconds beside debug",
        ),
        pytest.param("/short", {}, "the server broke off with 4,973 bytes missing: try again", id="cut"),
        pytest.param("/slow", {"timeout": 0.3}, "no complete answer within 0.3 seconds", id="slow"),
        pytest.param("/trickle", {"timeout": 0.3}, "no complete answer within 0.3 seconds", id="slow headers"),
        pytest.param(
            "/large",
            {"most_bytes": 99_999},
            "the answer is larger than 97.7 KiB: fetch it with curl into a file",
            id="large",
        ),
        pytest.param("/nonsense", {}, "the answer is not HTTP: BadStatusLine", id="not HTTP"),
    ],
)
def test_what_goes_wrong_is_said(server, path, options, message):
    with pytest.raises(InputUnavailableError) as raised:
        fetch(f"http://{server}{path}", **options)
    assert str(raised.value) == message


def test_an_answer_may_be_as_large_as_is_asked_for(server):
    with fetch(f"http://{server}/large", most_bytes=100_000) as body:
        assert body.read() == b"x" * 100_000


def test_a_header_that_cannot_be_sent_is_said(server):
    with pytest.raises(InputUnavailableError, match="cannot be fetched: Invalid header value"):
        fetch(f"http://{server}/debug/pprof/heap", headers={"X-Tenant": "two\nlines"})


def test_an_error_of_ours_is_not_told_as_one_of_the_server(server, monkeypatch):
    def broken(*_):
        raise ValueError("ours")

    monkeypatch.setattr("debugtext.inputs.fetching._copied", broken)
    with pytest.raises(ValueError, match="ours"):
        fetch(f"http://{server}/debug/pprof/heap")


def test_a_redirect_to_a_file_is_refused(server):
    with pytest.raises(InputUnavailableError):
        fetch(f"http://{server}/file")


@pytest.mark.skipif(not hasattr(socketserver, "ThreadingUnixStreamServer"), reason="needs Unix sockets")
def test_a_unix_socket_is_asked():
    with tempfile.TemporaryDirectory(dir="/tmp" if Path("/tmp").is_dir() else None) as folder:
        path = str(Path(folder) / "app.sock")
        with socketserver.ThreadingUnixStreamServer(path, Program) as running:
            threading.Thread(target=running.serve_forever, daemon=True).start()
            Program.seen.clear()
            (reading,) = [one.read() for one in inputs([f"unix:{path}:/"], "/debug/pprof/goroutine?debug=1")]
            running.shutdown()
    assert Program.seen == [("/debug/pprof/goroutine?debug=1", None)]
    assert reading.captures[0].goroutines == 1


@pytest.mark.parametrize(
    ("url", "completed"),
    [
        ("http://host:6060", "http://host:6060/debug/pprof/heap?debug=1"),
        ("http://host:6060/", "http://host:6060/debug/pprof/heap?debug=1"),
        ("http://host:6060/debug/pprof/", "http://host:6060/debug/pprof/heap?debug=1"),
        ("http://host/debug/pprof/goroutine", "http://host/debug/pprof/goroutine?debug=1"),
        ("http://host/debug/pprof/goroutine?debug=2", "http://host/debug/pprof/goroutine?debug=2"),
        ("http://host/debug/pprof/heap?gc=1", "http://host/debug/pprof/heap?gc=1&debug=1"),
        ("http://host/debug/pprof/heap?seconds=5", "http://host/debug/pprof/heap?seconds=5"),
        ("http://host/prefix/debug/pprof/heap", "http://host/prefix/debug/pprof/heap?debug=1"),
        ("https://user:pw@host/dump.txt?x=1", "https://user:pw@host/dump.txt?x=1"),
        ("unix:/run/app.sock:/", "unix:/run/app.sock:/debug/pprof/heap?debug=1"),
        ("unix:/run/app.sock:/debug/pprof/mutex", "unix:/run/app.sock:/debug/pprof/mutex?debug=1"),
        ("unix:/run/app.sock", "unix:/run/app.sock"),
    ],
)
def test_what_people_leave_out_is_added(url, completed):
    assert complete(url, "/debug/pprof/heap?debug=1") == completed


def test_check_asks_for_the_address_as_it_is():
    assert complete("http://host/?dump=7", "") == "http://host/?dump=7"


@pytest.mark.parametrize("url", ["http://me:secret@host:6060", "http://host:6060/"])
def test_the_root_of_a_server_is_not_fetched_where_no_profile_is_named(url):
    with pytest.raises(InputUnavailableError) as error:
        complete(url, "")
    assert str(error.value) == (
        "this URL names no profile: write http://host:6060/debug/pprof/goroutine?debug=1, or heap?debug=1"
    )


def test_a_password_is_not_shown(server):
    assert without_password("http://me:secret@host:1/x?y") == "http://host:1/x?y"
    (source,) = inputs([f"http://me:secret@{server}/debug/pprof/goroutine?debug=1"])
    assert source.read().name == f"http://{server}/debug/pprof/goroutine?debug=1"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        pytest.param(None, 1000.25, id="none"),
        pytest.param("Thu, 01 Jan 1970 00:16:39 GMT", 1000.25, id="the same clock, in whole seconds"),
        pytest.param("Thu, 01 Jan 1970 00:16:37 GMT", 997.0, id="three seconds apart"),
        pytest.param("Thu, 01 Jan 1970 00:10:00 GMT", 600.0, id="a cache's, or another clock"),
        pytest.param("tomorrow", 1000.25, id="no date"),
    ],
)
def test_when_an_answer_was_made(date, expected):
    assert made_at(date, now=1000.25) == expected


def test_a_text_from_a_cache_is_as_old_as_its_date(server):
    [source] = inputs([f"http://{server}/cached"])
    assert source.read().taken_at == 1795231991.0


def test_one_text_is_asked_for_with_the_headers_of_the_environment(server, tmp_path, monkeypatch):
    (tmp_path / "headers").write_text("Authorization: Bearer abc\n")
    monkeypatch.setenv("DEBUGTEXT_HEADER_FILE", str(tmp_path / "headers"))
    inputs([f"http://{server}/debug/pprof/heap?debug=1"])[0].read()
    assert Program.seen[-1] == ("/debug/pprof/heap?debug=1", "Bearer abc")
