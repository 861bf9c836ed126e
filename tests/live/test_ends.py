"""How a real program ends, read from its stderr: SIGQUIT, a test that hangs, a panic."""

import re
import subprocess


def test_a_sigquit_dump_is_read_whole(probe_binary, serve, quit_signal, run_json, tmp_path):
    errors = tmp_path / "stderr.txt"
    with (
        errors.open("wb") as stderr,
        serve(probe_binary, stdout=subprocess.PIPE, stderr=stderr) as process,
    ):
        assert process.stdout.readline()
        process.send_signal(quit_signal)
        process.wait(timeout=30)
    written = errors.read_text("utf-8")
    assert written.startswith("SIGQUIT: quit")
    _, document = run_json("check", str(errors))
    [capture] = document["inputs"][0]["captures"]
    assert capture["format"] == "crash"
    assert capture["goroutines"] == len(re.findall(r"^goroutine \d+ ", written, re.MULTILINE))
    assert not document["inputs"][0]["problems"]


def test_a_test_that_hangs_is_found_in_its_log(go, go_environment, source, run_json):
    log = subprocess.run(
        [go, "test", "-run", "TestHang", "-timeout", "2s", "-v", "."],
        cwd=source("testpkg"),
        env=go_environment,
        capture_output=True,
    )
    assert b"panic: test timed out after 2s" in log.stdout
    code, document = run_json("check", stdin=log.stdout + log.stderr)
    assert code == 1
    assert any("testpkg.TestHang" in function for finding in document["findings"] for function in finding["functions"])
    assert {"crash"} == {capture["format"] for capture in document["inputs"][0]["captures"]}


def test_a_panic_s_culprit_comes_first(build, run_json):
    crash = build("crash")
    end = subprocess.run([crash, "nil-deref"], capture_output=True)
    assert end.returncode == 2
    code, document = run_json("check", stdin=end.stderr)
    assert code == 1
    [finding, *_] = document["findings"]
    assert (finding["verdict"], finding["certainty"]) == ("crash", "certain")
    assert finding["functions"][0] == "main.load"
