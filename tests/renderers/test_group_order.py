"""Rows of a goroutine table: what a finding is about stands first, on the screen and on the page."""

from dataclasses import replace

import pytest

from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineDump, State
from debugtext.renderers.group_order import in_order_shown, ranks_of_stacks
from debugtext.renderers.html.goroutines import group_table
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.tables.report import render

WORKER = Stack((Frame("runtime.gopark"), Frame("runtime.gcBgMarkWorker")))


def stack_of(function):
    return Stack((Frame(f"main.{function}", "/src/m.go", 1),))


STACKS = {name: stack_of(name) for name in ("handle", "serve", "wait", "lost", "held")}


@pytest.fixture
def dump(make_goroutines):
    counts = ((9, WORKER), *((8 - number, stack) for number, stack in enumerate(STACKS.values())))
    return GoroutineDump(make_goroutines(*((count, State("select"), stack) for count, stack in counts)))


def names(groups):
    return [group.stack.frames[-1].name for group in groups]


@pytest.mark.parametrize(
    ("about", "order"),
    [
        pytest.param([], ["handle", "serve", "wait", "lost", "held", "gcBgMarkWorker"], id="no finding"),
        pytest.param(["held"], ["held", "handle", "serve", "wait", "lost", "gcBgMarkWorker"], id="one finding"),
        pytest.param(
            ["held", "wait", "held"], ["held", "wait", "handle", "serve", "lost", "gcBgMarkWorker"], id="many"
        ),
    ],
)
def test_first_the_findings_in_their_order_then_the_largest_then_the_runtime(dump, leak, about, order):
    findings = [replace(leak, stack=None), *(replace(leak, stack=STACKS[name]) for name in about)]
    assert names(in_order_shown(dump.groups(), ranks_of_stacks(findings))) == order


def test_an_equal_stack_of_another_text_is_not_meant(dump, leak):
    ranks = ranks_of_stacks([replace(leak, stack=stack_of("held"))])
    assert names(in_order_shown(dump.groups(), ranks))[0] == "handle"


@pytest.mark.parametrize(
    ("full", "height", "counts"),
    [
        pytest.param(False, 12, ["8", "5"], id="of few rows one is the finding's"),
        pytest.param(False, 60, ["8", "7", "6", "5", "4", "9"], id="all rows"),
        pytest.param(True, 12, ["8", "7", "6", "5", "4", "9"], id="in full"),
    ],
)
def test_what_a_finding_is_about_is_on_the_screen_and_the_rows_stand_by_size(
    make_report, dump, leak, full, height, counts
):
    report = make_report(Capture("goroutine-dump", 1, 9, dump), findings=[replace(leak, stack=STACKS["lost"])])
    body = render(report, RenderOptions(height=height, full=full)).partition("\n\n")[2].splitlines()
    assert [line.split()[0] for line in body[2:] if line.split()[1].endswith("%")] == counts


def test_it_is_the_first_row_of_the_page_too(make_report, dump, leak):
    capture = Capture("goroutine-dump", 1, 9, dump)
    rows = group_table(capture, make_report(capture, findings=[replace(leak, stack=STACKS["lost"])]))["rows"]
    assert [row["where"][0] for row in rows[:2]] == ["main.lost", "main.handle"]


def test_the_stack_of_a_crash_is_shown_above_the_table_and_needs_no_first_row(make_report, make_goroutines, leak):
    crashed = stack_of("boom")
    texts = GoroutineDump(make_goroutines((1, State("running"), crashed), (3, State("select"), STACKS["held"])))
    crash = Capture("crash", 1, 9, Crash("panic", "panic: boom", texts, crashed_id=1))
    lines = render(make_report(crash, findings=[replace(leak, stack=crashed)]), RenderOptions())
    assert "main.held" in lines.partition("where\n")[2].splitlines()[0]
