"""The line that says how far the reading is."""

import io
from types import SimpleNamespace

import pytest

from debugtext.cli.terminal import progress as module
from debugtext.cli.terminal.progress import WIDTH, Progress


class Screen(io.StringIO):
    def isatty(self):
        return True

    def lines(self):
        return [line.rstrip() for line in self.getvalue().split("\r") if line.strip()]


@pytest.fixture
def clock(monkeypatch):
    """`clock.now` is what the time is said to be."""

    class Clock:
        now = 0.0

    monkeypatch.setattr(module, "monotonic", lambda: Clock.now)
    return Clock


@pytest.fixture
def screen(monkeypatch):
    shown = Screen()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=shown))
    return shown


def test_what_takes_less_than_a_second_is_not_worth_a_word(screen, clock):
    progress = Progress(1)
    progress.begin("a.log")
    clock.now = 0.9
    progress.add(1 << 20)
    progress.clear()
    assert screen.getvalue() == ""


def test_who_waits_for_a_server_is_told_at_once(screen, clock):
    progress = Progress(1)
    progress.begin("http://localhost:6060")
    assert screen.lines() == ["debugtext: waiting for http://localhost:6060"]
    progress.clear()
    assert screen.getvalue().endswith(f"\r{'':<{WIDTH}}\r")


def test_bytes_of_one_input(screen, clock, tmp_path):
    file = tmp_path / "a.log"
    file.write_bytes(b"x" * (4 << 20))
    progress = Progress(1)
    progress.begin(str(file))
    clock.now = 1.5
    progress.add(3 << 20)
    assert screen.lines()[0].startswith("debugtext: 3 of 4 MiB read, ")


def test_inputs_of_many_and_the_line_goes_away(screen, clock):
    progress = Progress(300)
    for number in range(12):
        clock.now = float(number)
        progress.begin(f"pod-{number}.txt")
    progress.clear()
    assert screen.lines()[-1] == "debugtext: input 12 of 300, pod-11.txt"
    assert screen.getvalue().endswith("\r" + " " * WIDTH + "\r")


def test_it_goes_on_behind_what_could_not_be_read(screen, clock):
    progress = Progress(2)
    clock.now = 2.0
    progress.begin("missing.txt")
    progress.clear()
    clock.now = 3.0
    progress.begin("pod.txt")
    assert screen.lines()[-1] == "debugtext: input 2 of 2, pod.txt"


def test_not_more_than_five_times_a_second(screen, clock):
    progress = Progress(1)
    progress.begin("-")
    for moment in range(100):
        clock.now = 2 + moment / 100
        progress.add(1)
    assert len(screen.lines()) == 5


def test_nothing_where_nobody_looks(monkeypatch, clock):
    file = io.StringIO()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=file))
    progress = Progress(1)
    clock.now = 5.0
    progress.begin("a.log")
    progress.clear()
    assert file.getvalue() == ""


def test_a_name_cannot_write_on_the_terminal(screen, clock):
    progress = Progress(2)
    clock.now = 5.0
    progress.begin("a\x1b]0;title\x07\n.log")
    assert "\x1b" not in screen.getvalue()
    assert "\n" not in screen.getvalue()
