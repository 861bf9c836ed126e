"""Kept texts are judged again: healthy ones raise no alarm, a stuck one does, and nothing is lost on the way."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from .__main__ import main
from .entries import Expected, read_servers
from .judge import Case, cases, judge, unexpected
from .page import PAGE
from .visits import KINDS

SAMPLE = Path(__file__).with_name("sample")
SERVERS, LEFT_OUT = read_servers()


@pytest.fixture
def kept(tmp_path):
    """The sample, as a run has kept it, to be changed."""
    shutil.copytree(SAMPLE, tmp_path / "kept")
    return tmp_path / "kept"


@pytest.fixture
def stuck(kept, samples):
    """The same, with a server that is stuck in it."""
    text = (samples / "dump" / "chan-send-go1.27.txt").read_text("utf-8")
    (kept / "go-mmproxy" / "rest-1.log.txt").write_text(text, "utf-8")
    return kept


def again(folder, *arguments):
    only = [word for name in sorted(path.name for path in folder.iterdir()) for word in ("--only", name)]
    return CliRunner().invoke(main, ["--again", str(folder), *only, *arguments])


def test_of_one_process_there_are_pairs_and_series():
    told = [(case.call, *(path.name for path in case.paths)) for case in cases(SAMPLE / "prometheus-bind-exporter")]
    rest, load, after = (
        [f"rest-{n}.goroutine1.txt" for n in (1, 2, 4)],
        ["load-1.goroutine1.txt"],
        ["after-1.goroutine1.txt"],
    )
    assert told == [
        *(("check", name) for name in sorted([*rest, *load, *after])),
        ("diff", rest[0], rest[2]),
        ("diff", rest[2], after[0]),
        ("trend", *rest),
        ("trend", *rest, *load, *after),
    ]


def test_healthy_servers_raise_no_alarm(kept):
    result = again(kept)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[2:4] == [
        "prometheus-bind-exporter  0.6.1-1+b1        5         4         0",
        "go-mmproxy                2.1-1+b6          3         0         0",
    ]
    assert result.output.endswith("2 servers, 8 texts, 4 pairs and series: 0 alarms\n")


def test_last_words_are_of_processes_of_their_own():
    assert {(case.call, len(case.paths)) for case in cases(SAMPLE / "go-mmproxy")} == {("check", 1)}


def test_every_kind_is_asked_for():
    assert set(KINDS) == {"goroutine1", "goroutine2", "heap", "allocs", "block", "mutex", "threadcreate"}


def test_a_stuck_server_is_an_alarm(stuck):
    result = again(stuck)
    assert result.exit_code == 1
    assert "go-mmproxy DT201 (" in result.output
    assert "check go-mmproxy/rest-1.log.txt" in result.output
    assert result.output.rstrip().endswith(" 1 alarms")


def test_an_expected_alarm_is_none(stuck):
    case = Case("go-mmproxy", "check", (stuck / "go-mmproxy" / "rest-1.log.txt",))
    alarms = judge(case)
    [mmproxy] = [one for one in SERVERS if one.name == "go-mmproxy"]
    assert [alarm.rule for alarm in alarms] == ["DT201"]
    assert unexpected(alarms, [mmproxy]) == alarms
    assert unexpected(alarms, [replace(mmproxy, expected=(Expected("DT201", "it is"),))]) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("rest-1.goroutine1.txt", "nothing to see\n", "rest-1.goroutine1.txt holds no debug text"),
        ("rest-1.goroutine1.txt", "", "the input is empty"),
        ("rest-1.heap.txt", "<html><body>404</body></html>", "HTML"),
    ],
)
def test_a_text_that_is_not_understood_is_an_alarm(kept, name, content, told):
    path = kept / "prometheus-bind-exporter" / name
    path.write_text(content, "utf-8")
    [alarm] = judge(Case("prometheus-bind-exporter", "check", (path,)))
    assert (alarm.rule, told in alarm.title) == ("not read", True)


def test_a_log_without_a_dump_is_none(kept):
    path = kept / "go-mmproxy" / "start-1.log.txt"
    path.write_text("listening\n", "utf-8")
    assert judge(Case("go-mmproxy", "check", (path,))) == []


def test_who_was_not_visited_is_no_success(kept):
    about = json.loads((kept / "go-mmproxy" / "about.json").read_text("utf-8"))
    (kept / "go-mmproxy" / "about.json").write_text(json.dumps(about | {"why_not": "it ended with 2"}), "utf-8")
    result = again(kept)
    assert result.exit_code == 1
    assert "not visited: go-mmproxy: it ended with 2" in result.output


def test_an_unknown_server_is_told():
    result = CliRunner().invoke(main, ["--only", "unicorn"])
    assert result.exit_code == 2
    assert "no server unicorn" in result.output


def test_the_page_tells_of_every_server():
    page = PAGE.read_text("utf-8")
    rows = [line.split(" | ")[0].removeprefix("| ") for line in page.splitlines() if line.startswith("| ")]
    not_started = page.partition("## Not started")[2].partition("##")[0]
    missing = [one.name for one in SERVERS if one.name not in rows and f"- {one.name}: " not in not_started]
    assert missing == []
    assert all(f"- {one.name}: {one.why}" in page for one in LEFT_OUT)
