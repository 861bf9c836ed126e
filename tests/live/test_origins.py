"""A server that leaks and the same one at rest: what only its connections and its goroutines' ids tell apart."""

import http.client
import subprocess
import time
import urllib.request
from contextlib import closing

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read


@pytest.fixture(scope="module")
def program(build):
    return build("origins")


@pytest.fixture
def server(program, serve):
    """The server's address, of a process of its own for each test."""
    with serve(program, stdout=subprocess.PIPE) as process:
        yield process.stdout.readline().strip()


def alarms(server: str, level: int) -> list[str]:
    """The first functions of all findings that are not notes."""
    url = f"http://{server}/debug/pprof/goroutine?debug={level}"
    with urllib.request.urlopen(url, timeout=10) as answer:
        report = analyze([read(answer.read().decode())])
    return [finding.functions[0] for finding in report.findings if finding.severity != "note"]


def ask(server: str, path: str) -> http.client.HTTPConnection:
    """A request on a connection of its own, whose answer nobody waits for."""
    connection = http.client.HTTPConnection(server, timeout=10)
    connection.request("GET", path)
    return connection


@pytest.mark.parametrize("level", [1, 2])
def test_handlers_are_told_when_their_clients_have_gone(server, level):
    waiting = [ask(server, "/patient") for _ in range(30)]
    time.sleep(0.3)
    assert alarms(server, level) == []
    for connection in waiting:
        connection.close()
    for _ in range(30):
        ask(server, "/deaf").close()
    time.sleep(0.5)
    assert alarms(server, level) == ["main.deaf"]


@pytest.mark.parametrize(("path", "told"), [("/visit", []), ("/join", ["main.(*session).ping"])])
def test_sessions_of_every_request_are_told_and_those_of_the_start_are_not(server, path, told):
    for _ in range(80):
        with closing(ask(server, path)) as connection:
            connection.getresponse().read()
    assert alarms(server, 2) == told
