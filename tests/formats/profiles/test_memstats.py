"""MemStats alone: the end of a heap text, a part of it, or the memstats of /debug/vars."""

import json
from math import inf, nan
from unittest.mock import patch

import pytest

from debugtext.formats import grammar
from debugtext.formats.profiles import memstats
from debugtext.formats.profiles.memstats import memstats_of_vars
from debugtext.pieces.text import Cursor, Piece
from debugtext.reading import read
from debugtext.records.captures import Problem
from debugtext.records.memstats import MemStats

TEXT = """# runtime.MemStats
# Alloc = 2101232
# TotalAlloc = 36972656
# Sys = 18446744073709551615
# Lookups = 0
# Mallocs = 520
# Frees = 413
# HeapAlloc = 2101232
# HeapSys = 7831552
# HeapIdle = 4538368
# HeapInuse = 3293184
# HeapReleased = 3760128
# HeapObjects = 107
# Stack = 524288 / 557056
# MSpan = 59360 / 65280
# MCache = 9664 / 15704
# BuckHashSys = 1444315
# GCSys = 2749840
# OtherSys = 1232925
# NextGC = 4194304
# LastGC = 1770000000123456789
# PauseNs = [30208 14336 0 0]
# PauseEnd = [1770000000000000001 1770000000123456789 0 0]
# NumGC = 2
# NumForcedGC = 1
# GCCPUFraction = 1.2e-05
# DebugGC = false
# MaxRSS = 14843904
"""
MEMSTATS = MemStats(
    alloc_bytes=2101232,
    total_alloc_bytes=36972656,
    sys_bytes=18446744073709551615,
    lookups=0,
    mallocs=520,
    frees=413,
    heap_alloc_bytes=2101232,
    heap_sys_bytes=7831552,
    heap_idle_bytes=4538368,
    heap_inuse_bytes=3293184,
    heap_released_bytes=3760128,
    heap_objects=107,
    stack_inuse_bytes=524288,
    stack_sys_bytes=557056,
    mspan_inuse_bytes=59360,
    mspan_sys_bytes=65280,
    mcache_inuse_bytes=9664,
    mcache_sys_bytes=15704,
    buck_hash_sys_bytes=1444315,
    gc_sys_bytes=2749840,
    other_sys_bytes=1232925,
    next_gc_bytes=4194304,
    last_gc_ns=1770000000123456789,
    pause_ns=(30208, 14336, 0, 0),
    pause_end_ns=(1770000000000000001, 1770000000123456789, 0, 0),
    num_gc=2,
    num_forced_gc=1,
    gc_cpu_fraction=1.2e-05,
    debug_gc=False,
    max_rss_bytes=14843904,
    line=2,
)


def parse(text: str, *, plain: bool = False):
    with patch.object(grammar, "LARK_ALONE", plain):
        return memstats.parse(Cursor([Piece(text, 1)]))


@pytest.mark.parametrize("plain", [pytest.param(False, id="fast path"), pytest.param(True, id="Lark alone")])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT, id="as printed"),
        pytest.param("\n" + TEXT.partition("\n")[2], id="without title"),
        pytest.param(TEXT.removesuffix("\n"), id="no newline at the end"),
        pytest.param(f"{TEXT}\nsomething else\n", id="something else below"),
        pytest.param(f"{TEXT}$ ls\n", id="a prompt right below"),
        pytest.param(TEXT + TEXT, id="a second one right below"),
    ],
)
def test_all_fields(text, plain):
    capture = parse(text, plain=plain)
    assert capture.problems == ()
    assert not capture.truncated
    assert (capture.format, capture.last_line) == ("memstats", 28)
    assert capture.body == MEMSTATS


def test_two_blocks_are_two_captures():
    captures = read(f"{TEXT}{TEXT}").captures
    assert [(c.first_line, c.last_line, c.body.line) for c in captures] == [(1, 28, 2), (29, 56, 30)]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        pytest.param("# GCCPUFraction = 0", "gc_cpu_fraction", 0.0, id="a fraction without a point"),
        pytest.param("# GCCPUFraction = -1.5e-05", "gc_cpu_fraction", -1.5e-05, id="a fraction below zero"),
        pytest.param("# DebugGC = true", "debug_gc", True, id="true"),
        pytest.param("# PauseNs = []", "pause_ns", (), id="an empty list"),
        pytest.param("# PauseNs = [1 22 33", "pause_ns", (1, 22), id="a list cut in a number"),
        pytest.param("# PauseNs = [1 22 ", "pause_ns", (1, 22), id="a list cut between numbers"),
        pytest.param("# EnableGC = true", "enable_gc", True, id="up to Go 1.10"),
    ],
)
def test_values(line, field, value):
    capture = parse(f"# runtime.MemStats\n{line}")
    assert capture.problems == ()
    assert getattr(capture.body, field) == value


