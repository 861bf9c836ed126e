"""A database that nobody wrote for us: etcd, as Debian ships it, watched while it reads and writes."""

import base64
import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest


@pytest.fixture(scope="module")
def etcd(serve, tmp_path_factory):
    """etcd on free ports of this machine: its URL."""
    program = shutil.which("etcd")
    if program is None:
        pytest.skip("no etcd on this machine (Debian has it as the package etcd-server)")
    folder = tmp_path_factory.mktemp("etcd")
    clients, peers = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
    arguments = (
        "--enable-pprof",
        f"--data-dir={folder / 'data'}",
        f"--listen-client-urls={clients}",
        f"--advertise-client-urls={clients}",
        f"--listen-peer-urls={peers}",
    )
    with (
        (folder / "stderr.txt").open("wb") as stderr,
        serve(program, *arguments, ready=lambda _: answers(clients), stderr=stderr),
    ):
        yield clients


def free_port() -> int:
    with socket.socket() as probing:
        probing.bind(("127.0.0.1", 0))
        return probing.getsockname()[1]


def call(url: str, method: str, **fields: str) -> None:
    """A call of its gateway, which takes JSON with base64 in it."""
    body = {name: base64.b64encode(value.encode()).decode() for name, value in fields.items()}
    with urllib.request.urlopen(f"{url}/v3/kv/{method}", json.dumps(body).encode(), timeout=5) as answer:
        assert answer.status == 200


def answers(url: str) -> bool:
    try:
        call(url, "range", key="k")
    except (urllib.error.URLError, OSError):
        return False
    return True


def test_a_watch_of_six_snapshots_under_a_small_load_stays_quiet(etcd, command, tmp_path):
    report, remarks = tmp_path / "report.json", tmp_path / "remarks.txt"
    arguments = [command, "watch", etcd, "--every", "1s", "--for", "5s", "--store", tmp_path / "history.sqlite"]
    with (
        report.open("wb") as stdout,
        remarks.open("wb") as stderr,
        subprocess.Popen(
            [*arguments, "--fail-on", "warning", "--format", "json"], stdout=stdout, stderr=stderr
        ) as watching,
    ):
        written = 0
        while watching.poll() is None:
            call(etcd, "put", key=f"k{written % 50}", value="v" * 200)
            call(etcd, "range", key=f"k{written % 50}")
            written += 1
            time.sleep(0.05)
    assert watching.returncode == 0, remarks.read_text() + report.read_text()
    fields = json.loads(report.read_text())
    assert [finding["title"] for finding in fields["findings"] if finding["severity"] != "note"] == []
    assert {len(trend["values"]) for trend in fields["trends"]} == {6}
    assert written > 20
