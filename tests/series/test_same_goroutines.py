"""Goroutines that a text shows twice are the same ones; goroutines of another moment are not."""

import json

import pytest

from debugtext import analyze, read, render
from debugtext.series.same_goroutines import shown_by_another, without_repeats

PAGE = (
    "goroutine profile: total {total}\n"
    "{workers} @ 0x1 0x2\n#\t0x0\tmain.work+0x1\t/m.go:3\n\n"
    "1 @ 0x3\n#\t0x2\tmain.main+0x1\t/m.go:9\n\n"
)
WORKER = "goroutine {id} [{state}]:\nmain.work()\n\t/m.go:3 +0x1\ncreated by main.main\n\t/m.go:8 +0x1\n\n"
STRANGER = "goroutine 99 [select]:\nmain.elsewhere()\n\t/e.go:3 +0x1\n\n"
CRASH = "panic: no\n\ngoroutine 1 [running]:\nmain.main()\n\t/m.go:9 +0x1\nexit status 2\n"


def worker(number, state="chan send"):
    return WORKER.format(id=number, state=state)


def page(workers, left_out=0):
    return PAGE.format(workers=workers, total=workers + 1 + left_out)


@pytest.mark.parametrize(
    ("text", "again"),
    [
        pytest.param(page(3), {}, id="one text"),
        pytest.param(page(3) * 3, {1: 0, 2: 0}, id="a page three times"),
        pytest.param(page(3) + page(4), {}, id="two moments"),
        pytest.param(page(3) + worker(7), {1: 0}, id="a page and one goroutine of it in full"),
        pytest.param(worker(7) + page(3), {0: 1}, id="the goroutine first"),
        pytest.param(page(3) + STRANGER, {}, id="a goroutine that the page has not"),
        pytest.param(page(3, left_out=5) + STRANGER, {1: 0}, id="a goroutine that the page leaves out"),
        pytest.param(page(3, left_out=2) + STRANGER, {}, id="nothing in common with a page that leaves out little"),
        pytest.param(page(1) + worker(7) + worker(8), {}, id="more of them than the page has"),
        pytest.param(page(3) + page(5) + worker(7), {}, id="a goroutine of which of two pages"),
        pytest.param(page(3) + worker(7, "running"), {}, id="nothing that could be compared"),
        pytest.param(CRASH * 2, {}, id="the same crash twice"),
    ],
)
def test_the_same_goroutines_are_found(text, again):
    assert shown_by_another(read(text).captures) == again


LEAKED = "goroutineleak profile: total 3\n3 @ 0x1 0x2\n#\t0x1\tmain.work+0x1\t/m.go:3\n\n"
READER = "goroutine 9 [IO wait]:\nnet/http.(*connReader).backgroundRead()\n\t/h.go:3 +0x1\n\n"


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        pytest.param(page(3) * 2, [0], id="a page twice: once"),
        pytest.param(page(3) + worker(7), [0, 1], id="a page and one of it in full: both"),
        pytest.param(page(3) + worker(7) + worker(8) + worker(9) + READER, [1], id="all of it in full: with states"),
        pytest.param(page(3) + LEAKED, [0, 1], id="those that the runtime calls leaked: both"),
    ],
)
def test_what_is_shown_twice_is_judged_once(text, judged):
    captures = read(text).captures
    assert without_repeats(captures) == tuple(captures[number] for number in judged)


def test_a_finding_about_what_is_shown_twice_is_told_once():
    dump = "".join(worker(number, "chan send, 9 minutes") for number in range(20, 40))
    rules = [[finding.rule for finding in analyze([read(text)]).findings] for text in (dump, f"{dump}---\n{dump}")]
    assert rules == [["DT201"], ["DT201"]]


def test_json_counts_each_goroutine_once():
    report = analyze([read(page(3) + worker(7))])
    profile, dump = json.loads(render(report, "json"))["inputs"][0]["captures"]
    assert (profile["goroutines"], dump["goroutines"]) == (4, 0)
    assert (dump["records"], dump["goroutines_shown_again"], dump["shown_first_line"]) == (1, 1, 1)


def test_the_table_says_whose_goroutines_they_are():
    assert "lines 8 to 12 (goroutines of lines 1 to 6 again)\n" in render(analyze([read(page(3) + worker(7))]), "table")
