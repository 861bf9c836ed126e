"""At home in CI: annotations in a checkout, what a baseline knows, green logs, the examples of the library."""

import doctest
import json
import subprocess

import pytest

LOG = """panic: boom

goroutine 1 [running]:
example.com/app/queue.Run(...)
\t/build/src/app/queue/queue.go:2
main.main()
\t/build/src/app/main.go:3 +0x1d
exit status 2
"""


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "go.mod").write_text("module example.com/app\n")
    (tmp_path / "queue").mkdir()
    (tmp_path / "queue" / "queue.go").write_text("package queue\n\n\n")
    (tmp_path / "job.log").write_text(LOG)
    return tmp_path


def run(command, folder, *arguments, **environment):
    import os

    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEBUGTEXT_", "GITHUB_"))}
    return subprocess.run(
        [command, *arguments],
        cwd=folder,
        env=kept | environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def test_an_annotation_stands_on_the_line_of_the_checkout(command, checkout):
    summary = checkout / "summary.md"
    result = run(command, checkout, "check", "--format", "github", "job.log", GITHUB_STEP_SUMMARY=str(summary))
    assert result.returncode == 1
    assert result.stdout.startswith("::error file=queue/queue.go,line=2,title=")
    assert "**debugtext**: 1 finding" in summary.read_text()


def test_without_the_file_it_stands_on_the_line_of_the_log(command, checkout):
    (checkout / "queue" / "queue.go").unlink()
    assert "file=job.log,line=" in run(command, checkout, "check", "--format", "github", "job.log").stdout


def test_what_a_baseline_knows_fails_nothing(command, checkout):
    assert run(command, checkout, "baseline", "write", "job.log").returncode == 0
    result = run(command, checkout, "check", "--baseline", ".debugtext-baseline.json", "job.log", "-o", "sarif:x.sarif")
    assert result.returncode == 0
    assert "known" in result.stdout
    states = [one["baselineState"] for one in json.loads((checkout / "x.sarif").read_text())["runs"][0]["results"]]
    assert set(states) == {"unchanged"}


def test_a_green_log_says_nothing_on_stdout(command, checkout):
    (checkout / "green.log").write_text("ok  \texample.com/app\t0.1s\n")
    result = run(command, checkout, "check", "green.log")
    assert (result.returncode, result.stdout) == (0, "")


def test_the_examples_of_the_library_run(root, monkeypatch):
    monkeypatch.chdir(root)
    result = doctest.testfile(str(root / "docs" / "library.md"), module_relative=False)
    assert result.attempted > 15
    assert result.failed == 0
