"""`--jobs`: several processes say what one says."""

import pytest

from .conftest import LEAK, PANIC


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "panic.log").write_text(PANIC)
    (tmp_path / "leak.log").write_text(LEAK)
    (tmp_path / "green.log").write_text("ok \texample.com/m\t0.1s\n")
    return tmp_path


@pytest.mark.parametrize("format_", ["table", "json", "github"])
def test_two_processes_say_what_one_says(run, folder, format_):
    """In the order of the inputs, standard input and one that is not there among them."""
    inputs = ["panic.log", "missing.log", "-", "green.log", "leak.log"]
    alone = run("check", "--format", format_, *inputs, text=LEAK)
    together = run("check", "--format", format_, "--jobs", 2, *inputs, text=LEAK)
    assert "missing.log: no such file" in alone.stderr
    assert alone.exit_code == 2
    assert (together.exit_code, together.stdout, together.stderr) == (alone.exit_code, alone.stdout, alone.stderr)


def test_one_kind_of_text_as_well(run, folder):
    """A text of another kind is refused by the process that read it."""
    result = run("goroutine", "--jobs", 3, "leak.log", "green.log")
    assert result.exit_code == 3
    assert "2 goroutines, 2 stacks" in result.stdout
    assert "green.log: no Go debug text found in it" in result.stderr


def test_no_job_is_no_number_of_jobs(run):
    result = run("check", "--jobs", 0, "-", text=LEAK)
    assert result.exit_code == 2
    assert "--jobs" in result.stderr
