"""Trends, differences and the live view as a person sees them."""

import json
import re
from dataclasses import replace
from textwrap import dedent

import pytest

from debugtext.records.captures import Capture, Reading
from debugtext.records.frames import Frame, Stack
from debugtext.records.growth import Change, Difference, Forecast, FunctionChange, GroupChange, Pace, Shape, Trend
from debugtext.records.memstats import MemStats
from debugtext.records.reports import Report
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.tables.sparkline import sparkline

MIB = 1 << 20
LEAK = Stack((Frame("main.leak", "/src/main.go", 9),))
POOL = Stack((Frame("main.pool", "/src/main.go", 30),))


def trend(name="", stack=None, values=(1, 2, 3, 4, 5, 60), **others):
    functions = stack.functions if stack else ()
    fields = {
        "kind": "goroutine",
        "unit": "count",
        "shape": Shape.GROWING,
        "slope": 3.0,
        "share": 1.0,
        "points": len(values),
    }
    return Trend(**{**fields, "name": name, "functions": functions, "stack": stack, "values": values, **others})


READINGS = tuple(Reading(name, (Capture("memstats", 1, 1, MemStats()),)) for name in "ab")


def shown(*trends, **fields):
    text = render(Report(READINGS, trends=trends, **fields))
    return text.partition("\n\n")[2] or text


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], ""),
        ([5], "▁"),
        ([5, 5, 5], "▁▁▁"),
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([7, 0], "█▁"),
        (range(100), "▁▂▂▃▄▄▅▅▆▇▇█"),
    ],
    ids=["none", "one", "flat", "all bars", "falling", "more values than room"],
)
def test_sparkline(values, expected):
    assert sparkline(list(values), 12) == expected


def test_what_grows():
    text = shown(
        trend(stack=LEAK),
        trend("total", values=(9, 10, 11, 12, 13, 68)),
        trend(stack=POOL, values=(8, 8, 8, 8, 8, 8), shape=Shape.STEADY),
    )
    assert text == dedent("""\
        goroutines: 9 → 68 in 6 snapshots (+10,800 an hour)
        growth/h  share of growth  now  trend   where
         +10,800             100%   60  ▁▁▁▁▁█  main.leak main.go:9
        1 other stack is steady
        """)


def test_too_few_snapshots_are_said():
    text = shown(
        trend(stack=LEAK, values=(1, 9), shape=Shape.UNKNOWN), trend("total", values=(1, 9), shape=Shape.UNKNOWN)
    )
    assert text == dedent("""\
        goroutines: 1 → 9 in 2 snapshots
        growth  now  trend  where
            +8    9  ▁█     main.leak main.go:9
        2 snapshots cannot tell growth from chance: take at least 5
        """)


@pytest.mark.parametrize(
    ("kind", "points", "words"),
    [
        ("goroutine", 3, "3 snapshots cannot tell growth from chance: take at least 5"),
        ("goroutine", 2, "2 of 3 snapshots are of one run, too few for a trend: take at least 5"),
        ("inuse_space", 3, "3 snapshots cannot tell growth from chance: take at least 5"),
        ("inuse_space", 1, "1 of 3 snapshots saw a new collection: take at least 5, or ask with gc=1"),
    ],
)
def test_what_a_trend_lacks_is_said(kind, points, words):
    part = {"kind": kind, "shape": Shape.UNKNOWN, "points": points}
    text = shown(trend(stack=LEAK, values=(1, 2, 3), **part), trend("total", values=(1, 2, 3), **part))
    assert text.splitlines()[-1] == words


def test_a_heap_without_a_record_names_no_stack():
    assert shown(trend("total", kind="inuse_space", shape=Shape.STEADY)).splitlines()[-1] == "The texts name no stack."


def test_what_only_may_grow_stands_apart_from_what_does():
    text = render(
        Report(
            READINGS,
            trends=(
                trend(stack=LEAK),
                trend(stack=POOL, values=(1, 1, 1, 1, 1, 9), shape=Shape.UNKNOWN),
                trend("total"),
            ),
        ),
        "table",
        RenderOptions(full=True),
    )
    assert "+8 so far" in text
    assert "share of growth" in text


def test_what_stacks_do_is_said_in_words():
    text = shown(
        trend(stack=LEAK, values=(1, 5, 9, 9, 9, 9), shape=Shape.WARM_UP),
        trend(stack=POOL, values=(8, 1, 8, 1, 8, 1), shape=Shape.SAWTOOTH),
        trend("total", shape=Shape.STEADY),
    )
    assert "2 stacks: 1 grew at first and then stayed, 1 rises and falls again" in text