def test_a_line_that_is_none_costs_only_itself():
    capture = parse(TEXT.replace("= 520", "= many").replace("= 413", "= 413 // a remark"))
    assert capture.body.mallocs is None
    assert capture.body.frees == 413
    assert capture.body.max_rss_bytes == 14843904
    assert [(problem.line, problem.found) for problem in capture.problems] == [
        (6, "# Mallocs = many"),
        (7, "# Frees = 413 // a remark"),
    ]
    assert capture.problems[1] == Problem(
        7, "this line is not of the MemStats", "the end of the line", "# Frees = 413 // a remark"
    )


def test_an_excerpt_is_told_from_the_whole():
    assert parse(TEXT.partition("# NextGC")[0]).truncated
    assert not parse(TEXT).truncated


@pytest.mark.parametrize(
    ("num_gc", "pauses"),
    [
        pytest.param(0, (), id="no collection yet"),
        pytest.param(2, (30, 14), id="unused places are left out"),
        pytest.param(6, (5, 6, 30, 14), id="the ring is full: oldest first"),
    ],
)
def test_pauses(num_gc, pauses):
    ring = (30, 14, 0, 0) if num_gc < 4 else (30, 14, 5, 6)
    assert MemStats(num_gc=num_gc, pause_ns=ring).pauses_ns == pauses


VARS = {
    "cmdline": ["/srv"],
    "memstats": {
        "Alloc": 2101232,
        "HeapAlloc": 2101232,
        "StackInuse": 524288,
        "StackSys": 557056,
        "MCacheInuse": 9664,
        "LastGC": 1770000000123456789,
        "PauseNs": [30208, 14336, 0, 0],
        "NumGC": 2,
        "GCCPUFraction": 0,
        "EnableGC": True,
        "DebugGC": False,
        "BySize": [{"Size": 8, "Mallocs": 1, "Frees": 0}],
    },
}


@pytest.mark.parametrize(
    "document", [pytest.param(VARS, id="the document"), pytest.param(VARS["memstats"], id="its memstats alone")]
)
def test_debug_vars(document):
    assert memstats_of_vars(json.loads(json.dumps(document))) == MemStats(
        alloc_bytes=2101232,
        heap_alloc_bytes=2101232,
        stack_inuse_bytes=524288,
        stack_sys_bytes=557056,
        mcache_inuse_bytes=9664,
        last_gc_ns=1770000000123456789,
        pause_ns=(30208, 14336, 0, 0),
        num_gc=2,
        gc_cpu_fraction=0.0,
        enable_gc=True,
        debug_gc=False,
    )


@pytest.mark.parametrize(
    "document",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"memstats": 5}, id="a number"),
        pytest.param({"memstats": {"Alloc": "5", "NumGC": True, "PauseNs": ["a"], "DebugGC": 0}}, id="other types"),
        pytest.param({"memstats": {"PauseNs": 5, "Alloc": [5]}}, id="a list for a number"),
        pytest.param(
            {"memstats": {"Alloc": -1, "GCCPUFraction": 10**400, "PauseNs": [2**64]}}, id="numbers out of range"
        ),
        pytest.param({"memstats": {"Alloc": inf, "GCCPUFraction": inf, "PauseNs": [nan]}}, id="infinite numbers"),
        pytest.param({"memstats": {"GCCPUFraction": nan}}, id="no number"),
    ],
)
def test_other_documents_give_nothing(document):
    assert memstats_of_vars(document) == MemStats()


def test_a_line_that_stands_twice_with_another_between_is_no_second_block():
    lines = ["# runtime.MemStats", "# Alloc = 1", "# Sys = 3", "oc = 2", "# Sys = 3", "# Lookups = 4"]
    (capture,) = read("\n".join(lines) + "\n").captures
    assert (capture.first_line, capture.last_line) == (1, 6)
    assert [(problem.line, problem.found) for problem in capture.problems] == [(4, "oc = 2")]


def test_a_field_below_the_title_of_a_heap_text_that_has_lost_its_mark_is_a_problem():
    lines = ["# runtime.MemStats", "", "Alloc = 1", "# Sys = 3", "# Lookups = 4"]
    (capture,) = read("heap profile: 0: 0 [0: 0] @ heap/1048576\n\n" + "\n".join(lines) + "\n").captures
    assert (capture.first_line, capture.last_line) == (1, 7)
    assert [problem.found for problem in capture.problems if problem.line == 5] == ["Alloc = 1"]
    assert capture.body.memstats.sys_bytes == 3
