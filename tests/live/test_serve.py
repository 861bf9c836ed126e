"""`debugtext serve` as a process: who may see the page, and how it ends."""

import re
import signal
import subprocess
from http.client import HTTPConnection

import pytest

from debugtext.renderers.html.report import content_policy


@pytest.fixture
def served(command, samples):
    source = str(samples / "dump/chan-send-go1.27.txt")
    process = subprocess.Popen([command, "serve", source], stderr=subprocess.PIPE, text=True)
    found = re.search(r"http://127\.0\.0\.1:(\d+)(/\S+/)", process.stderr.readline())
    yield process, int(found[1]), found[2]
    process.kill()
    process.wait()
    process.stderr.close()


def get(port, path, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer, body


def test_the_page_is_for_who_knows_its_address(served):
    process, port, path = served
    answer, body = get(port, path)
    assert (answer.status, answer.headers["Cache-Control"], answer.headers["Refresh"]) == (200, "no-store", "60")
    assert f'Content-Security-Policy" content="{content_policy("", "")[:18]}' in body
    assert [get(port, other)[0].status for other in ("/", path[:-2], f"{path}x", "/%00")] == [404] * 4
    assert get(port, path, Host="evil.example")[0].status == 403
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0