@pytest.mark.parametrize(
    ("values", "shape", "words"),
    [
        ((800, 801, 799, 800, 800), Shape.STEADY, "objects 800 (steady)"),
        ((800, 400, 900, 300, 700), Shape.STEADY, "objects 800 → 700 (up and down)"),
        ((800, 801), Shape.UNKNOWN, "objects 800 → 801"),
    ],
    ids=["steady", "up and down", "too few"],
)
def test_numbers_that_do_not_grow(values, shape, words):
    memstats = trend("heap_objects", kind="memstats", values=values, shape=shape)
    assert shown(trend("total"), memstats).splitlines()[-1] == f"memstats  {words}"


def test_what_a_finding_tells_is_not_called_chance(leak):
    part = {"shape": Shape.UNKNOWN, "values": (1, 5, 9)}
    grown = replace(leak, evidence={"counts": [1, 5, 9]})
    text = shown(trend(stack=LEAK, **part), trend("total", **part), findings=(grown,))
    assert text.splitlines()[-1] == "3 snapshots tell no rate yet: take at least 5"


def test_unknown_times_are_said():
    text = shown(trend(stack=LEAK, per="snapshot"), trend("total", per="snapshot"))
    assert "growth/snapshot" in text
    assert "The times are not known" in text


def test_memstats_and_a_limit():
    memstats = trend("heap_alloc_bytes", kind="memstats", unit="bytes", values=(MIB, 5 * MIB), slope=MIB)
    text = shown(trend("total"), memstats, forecasts=(Forecast("held_bytes", "bytes", 4 << 30, 5 * MIB, 5400.0),))
    assert text.splitlines()[2:] == [
        "memstats  heap 1 MiB → 5 MiB (+3.5 GiB an hour)",
        "limit     at this pace the limit of 4 GiB is reached in 90 min: memory now 5 MiB",
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "is not in sight: goroutines now 60, not growing"), (0.0, "is reached: goroutines now 60")],
    ids=["never", "already"],
)
def test_limits_that_are_never_or_already_reached(seconds, words):
    text = shown(trend("total"), forecasts=(Forecast("goroutine", "count", 50, 60, seconds),))
    assert words in " ".join(text.split())


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("bytes", "the limit of 50 B needs texts of memory (heap?debug=1), and there are none"),
        ("count", "the limit of 50 needs texts of goroutines (goroutine?debug=1), and there are none"),
    ],
)
def test_a_limit_of_a_number_that_no_text_has(unit, words):
    text = shown(trend("total"), forecasts=(Forecast("", unit, 50, None, None),))
    assert words in " ".join(text.split())


def test_a_limit_is_told_in_markdown_too():
    forecast = Forecast("held_bytes", "bytes", 4 << 30, 5 * MIB, 5400.0)
    text = render(Report(READINGS, trends=(trend("total"),), forecasts=(forecast,)), "markdown")
    assert text.splitlines()[-1] == "At this pace the limit of 4 GiB is reached in 90 min&#58; memory now 5 MiB."


def test_the_name_of_each_series_where_there_are_several():
    text = shown(trend("total", source="http://a"), trend("total", source="http://b"))
    assert [line for line in text.splitlines() if line.startswith("http")] == [
        "http://a: goroutines: 1 → 60 in 6 snapshots (+10,800 an hour)",
        "http://b: goroutines: 1 → 60 in 6 snapshots (+10,800 an hour)",
    ]


def test_a_hundred_growing_stacks_fit_one_screen():
    stacks = [trend(stack=Stack((Frame(f"main.f{i}", "/src/main.go", i),))) for i in range(100)]
    text = render(Report(READINGS, trends=(*stacks, trend("total"))))
    assert text.count("\n") <= 24
    assert max(map(len, text.splitlines())) <= 80
    assert "more stacks (--full shows all)" in text


@pytest.mark.parametrize("height", range(16, 30))
def test_any_height_of_the_screen(height):
    stacks = [
        trend(stack=Stack((Frame(f"main.f{i}", "/src/main.go", i),)), source=f"http://{i % 9}") for i in range(40)
    ]
    totals = [trend("total", source=f"http://{i}") for i in range(9)]
    text = render(Report(READINGS, trends=(*stacks, *totals)), options=RenderOptions(width=60, height=height))
    assert max(map(len, text.splitlines())) <= 60


def heap_report(pace=None):
    readings = tuple(
        Reading(name, (Capture("memstats", 1, 1, MemStats(heap_alloc_bytes=size, num_gc=gc, last_gc_ns=gc)),))
        for name, size, gc in (("a", MIB, 3), ("b", 5 * MIB, 9))
    )
    changes = (
        Change("goroutine", "count", ("main.leak",), 0, 12, LEAK),
        Change("goroutine", "count", ("main.pool",), 9, 4, POOL),
    )
    difference = Difference(
        "goroutine",
        "count",
        9,
        16,
        changes,
        (FunctionChange("main.leak", 0, 12, 0, 12),),
        (GroupChange("select", 1, 9),),
    )
    return Report(readings, changes=changes, differences=(difference,), pace=pace)


