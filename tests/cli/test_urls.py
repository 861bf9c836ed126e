"""Every command that reads a URL asks it as it was told to: with headers, a token, and for so long."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

TEXT = b"goroutine profile: total 9\n9 @ 0x1\n#\t0x0\tmain.serve+0x24\t/src/main.go:9\n\n"


@pytest.fixture
def server():
    """A program: the URL of its goroutines, and the headers of the requests."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.headers)
            self.send_response(200)
            self.send_header("Content-Length", str(len(TEXT)))
            self.end_headers()
            self.wfile.write(TEXT)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as served:
        thread = threading.Thread(target=served.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{served.server_port}/debug/pprof/goroutine?debug=1", asked
        served.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("goroutine",),
        ("diff", "goroutines.txt"),
        ("trend", "goroutines.txt"),
        ("report",),
        ("top",),
        ("tags", "--base", "goroutines.txt"),
        ("convert", "--to", "folded"),
        ("baseline", "write"),
    ],
    ids=" ".join,
)
def test_who_reads_a_url_sends_its_headers_and_waits_so_long(run, server, texts, arguments):
    url, asked = server
    shown = run(*arguments, url, "--header", "X-Tenant: blue", "--bearer-env", "TOKEN", env={"TOKEN": "abc"})
    assert shown.exit_code in (0, 1), shown.output
    assert [(headers["X-Tenant"], headers["Authorization"]) for headers in asked] == [("blue", "Bearer abc")]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        deaf = f"http://127.0.0.1:{silent.getsockname()[1]}/debug/pprof/goroutine?debug=1"
        late = run(*arguments, deaf, "--timeout", "100ms")
    assert late.exit_code >= 2
    assert "no complete answer within 0.1 seconds" in late.stderr


def test_headers_are_looked_up_only_for_a_url(run, texts):
    assert run("check", "goroutines.txt", "--bearer-env", "NO_SUCH_VARIABLE").exit_code == 0


def test_the_base_of_a_view_is_asked_alike(run, server, texts):
    url, asked = server
    assert run("top", "--base", url, "goroutines.txt", "--header", "X-Tenant: blue").exit_code == 0
    assert asked[0]["X-Tenant"] == "blue"
