"""What is said where nothing alarms: the same in the table, in Markdown and on the page, and no more than was read."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from debugtext.analysis import analyze, together
from debugtext.reading import read
from debugtext.records.captures import Reading
from debugtext.records.findings import Certainty, Severity, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.records.growth import Change, Shape, Trend
from debugtext.records.reports import Report
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.verdicts import certainty_in_words, nothing_grows, quiet_verdict

OF_DEBUG_1 = " (debug=1 tells no waiting times; ?debug=2 does)"
OF_WAITS = ", which counts the waits that have ended (goroutine?debug=2 shows who waits now)"
PLACE = "server.(*Server).handle.func1 server.go:88"
AT_ONE_PLACE = f" stand at {PLACE}: a second text would tell whether they become more"
OR_LEFT = ", a goroutineleak profile (Go 1.27) whether anybody is left to wake them"
GROWN = Change("goroutine", "count", ("main.f",), 1, 1)


def in_series(report, **changes):
    return replace(report, series=(report.readings,), **changes)


@pytest.fixture
def reports(make_report, dump, profile, mutex, leak):
    certain = replace(leak, severity=Severity.NOTE)
    note = replace(certain, certainty=Certainty.LIKELY)
    return {
        "a dump": make_report(dump),
        "a cut dump": make_report(replace(dump, truncated=True)),
        "a profile": make_report(profile),
        "waits": make_report(mutex),
        "waits and a note": make_report(mutex, findings=[note]),
        "a certain note": make_report(dump, findings=[certain]),
        "ignored": replace(make_report(dump), suppressed=(leak,)),
        "a series": in_series(make_report(dump, dump), changes=(GROWN,)),
        "two series": together([in_series(make_report(dump, dump))] * 2),
    }


@pytest.mark.parametrize(
    ("name", "word", "sentence"),
    [
        ("a dump", "healthy", f"nothing wrong found in 1,200 goroutines; 1,100 of 1,200{AT_ONE_PLACE}{OR_LEFT}"),
        ("a cut dump", "no verdict", "nothing wrong found, but the text is cut off"),
        ("a profile", "healthy", f"nothing wrong found in 1,204 goroutines{OF_DEBUG_1}; 1,100 of 1,204{AT_ONE_PLACE}"),
        ("waits", "healthy", f"nothing wrong found in this mutex profile{OF_WAITS}"),
        ("waits and a note", "no alarm", f"nothing certain in this mutex profile{OF_WAITS}; worth a look"),
        ("a certain note", "worth knowing", "only a note in 1,200 goroutines; worth knowing"),
        ("ignored", "no alarm", "nothing else wrong found in 1,200 goroutines"),
        ("a series", "healthy", "nothing wrong found in the last of 2 texts"),
        ("two series", "healthy", "nothing wrong found in the last texts of 2 programs"),
    ],
)
def test_every_output_says_the_same(reports, name, word, sentence):
    report = reports[name]
    table = " ".join(render(report, "table", RenderOptions(width=120)).partition("\n\n")[0].split())
    assert table.startswith(f"{'healthy: ' * (word == 'healthy')}{sentence}")
    markdown = unescape(render(report, "markdown", RenderOptions()).partition("\n")[0])
    assert (
        markdown
        == f"**debugtext**: {'healthy, ' * (word == 'healthy')}{sentence}{': no verdict' * (word == 'no verdict')}."
    )
    page = render(report, "html", RenderOptions())
    verdict = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])["verdict"]
    assert verdict["word"] == word
    assert verdict["text"].lower().startswith(f"{sentence}.".lower())


def test_a_leak_profile_without_goroutines_is_no_empty_text():
    report = analyze([read("goroutineleak profile: total 0\n")])
    assert quiet_verdict(report).sentence.startswith("the runtime has found no leaked goroutine (it cannot tell ")
    assert quiet_verdict(analyze([read("goroutine profile: total 0\n")])).sentence.startswith("nothing wrong found")


@pytest.mark.parametrize(("name", "word"), [("goroutineleak", "healthy"), ("goroutine", "no verdict")])
def test_a_leak_profile_counts_main_in_a_select_without_cases_but_does_not_show_it(name, word):
    verdict = quiet_verdict(analyze([read(f"{name} profile: total 1\n1 @\n#\t0x0\n")]))
    assert (verdict.word, "record without a stack is main" in verdict.sentence) == (word, word == "healthy")


def series(*points_and_shapes, texts=6):
    trends = tuple(
        Trend("goroutine", "count", (1,) * texts, shape, ("main.f",), points=points)
        for points, shape in points_and_shapes
    )
    return Report(tuple(Reading(f"{number}.txt", ()) for number in range(texts)), trends=trends)


@pytest.mark.parametrize(
    ("trends", "said"),
    [
        pytest.param([(6, Shape.STEADY)], "nothing keeps growing over the 6", id="steady"),
        pytest.param([(6, Shape.WARM_UP), (6, Shape.STEADY)], "nothing keeps growing over the 6", id="warm"),
        pytest.param([(5, Shape.STEADY)], "nothing keeps growing over 5 of the 6", id="after a restart"),
        pytest.param([(6, Shape.STEADY), (6, Shape.GROWING)], "", id="one grows"),
        pytest.param([(3, Shape.UNKNOWN)], "", id="too few"),
        pytest.param([], "", id="none"),
    ],
)
def test_what_a_series_tells_of_growth(trends, said):
    assert nothing_grows(series(*trends)) == said


LOADS = Frame("main.load", "/src/main.go", 9)
LOGGED = Stack((*map(Frame, ("runtime/debug.Stack", "main.run.func1", "panic")), LOADS))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({}, "crash, certain", id="a crash"),
        pytest.param({"name": "data-race"}, "race, certain", id="a race"),
        pytest.param({"stack": LOGGED}, "panic, certain", id="recovered and logged"),
        pytest.param({"evidence": {"kind": "http-panic"}}, "panic, certain", id="recovered by net/http"),
        pytest.param({"stack": Stack((Frame("panic"), LOADS))}, "crash, certain", id="not recovered"),
        pytest.param({"stack": Stack()}, "crash, certain", id="without a stack"),
        pytest.param({"name": "data-race", "severity": Severity.NOTE}, "note, certain", id="a note"),
    ],
)
def test_what_ended_no_program_is_called_no_crash(leak, changed, said):
    crash = replace(leak, verdict=Verdict.CRASH, certainty=Certainty.CERTAIN, severity=Severity.ERROR)
    assert certainty_in_words(replace(crash, **changed)) == said


def test_what_another_finding_tells_is_shown_where_that_one_is_not(make_report, crash, leak):
    timeout = replace(leak, rule="DT608", name="test-timeout")
    hang = replace(leak, rule="DT212", name="hung-test", evidence={"told_by": "DT608"})
    assert make_report(crash, findings=[timeout, hang]).shown == (timeout,)
    assert make_report(crash, findings=[hang]).shown == (hang,)  # as where the other one is ignored
    known = replace(timeout, known=True)
    assert make_report(crash, findings=[known, hang]).shown == (known, hang)
    assert make_report(crash, findings=[known, replace(hang, known=True)]).shown == (known,)
    nameless = replace(timeout, rule="")
    assert make_report(crash, findings=[nameless]).shown == (nameless,)


@pytest.mark.parametrize(
    ("header", "told"),
    [("chan receive", True), ("chan receive, 3 minutes", False), ("runnable", False)],
    ids=["no times", "times", "nobody waits"],
)
def test_a_dump_without_waiting_times_is_told_how_to_get_them(header, told):
    text = (
        "goroutine 7 [running]:\nmain.dump()\n\t/m.go:4 +0x1\ncreated by main.main in goroutine 1\n\t/m.go:3 +0x1\n\n"
        f"goroutine 1 [{header}]:\nmain.main()\n\t/m.go:9 +0x1\n"
    )
    verdict = quiet_verdict(analyze([read(text)]))
    assert (verdict.word, "fetch heap?gc=1" in verdict.sentence) == ("healthy", told)