def test_a_difference_with_memstats_side_by_side():
    assert render(heap_report()).partition("\n\n")[2] == dedent("""\
        goroutines: 9 → 16 (+7)
        growth  before  after  where
           +12     new     12  main.leak main.go:9
        1 stack shrank by 5
        memstats    growth  before  after
        heap alloc  +4 MiB   1 MiB  5 MiB
        num gc          +6       3      9
        """)


def test_growth_per_second_and_per_request():
    assert "growth per second" in render(heap_report(Pace("per second", 60)))
    assert "  +0.2     new     12" in render(heap_report(Pace("per second", 60)))
    assert "growth per request" in render(heap_report(Pace("per request", 3)))


def test_full_shows_functions_states_and_what_is_gone():
    text = render(heap_report(), options=RenderOptions(full=True))
    assert "goroutine by function: flat is its own, cum with all it calls" in text
    assert "+8       1      9  select" in text
    assert "last gc" in text
    assert "-5       9      4  main.pool /src/main.go:30" in text


def test_json_has_it_all():
    fields = json.loads(render(heap_report(Pace("per second", 60)), "json"))
    assert fields["pace"] == {"per": "per second", "number": 60}
    assert fields["differences"][0]["delta"] == 7
    assert fields["differences"][0]["functions"][0]["flat_after"] == 12
    assert fields["differences"][0]["states"] == [{"name": "select", "before": 1, "after": 9}]
    report = Report(
        (Reading("a", ()),), trends=(trend(stack=LEAK),), forecasts=(Forecast("held_bytes", "bytes", 9, 1, None),)
    )
    fields = json.loads(render(report, "json"))
    assert fields["trends"][0] == {
        "kind": "goroutine",
        "unit": "count",
        "name": "",
        "functions": ["main.leak"],
        "shape": "growing",
        "values": [1, 2, 3, 4, 5, 60],
        "slope": 3.0,
        "per": "second",
        "p_value": None,
        "growth": 0.0,
        "share": 1.0,
        "noise": 0.0,
        "points": 6,
        "source": "",
    }
    assert fields["forecasts"][0]["seconds"] is None


def test_what_one_series_does_not_need_is_room_for_another():
    growing = [trend(stack=Stack((Frame(f"main.leak{number}"),)), kind="block", share=0.1) for number in range(6)]
    calm = [trend("total", kind=kind, shape=Shape.STEADY) for kind in ("block", "goroutine")]
    report = Report(READINGS, trends=(calm[0], *growing, calm[1]))
    lines = render(report, "table", RenderOptions(height=17)).splitlines()
    assert [line.split()[-1] for line in lines if "main.leak" in line] == [f"main.leak{number}" for number in range(6)]


def heap_trends():
    part = {"kind": "inuse_space", "unit": "bytes", "slope": 1024.0}
    kept = Stack((Frame("bytes.growSlice"), *LEAK.frames))
    return (
        trend(stack=LEAK, values=tuple(i * MIB for i in range(1, 7)), growth=5.0 * MIB, share=0.5, **part),
        trend(stack=kept, values=(0, 0, MIB, 3 * MIB, 5 * MIB, 4 * MIB), growth=5.0 * MIB, share=0.0,
              shape=Shape.STEADY, **part),
        trend(stack=POOL, values=(MIB,) * 6, shape=Shape.STEADY, share=0.0, **{**part, "slope": 0.0}),
        trend("total", values=tuple(2 * i * MIB for i in range(1, 7)), growth=10.0 * MIB, **part),
    )  # fmt: skip


def of_main(stack):
    return next(frame for frame in stack.frames if frame.package == "main")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [["+7 MiB", "100%", "10 MiB"]]),
        ({"full": True}, [["+3.5 MiB", "50%", "6 MiB"], ["steady", "4 MiB"], ["steady", "1 MiB"]]),
    ],
    ids=["a function a row", "in full a stack a row"],
)
def test_a_heap_s_rows_tell_of_functions_as_the_findings_do(options, expected):
    report = Report(READINGS, trends=heap_trends(), own_frame=of_main, front_frame=of_main)
    lines = render(report, options=RenderOptions(**options)).splitlines()
    rows = [line for line in lines if "main." in line]
    assert [[part.strip() for part in re.split(" {2,}", row.partition("▁")[0].strip())] for row in rows] == expected


def test_markdown_names_the_function_too_and_its_whole_growth():
    report = Report(READINGS, trends=heap_trends(), own_frame=of_main, front_frame=of_main)
    rows = [line for line in render(report, "markdown").splitlines() if "main.leak" in line]
    assert rows == ["| +7 MiB | 1 MiB | 10 MiB | 100% | <code>main.leak</code> |"]
