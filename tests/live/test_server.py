"""A server that nobody wrote for us: Prometheus, as Debian ships it, healthy from its start to its end."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

ENDPOINTS = [
    "heap?debug=1",
    "heap?debug=1&gc=1",
    "allocs?debug=1",
    "goroutine?debug=1",
    "goroutine?debug=2",
    "block?debug=1",
    "mutex?debug=1",
    "threadcreate?debug=1",
]


@pytest.fixture(scope="module")
def prometheus(serve, tmp_path_factory):
    """Prometheus on a free port of this machine, scraping itself: its URL and its process."""
    program = shutil.which("prometheus")
    if program is None:
        pytest.skip("no prometheus on this machine (Debian has it as a package)")
    folder = tmp_path_factory.mktemp("prometheus")
    with socket.socket() as probing:
        probing.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probing.getsockname()[1]}"
    config = folder / "prometheus.yml"
    config.write_text(
        "global: {scrape_interval: 1s}\n"
        f"scrape_configs: [{{job_name: self, static_configs: [{{targets: ['{address}']}}]}}]\n"
    )
    with (
        (folder / "stderr.txt").open("wb") as stderr,
        serve(
            program,
            f"--config.file={config}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address={address}",
            ready=lambda _: is_ready(f"http://{address}/-/ready"),
            stderr=stderr,
        ) as process,
    ):
        yield f"http://{address}", process, folder / "stderr.txt"


def is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_healthy_server_stays_healthy(prometheus, piped, piped_json, endpoint):
    url = f"{prometheus[0]}/debug/pprof/{endpoint}"
    code, document = piped_json(url, "check", "--fail-on", "warning")
    assert code == 0
    assert [finding["title"] for finding in document["findings"] if finding["severity"] != "note"] == []
    assert document["inputs"][0]["captures"]
    assert document["inputs"][0]["problems"] == []
    table = piped(url, "check")
    assert (table.returncode, table.stderr) == (0, "")


def test_every_goroutine_is_counted(prometheus, curl, run_json):
    dump = curl(f"{prometheus[0]}/debug/pprof/goroutine?debug=2")
    _, document = run_json("goroutine", stdin=dump)
    [capture] = document["inputs"][0]["captures"]
    assert capture["goroutines"] == dump.count(b"\n\ngoroutine ") + 1 > 20


def test_a_watch_of_eight_snapshots_under_a_small_load_stays_quiet(prometheus, command, tmp_path):
    url, report, remarks = prometheus[0], tmp_path / "report.json", tmp_path / "remarks.txt"
    arguments = [command, "watch", url, "--every", "1s", "--for", "7s", "--store", tmp_path / "history.sqlite"]
    with (
        report.open("wb") as stdout,
        remarks.open("wb") as stderr,
        subprocess.Popen(
            [*arguments, "--fail-on", "warning", "--format", "json"], stdout=stdout, stderr=stderr
        ) as watching,
    ):
        while watching.poll() is None:
            assert is_ready(f"{url}/api/v1/query?query=up")
            time.sleep(0.05)
    assert watching.returncode == 0, remarks.read_text() + report.read_text()
    fields = json.loads(report.read_text())
    assert [finding["title"] for finding in fields["findings"] if finding["severity"] != "note"] == []
    assert {len(trend["values"]) for trend in fields["trends"]} == {8}


@pytest.mark.skipif(not hasattr(signal, "SIGQUIT"), reason="this system has no SIGQUIT")
def test_its_last_words_are_read(prometheus, run_json):
    _, process, stderr = prometheus
    os.kill(process.pid, signal.SIGQUIT)
    process.wait(timeout=30)
    log = stderr.read_bytes()
    assert b"SIGQUIT: quit" in log
    code, document = run_json("check", stdin=log)
    assert code == 0
    [capture] = document["inputs"][0]["captures"]
    assert capture["goroutines"] > 20
