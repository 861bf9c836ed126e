"""What does not fit on the screen is left out in whole entries, and the line says that there is more."""

from dataclasses import replace

import pytest

from debugtext.records.captures import Capture
from debugtext.records.crashes import Crash, LockPlace
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineDump, State
from debugtext.records.memstats import MemStats
from debugtext.renderers.layout import first_lines, wrapped
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.tables.memstats import memstats_lines
from debugtext.renderers.tables.page import Page
from debugtext.renderers.tables.report import render, section
from debugtext.renderers.tables.style import Style

STATS = MemStats(heap_alloc_bytes=50 << 20, next_gc_bytes=64 << 20, stack_inuse_bytes=3 << 20, sys_bytes=210 << 20)


def page(width=80):
    return Page(width, False, "", Style(color=False), lambda stack: stack.frames[0], lambda stack: stack.frames[0])


@pytest.mark.parametrize(
    ("room", "lines"),
    [
        (3, ["memory  live heap 50 MiB · next GC at", "        64 MiB · stacks 3 MiB", "system  210 MiB from OS"]),
        (2, ["memory  live heap 50 MiB · next GC at", "        64 MiB · stacks 3 MiB"]),
        (1, ["memory  live heap 50 MiB · …"]),
        (0, []),
    ],
)
def test_of_memstats_whole_facts_are_shown(room, lines):
    assert memstats_lines(STATS, page(40), room) == lines


def test_an_ellipsis_says_that_lines_follow():
    assert first_lines(["one", "two", "three"], 2, 20) == ["one", "two …"]
    assert first_lines(["one", "all of the width"], 1, 3) == ["… …"]
    assert first_lines(["one", "two"], 2, 3) == ["one", "two"]


def test_an_ellipsis_is_no_line_of_its_own():
    assert wrapped("waiting up to 17 min, …", 22) == ["waiting up to", "17 min, …"]


def test_a_section_that_is_cut_says_how_much_there_is():
    places = [LockPlace(role, Stack((Frame(f"main.{role}"),)), 7) for role in ("before", "after", "holding")]
    crash = Capture("crash", 1, 9, Crash("lock-report", "Inconsistent locking", GoroutineDump(()), locks=tuple(places)))
    whole = section(crash, page(), 20)
    assert section(crash, page(), len(whole)) == whole
    assert section(crash, page(), len(whole) - 1) == [*whole[:-2], "… and 2 more lines (--full shows all)"]
    assert section(crash, page(), len(whole) - 1, spare=1) == whole
    assert section(crash, page(), len(whole) - 2, spare=1) == [*whole[:-3], "… and 3 more lines (--full shows all)"]
    assert section(crash, page(), 1) == whole[:1]


def test_a_heading_above_no_row_promises_none(make_goroutines):
    others = GoroutineDump(make_goroutines((1, State("running"), Stack((Frame("main.a"),)))))
    crash = Capture("crash", 1, 9, Crash("panic", "panic: boom", others))
    assert [section(crash, page(), room)[-1].strip() for room in (3, 2)] == ["1 goroutine, 1 stack"] * 2
    assert "  1 goroutine, 1 stack:" in section(crash, page(), 9)


@pytest.mark.parametrize(
    ("reasons", "last"),
    [(["none is left", "all that old"], ", none is left, all that old"), (["a long one " * 18] * 2, "")],
    ids=["all that fit", "the first ones"],
)
def test_a_fourth_reason_is_told_where_there_is_room(make_report, dump, leak, reasons, last):
    found = replace(leak, evidence={"reasons": ["few", "far", "old", *reasons]}, advice="", functions=(), location=None)
    lines = render(make_report(dump, findings=[found]), RenderOptions()).partition("\n\n")[0].splitlines()
    assert lines[-1] == f"  why  few, far, old{last}"


LONG = "main.(*Server).handleEachOfThem.func1.2 (server.go:1930): receiving from a channel"


@pytest.mark.parametrize(
    ("evidence", "last"),
    [
        ({"still_there": [LONG, LONG, LONG, LONG]}, "channel, …"),
        ({"still_there": [LONG], "waits_with_it": [LONG], "found_by": "x"}, "from a channel · found by x"),
    ],
    ids=["items", "kinds"],
)
def test_evidence_is_cut_where_a_part_of_it_ends(make_report, dump, leak, evidence, last):
    found = replace(leak, evidence=evidence, advice="", functions=(), location=None)
    text = render(make_report(dump, findings=[found]), RenderOptions()).partition("\n\n")[0]
    assert len(text.partition("  info ")[2].splitlines()) <= 3
    assert text.endswith(last)
