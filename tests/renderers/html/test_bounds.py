"""Every list of the page is bounded, and the page says how much it leaves out: a browser has to cope with it."""

from dataclasses import replace

import pytest

from debugtext.records.captures import Capture, Problem, Reading
from debugtext.records.counts import CountProfile, CountSample
from debugtext.records.crashes import Crash
from debugtext.records.findings import KnownFinding
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineDump, State
from debugtext.records.growth import Change, Difference, Shape, Trend
from debugtext.records.locks import AwaitedLock, LockWaiters
from debugtext.records.reports import Report
from debugtext.renderers.html import changes, data, goroutines, locks, tables

MANY = 8
SEVERAL = [f"main.f{number}" for number in range(MANY)]


@pytest.fixture(autouse=True)
def three_of_each(monkeypatch):
    for module in (changes, data, goroutines, locks, tables):
        for name in vars(module):
            if name.startswith("MOST_"):
                monkeypatch.setattr(module, name, 3)


def one_stack(name):
    return Stack((Frame(name, "/src/main.go", 7),))


def test_findings(make_report, leak):
    page = data.page_data(make_report(findings=[leak] * MANY))
    assert (len(page["findings"]), page["moreFindings"]) == (3, 5)
    assert data.page_data(make_report(findings=[leak]))["moreFindings"] == 0


def test_findings_that_are_gone(make_report):
    gone = tuple(KnownFinding("DT101", name, name) for name in SEVERAL)
    assert data.page_data(replace(make_report(), absent=gone))["gone"] == [f"DT101 {name}" for name in SEVERAL[:3]]


def test_facts_of_a_finding(make_report, leak):
    listed = replace(leak, evidence={"functions_called": SEVERAL})
    [finding] = data.page_data(make_report(findings=[listed]))["findings"]
    [fact] = finding["info"] or finding["why"]
    assert [name for name in SEVERAL if name in fact] == SEVERAL[:3]


def test_locks_and_their_waiters(make_report):
    waiters = tuple(LockWaiters(2, name, "sync.Mutex.Lock") for name in SEVERAL)
    lock = AwaitedLock(0xC000, 2 * MANY, waiters)
    page = data.page_data(replace(make_report(), locks=(lock,) * MANY))
    assert (len(page["locks"]), page["moreLocks"]) == (3, 5)
    assert (len(page["locks"][0]["waiters"]), page["locks"][0]["more"]) == (3, 10)


def test_texts(make_report, heap):
    page = data.page_data(make_report(*[heap] * MANY))
    assert (len(page["texts"]), page["moreTexts"]) == (3, 5)


def test_problems():
    report = Report(tuple(Reading(name, (), (Problem(1, "no stack"),)) for name in SEVERAL))
    assert data.page_data(report)["problems"] == [
        *(f"debugtext: {name}:1: no stack" for name in SEVERAL[:5]),
        "debugtext: … and 3 more (--format json lists all)",
    ]


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (1, []),
        (2, ["line 0", "line 1"]),
        (3, ["line 0", "line 1", "line 2"]),
        (4, ["line 0", "line 1", "line 2", "… 1 more line"]),
        (8, ["line 0", "line 1", "line 2", "… 5 more lines"]),
    ],
)
def test_lines_of_a_panic(make_report, make_goroutines, count, shown):
    message = "\n".join(f"line {number}" for number in range(count))
    crash = Crash("panic", message, GoroutineDump(make_goroutines()))
    [text] = data.page_data(make_report(Capture("crash", 1, 9, crash)))["texts"]
    assert text.get("message", []) == shown


def test_frames_of_a_deep_stack(make_report):
    stack = Stack(tuple(map(Frame, SEVERAL)), created_by=Frame("main.main"))
    rows = tables.stack_words(stack, make_report())
    assert [row[0] for row in rows] == ["main.f0", "… 5 more frames …", "main.f7", "main.main"]
    shallow = tables.stack_words(Stack(stack.frames[:3]), make_report())
    assert [row[0] for row in shallow] == ["main.f0", "main.f1", "main.f2"]


def test_functions_of_a_profile(make_report):
    samples = tuple(CountSample(number, one_stack(name), 2) for number, name in enumerate(SEVERAL, 1))
    profile = Capture("threadcreate", 1, 9, CountProfile("threadcreate", 36, samples))
    [table] = tables.top_table(profile, make_report())
    assert (len(table["rows"]), table["more"]) == (3, 5)


def test_groups_of_goroutines_and_their_labels(make_report, make_goroutines):
    stacks = [(2, State("select"), one_stack(name)) for name in SEVERAL]
    dump = Capture("goroutine-dump", 1, 99, GoroutineDump(make_goroutines(*stacks)))
    table = goroutines.group_table(dump, make_report())
    assert (len(table["rows"]), len(table["stacks"]), table["more"]) == (3, 3, [5, 10])
    labels = tuple((name, "x") for name in SEVERAL)
    profile = CountProfile("goroutine", 1, (CountSample(1, one_stack("main.f"), 2, labels),))
    [row] = goroutines.group_table(Capture("goroutine-profile", 1, 9, profile), make_report())["rows"]
    assert row["labels"] == [f"{name}=x" for name in SEVERAL[:3]]


def test_creators(make_goroutines):
    stacks = [(2, State("select"), replace(one_stack("main.work"), created_by=Frame(name))) for name in SEVERAL]
    rows = goroutines.creator_data(GoroutineDump(make_goroutines(*stacks)))
    assert [row[3:] for row in rows] == [
        *(["", f"main.f{number}"] for number in range(3)),
        ["", "5 more functions"],
        *[["", "1 more function"]] * 3,
    ]


def test_changes(make_report):
    changed = tuple(Change("goroutine", "count", (name,), 1, 2, one_stack(name)) for name in SEVERAL)
    difference = Difference("goroutine", "count", 8, 16, changed, ())
    [table] = changes.change_tables(replace(make_report(), differences=(difference,)))
    assert (len(table["rows"]), table["more"]) == (3, 5)


def test_trends_and_their_points(make_report):
    values = tuple(range(MANY))
    trends = tuple(Trend("goroutine", "count", values, Shape.GROWING, (name,), one_stack(name)) for name in SEVERAL)
    [table] = changes.trend_tables(replace(make_report(), trends=trends))
    assert (len(table["rows"]), table["more"]) == (3, 5)
    assert table["rows"][0]["values"] == [0, 3, 6, 7]


def test_what_is_compared_is_of_one_kind(heap, profile, dump):
    """A heap text that came first is nothing to compare goroutines with, nor are threads, nor another format."""
    threads = replace(profile, format="threadcreate")

    def base_of(*earlier):
        series = Reading("1", earlier), Reading("2", (profile,))
        return data.base_of(Report(series, series=(series,)), series[1], profile)

    assert base_of(heap, dump, threads, profile) is profile
    assert base_of(heap, dump, threads) is None
