"""A watch of a real Go program that leaks, ends with Ctrl-C, and survives a kill; and of one that is healthy."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request

import pytest

from debugtext.history.store import Store

PROGRAM = """\
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"runtime"
	"runtime/debug"
	"time"
)

type session struct{ data []byte }

var sessions []*session

func login() { sessions = append(sessions, &session{make([]byte, 64<<10)}) }

func listen(never chan int) { <-never }

func leak() {
	for range time.Tick(10 * time.Millisecond) {
		login()
		go listen(make(chan int))
	}
}

func churn() {
	for range time.Tick(time.Millisecond) {
		_ = make([]byte, 32<<10)
	}
}

func main() {
	leaks := len(os.Args) > 1 && os.Args[1] == "leak"
	if leaks {
		runtime.MemProfileRate = 1
	}
	debug.SetGCPercent(20)
	for range 8 {
		go churn()
	}
	if leaks {
		go leak()
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(l.Addr())
	log.Fatal(http.Serve(l, nil))
}
"""


@pytest.fixture(scope="module")
def binary(go, go_environment, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sessions")
    (folder / "main.go").write_text(PROGRAM)
    (folder / "go.mod").write_text(f"module example.com/sessions\n\ngo {go_environment['DEBUGTEXT_GO']}\n")
    subprocess.run([go, "build", "-o", folder / "sessions.exe", "."], cwd=folder, env=go_environment, check=True)
    return folder / "sessions.exe"


@pytest.fixture
def leaking(binary, serve):
    with serve(binary, "leak", stdout=subprocess.PIPE) as process:
        yield f"http://{process.stdout.readline().strip()}", process


@pytest.fixture
def healthy(binary, serve):
    with serve(binary, stdout=subprocess.PIPE) as process:
        yield f"http://{process.stdout.readline().strip()}"


def watch(command, *arguments, **options):
    return subprocess.Popen(
        [command, "watch", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def test_six_snapshots_name_what_leaks(command, leaking, tmp_path):
    url, _ = leaking
    arguments = (url, "--every", "500ms", "--for", "2500ms", "--store", tmp_path / "s", "--format", "json")
    with watch(command, *arguments, "--fail-on", "warning") as watching:
        report, _ = watching.communicate(timeout=60)
    assert watching.returncode == 1
    fields = json.loads(report)
    growing = [trend for trend in fields["trends"] if trend["shape"] == "growing" and not trend["name"]]
    goroutines = next(trend for trend in growing if trend["kind"] == "goroutine")
    assert goroutines["functions"][0] == "main.listen"
    assert len(goroutines["values"]) == 6
    assert 20 < goroutines["slope"] < 130, "100 a second; a machine that is busy drops ticks"
    culprits = {finding["functions"][0] for finding in fields["findings"] if finding["verdict"] == "growth"}
    assert {"main.listen", "main.login"} <= culprits
    memory = next(trend for trend in growing if trend["kind"] == "inuse_space")
    assert memory["functions"][0] == "main.login"
    assert memory["slope"] == pytest.approx(goroutines["slope"] * (64 << 10), rel=0.3)


def test_a_healthy_program_stays_quiet(command, healthy, tmp_path):
    arguments = (healthy, "--every", "400ms", "--for", "2800ms", "--store", tmp_path / "s", "--format", "json")
    with watch(command, *arguments) as watching:
        report, _ = watching.communicate(timeout=60)
    assert watching.returncode == 0
    fields = json.loads(report)
    assert [
        trend["functions"] for trend in fields["trends"] if trend["shape"] == "growing" and trend["functions"]
    ] == []
    assert [finding["title"] for finding in fields["findings"] if finding["verdict"] == "growth"] == []


def test_ctrl_c_ends_with_the_report(command, leaking, tmp_path):
    url, _ = leaking
    with watch(command, f"{url}/debug/pprof/goroutine", "--every", "200ms", "--store", tmp_path / "s") as watching:
        for _ in range(7):
            watching.stderr.readline()
        watching.send_signal(signal.SIGINT)
        report, remarks = watching.communicate(timeout=60)
    assert watching.returncode == 0
    assert "main.listen" in report
    assert "interrupted" in remarks


def test_ctrl_c_before_any_answer_says_so(command, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as hangs:
        url = f"http://127.0.0.1:{hangs.getsockname()[1]}"
        with watch(command, url, "--every", "1s", "--store", tmp_path / "s") as watching:
            for _ in range(2):
                watching.stderr.readline()
            time.sleep(0.3)
            watching.send_signal(signal.SIGINT)
            report, remarks = watching.communicate(timeout=20)
    assert (watching.returncode, report) == (2, "")
    assert "no answer came yet: nothing to report" in remarks


def test_a_target_that_hangs_does_not_delay_the_others(command, leaking, tmp_path):
    url, _ = leaking
    with socket.create_server(("127.0.0.1", 0)) as hangs:
        deaf = f"http://127.0.0.1:{hangs.getsockname()[1]}/debug/pprof/goroutine"
        arguments = (deaf, f"{url}/debug/pprof/goroutine", "--every", "250ms", "--for", "1500ms", "--timeout", "2s")
        with watch(command, *arguments, "--store", tmp_path / "s") as watching:
            report, remarks = watching.communicate(timeout=60)
    assert "no complete answer within 2 seconds" in remarks
    assert "main.listen" in report
    with Store(tmp_path / "s") as store:
        [target] = store.targets()
        assert target.snapshots >= 6


def test_a_program_that_dies_is_told_and_what_was_taken_is_kept(command, leaking, tmp_path):
    url, process = leaking
    arguments = (f"{url}/debug/pprof/goroutine", "--every", "300ms", "--for", "3s", "--store", tmp_path / "s")
    with watch(command, *arguments) as watching:
        for _ in range(7):
            watching.stderr.readline()
        process.kill()
        report, remarks = watching.communicate(timeout=60)
    assert "no snapshot: nobody listens there" in remarks
    assert "main.listen" in report
    with Store(tmp_path / "s") as store:
        assert len(store.entries()) >= 3


def test_kill_9_of_a_watch_loses_nothing(command, leaking, tmp_path):
    url, _ = leaking
    kept = 0
    for round_ in range(3):
        with watch(command, url, "--every", "50ms", "--store", tmp_path / "s") as watching:
            for _ in range(5):
                watching.stderr.readline()
            time.sleep(0.02 * round_)
            watching.kill()
            told = sum("goroutines" in line or "in use" in line for line in watching.stderr)
        with Store(tmp_path / "s") as store:
            assert len(store.entries()) >= kept + told
            kept = len(store.entries())
    assert kept >= 9


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_the_live_table_on_a_terminal(command, leaking, tmp_path):
    import pty

    url, _ = leaking
    ours, theirs = pty.openpty()
    arguments = [command, "watch", url, "--every", "300ms", "--for", "1500ms", "--store", tmp_path / "s"]
    with subprocess.Popen(list(map(str, arguments)), stdout=subprocess.PIPE, stderr=theirs) as watching:
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 65536):
                seen += piece
        except OSError:  # Linux says so when the other side has closed
            pass
        assert watching.wait(60) == 0
    os.close(ours)
    text = seen.decode()
    assert "Ctrl-C ends the watch with its report." in text
    assert "\x1b[J" in text
    assert "█" in text
    assert "main.listen" in text


def test_debug_2_over_time(command, leaking, tmp_path):
    url, _ = leaking
    arguments = (f"{url}/debug/pprof/goroutine?debug=2", "--every", "200ms", "--for", "1s", "--store", tmp_path / "s")
    with watch(command, *arguments) as watching:
        report, remarks = watching.communicate(timeout=60)
    assert "stops the program while it prints" in remarks
    assert "main.listen" in report


def test_diff_of_a_file_and_a_running_program(command, leaking, tmp_path):
    url, _ = leaking
    old = tmp_path / "old.txt"
    with urllib.request.urlopen(f"{url}/debug/pprof/goroutine?debug=1") as answer:
        old.write_bytes(answer.read())
    time.sleep(1)
    done = subprocess.run([command, "diff", old, f"{url}/debug/pprof/goroutine"], capture_output=True, text=True)
    assert done.returncode == 0
    assert "main.listen" in done.stdout
