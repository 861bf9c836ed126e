"""A server is started with what it asks for, is loaded, and is stopped by its own id, whatever happens."""

import os
import sys
import time

import pytest

from .entries import server_of
from .fetch import Package
from .load import loaded
from .ports import free_port, is_free
from .run import NotStartedError, started

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the zoo is for Debian")

SERVE = (
    "import http.server as h, signal, sys; signal.signal(signal.SIGQUIT, signal.SIG_DFL); "  # `&` ignores it
    "h.ThreadingHTTPServer((sys.argv[2], int(sys.argv[1])), h.SimpleHTTPRequestHandler)"
)
LION = {
    "name": "lion",
    "packages": ["lion"],
    "command": [sys.executable, "-c", f"{SERVE}.serve_forever()", "{port}", "127.0.0.1"],
    "ready": "http://127.0.0.1:{port}/",
    "why_no_pprof": "it is written in Python",
    "files": {"den/index.html": "the lion of {port}"},
    "prepare": "echo fed > meat",
    "load": [{"get": "http://127.0.0.1:{port}/den/", "clients": 8}],
}


@pytest.fixture
def package(tmp_path):
    (tmp_path / "tree").mkdir()
    return Package("lion", "1.0", tmp_path / "tree")


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_runs_with_its_files_and_ends(tmp_path, package):
    with started(server_of(LION), [package], tmp_path / "home") as running:
        port = running.values["port"]
        assert (tmp_path / "home/data/den/index.html").read_text() == f"the lion of {port}"
        assert (tmp_path / "home/data/meat").read_text() == "fed\n"
        assert not is_free(int(port))
        assert running.environment["HOME"] == str(tmp_path / "home/data")
    assert not is_running(running.process.pid)


def test_it_ends_on_an_error_too(tmp_path, package):
    with pytest.raises(ZeroDivisionError), started(server_of(LION), [package], tmp_path / "home") as running:
        raise ZeroDivisionError
    assert not is_running(running.process.pid)


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (
            {"command": [sys.executable, "-c", "print('an error: no cage'); raise SystemExit(3)"]},
            "with 3: an error: no ca",
        ),
        ({"command": ["no-such-lion"]}, "no program no-such-lion in its packages"),
        ({"command": [*LION["command"][:4], "0.0.0.0"]}, "it listens for other machines too: port "),
        ({"prepare": "echo no meat >&2; exit 1"}, "not prepared: no meat"),
    ],
    ids=["ends", "not there", "open to all", "not prepared"],
)
def test_who_could_not_be_started_is_told(tmp_path, package, table, why):
    with pytest.raises(NotStartedError, match=why), started(server_of(LION | table), [package], tmp_path / "home"):
        pass


def test_who_keeps_the_signal_for_itself_is_told(tmp_path, package):
    with (
        started(server_of(LION), [package], tmp_path / "home") as running,
        pytest.raises(NotStartedError, match="it prints no goroutines on SIGQUIT"),
    ):
        running.quit()


def test_the_load_is_one(tmp_path, package):
    with started(server_of(LION), [package], tmp_path / "home") as running:
        with loaded(running) as traffic:
            time.sleep(1)
        assert traffic.connections >= 8
        assert traffic.received_bytes > 100
        assert traffic.troubles == set()


def test_no_port_is_given_twice():
    ports = [free_port() for _ in range(50)]
    assert len(set(ports)) == 50
