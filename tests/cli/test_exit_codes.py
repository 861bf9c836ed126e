"""The exit codes of the contract."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["check", "goroutines.txt"], 0, id="nothing is wrong"),
        pytest.param(["check", "leak.txt"], 1, id="an error"),
        pytest.param(["check", "leak.txt", "--fail-on", "never"], 0, id="an error, but never fail"),
        pytest.param(["goroutine", "leak.txt"], 0, id="commands of one kind do not fail by default"),
        pytest.param(["goroutine", "leak.txt", "--fail-on", "error"], 1, id="unless they are told to"),
        pytest.param(["check", "panic.txt"], 1, id="a crash"),
        pytest.param(["check", "log.txt"], 0, id="a log without a dump is a good log"),
        pytest.param(["heap", "log.txt"], 3, id="but no heap profile"),
        pytest.param(["heap", "goroutines.txt"], 3, id="another kind"),
        pytest.param(["heap", "missing.txt"], 2, id="no such file"),
        pytest.param(["heap", "."], 2, id="a directory"),
        pytest.param(["heap", "--nonsense"], 2, id="no such option"),
        pytest.param(["nonsense"], 2, id="no such command"),
        pytest.param([], 2, id="no command"),
        pytest.param(["--help"], 0, id="help"),
        pytest.param(["heap", "-h"], 0, id="help of a command"),
        pytest.param(["--version"], 0, id="version"),
        pytest.param(["check", "missing.txt", "goroutines.txt"], 2, id="one input of two is missing"),
        pytest.param(["check", "missing.txt", "leak.txt"], 2, id="trouble is louder than findings"),
        pytest.param(["heap", "goroutines.txt", "heap.txt", "missing.txt"], 3, id="the highest code wins"),
        pytest.param(["diff", "heap.txt", "missing.txt"], 2, id="nothing to compare with"),
        pytest.param(["diff", "heap.txt", "heap.txt"], 0, id="nothing grew"),
    ],
)
def test_exit_code(run, texts, arguments, code):
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output


def test_nothing_on_stdout_for_people_when_nothing_was_read(run, texts):
    for arguments in (["heap", "log.txt"], ["check", "missing.txt"], ["diff", "missing.txt", "heap.txt"]):
        assert run(*arguments).stdout == ""


@pytest.mark.parametrize(
    ("name", "begins", "told"),
    [
        ("json", "{", '"message": "missing.txt: no such file"'),
        ("github", "::error file=missing.txt", "missing.txt: no such file"),
        ("junit", "<?xml", 'errors="1"'),
        ("sarif", "{", '"executionSuccessful": false'),
        ("gitlab", "[]", "[]"),
        ("csv", "type,", "fingerprint"),
        ("prometheus", "# HELP", 'debugtext_problems{input="missing.txt"} 1'),
        ("markdown", "**debugtext**", "missing.txt"),
    ],
)
def test_who_parses_the_output_is_given_a_document_in_any_case(run, texts, name, begins, told):
    result = run("check", "--format", name, "missing.txt")
    assert (result.exit_code, result.stderr) == (2, "debugtext: missing.txt: no such file\n")
    assert result.stdout.startswith(begins)
    assert told in result.stdout


@pytest.mark.parametrize(
    ("name", "told"),
    [("missing.txt", "no such file"), ("zz*", "no file matches this pattern"), (".", ". is a directory")],
)
def test_an_input_that_fails_does_not_cost_the_others(run, texts, name, told):
    for arguments in ((name, "goroutines.txt"), ("goroutines.txt", name)):
        result = run("check", *arguments)
        assert result.exit_code == 2
        assert told in result.stderr
        assert len(result.stderr.splitlines()) == 1
        assert "goroutine profile: 3 goroutines" in result.stdout


def test_a_bug_is_one_line(run, texts, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("wrong \x1b[2J turn")

    monkeypatch.setattr("debugtext.cli.reporting.report.show", fail)
    result = run("check", "goroutines.txt")
    assert result.exit_code == 2
    assert result.stderr == (
        "debugtext: internal error, please report it: RuntimeError: wrong \\x1b[2J turn "
        "(DEBUGTEXT_TRACEBACK=1 shows where)\n"
    )


def test_a_bug_with_its_traceback(run, texts, monkeypatch):
    monkeypatch.setattr("debugtext.cli.reporting.report.show", lambda *_, **__: 1 / 0)
    assert isinstance(run("check", "goroutines.txt", env={"DEBUGTEXT_TRACEBACK": "1"}).exception, ZeroDivisionError)


def test_ctrl_c_is_130(run, texts, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("debugtext.cli.reporting.report.show", interrupt)
    assert run("check", "goroutines.txt").exit_code == 130


needs_posix = pytest.mark.skipif(os.name == "nt", reason="signals and pipes as POSIX has them")


@needs_posix
def test_ctrl_c_while_waiting_for_input_is_130():
    process = subprocess.Popen(
        [sys.executable, "-m", "debugtext", "check"], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=20)
    assert (process.returncode, b"Traceback" in stderr) == (130, False)


@needs_posix
@pytest.mark.parametrize(
    "arguments", [["goroutine", "--full", "many.txt"], ["goroutine", "--format", "json", "--full", "many.txt"]]
)
def test_a_closed_pipe_is_141(texts, arguments):
    """`debugtext … | head`: quiet, and not a failure of debugtext."""
    records = "".join(f"1 @ {i:#x}\n#\t{i:#x}\tmain.f{i}+0x1\t/src/main.go:{i}\n\n" for i in range(1, 9000))
    (texts / "many.txt").write_text("goroutine profile: total 8999\n" + records)
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "debugtext", *arguments], stdout=writer, stderr=subprocess.PIPE, cwd=texts
    )
    os.close(writer)
    os.read(reader, 10)
    os.close(reader)
    _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (141, b"")


@needs_posix
@pytest.mark.parametrize("arguments", [["--help"], ["rules"], ["heap", "-h"]])
def test_a_pipe_that_is_closed_already_is_141(arguments):
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        [sys.executable, "-m", "debugtext", *arguments], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (result.returncode, result.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(texts):
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "debugtext", "check", "goroutines.txt"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=texts,
            check=False,
        )
    assert (result.returncode, result.stderr) == (2, b"debugtext: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "-o", "sarif:/dev/full", "heap.txt"],
        ["report", "-o", "/dev/full", "heap.txt"],
        ["graph", "-o", "/dev/full", "heap.txt"],
        ["convert", "--to", "pprof", "-o", "/dev/full", "heap.txt"],
        ["baseline", "write", "--to", "/dev/full", "heap.txt"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_file_on_a_full_disk_is_named(run, texts, arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (2, "debugtext: /dev/full: No space left on device\n")
    assert Path("/dev/full").exists()


@needs_posix
def test_half_a_file_is_not_left(texts, tmp_path):
    """A limit on the size of files stands for a full disk."""
    import resource

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    (tmp_path / "x.sarif").write_text("the last run's")
    command = [sys.executable, "-m", "debugtext", "check", "leak.txt", "-o", "sarif:x.sarif"]
    result = subprocess.run(command, cwd=texts, capture_output=True, preexec_fn=limit, check=False)
    assert (result.returncode, result.stderr) == (2, b"debugtext: x.sarif: File too large\n")
    assert not (tmp_path / "x.sarif").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("arguments", "code"), [(["nope"], 2), (["check", "missing.txt"], 2), (["heap", "leak.txt"], 3)]
)
def test_what_cannot_be_said_does_not_change_the_exit_code(texts, arguments, code):
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "debugtext", *arguments], stdout=full, stderr=full, cwd=texts, check=False
        )
    assert result.returncode == code


def test_a_trend_of_one_file_is_a_usage_error(run, texts):
    result = run("trend", "heap.txt")
    assert result.exit_code == 2
    assert "only snapshots of one program can be compared, and heap.txt is one: name at least two" in result.stderr


@pytest.mark.parametrize("arguments", [["check", "missing.txt"], ["diff", "missing.txt", "heap.txt"]])
def test_json_is_a_document_in_any_case(run, texts, arguments):
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 2
    problems = [problem for one in json.loads(result.stdout)["inputs"] for problem in one["problems"]]
    assert [problem["line"] for problem in problems] == [0]
    assert "missing.txt" in problems[0]["message"]


def test_a_trend_of_a_glob_that_matches_nothing(run, texts):
    result = run("trend", "zz*")
    assert (result.exit_code, result.stderr) == (2, "debugtext: zz*: no file matches this pattern\n")
