"""The JSON output: the contract with scripts."""

import json
from dataclasses import replace

import pytest

from debugtext.analysis import analyze, analyze_each
from debugtext.reading import read
from debugtext.records.captures import Capture, Problem, Reading
from debugtext.records.findings import Location
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import GoroutineDump, State
from debugtext.records.growth import Change
from debugtext.records.locks import AwaitedLock, LockHolder, LockWaiters
from debugtext.records.pprof_tops import TopCall, TopRow, TopTable
from debugtext.records.reports import Report
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions


def parsed(report, **options):
    return json.loads(render(report, "json", RenderOptions(**options)))


def test_an_empty_report_has_all_its_keys(make_report):
    assert parsed(make_report()) == {
        "schema_version": 1,
        "inputs": [{"name": "-", "captures": [], "problems": []}],
        "findings": [],
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "dump",
            {
                "format": "goroutine-dump",
                "first_line": 1,
                "last_line": 9000,
                "records": 1200,
                "goroutines": 1200,
                "groups": 2,
            },
        ),
        ("profile", {"format": "goroutine-profile", "records": 2, "goroutines": 1204, "groups": 2}),
        ("heap", {"format": "heap", "records": 2, "groups": 2}),
        ("mutex", {"format": "contention", "records": 1, "groups": 1}),
        ("crash", {"format": "crash", "first_line": 3, "records": 5, "goroutines": 5, "groups": 2}),
        ("race", {"format": "race", "records": 1, "groups": 0}),
    ],
)
def test_a_capture_says_what_was_read(make_report, request, name, expected):
    (capture,) = parsed(make_report(request.getfixturevalue(name)))["inputs"][0]["captures"]
    assert expected.items() <= capture.items()
    assert capture["truncated"] is False
    assert ("goroutines" in capture) == ("goroutines" in expected)


FRAMES = "main.work()\n\t/src/app/main.go:20 +0x1d\nmain.main()\n\t/src/app/main.go:7 +0x2a\n"


@pytest.mark.parametrize(
    ("first", "goroutines"),
    [
        ("goroutine 1 [running]:\n", 2),
        ("", 1),
        ("sync.runtime_SemacquireMutex(0x1, 0x0, 0x1)\n\t/usr/local/go/src/runtime/sema.go:95 +0x25\n", 2),
        ("runtime.gopark(0x1, 0x2, 0x3, 0x4, 0x5)\n\t/usr/local/go/src/runtime/proc.go:435 +0xce\n", 2),
        ("runtime.mallocgc(0x10)\n\t/usr/local/go/src/runtime/malloc.go:90 +0x12\n", 1),
    ],
    ids=["whole", "may be a tail", "without header, at a lock", "parked", "not parked"],
)
def test_what_may_be_the_tail_of_a_stack_is_no_goroutine(first, goroutines):
    """A text that was cut begins within a stack: whoever adds goroutines up must not count it."""
    text = f"{first}{FRAMES}\ngoroutine 7 [select]:\n{FRAMES}"
    [capture] = parsed(analyze([read(text.encode())]))["inputs"][0]["captures"]
    assert (capture["records"], capture["goroutines"]) == (2, goroutines)


@pytest.mark.parametrize(("number", "goroutines"), [(1, 1), (0, 0)])
def test_a_goroutine_of_a_debugger_has_a_number_and_no_state(make_report, make_goroutines, number, goroutines):
    columns = make_goroutines((1, State(""), Stack((Frame("main.work"),))))
    columns.ids[0] = number
    report = make_report(Capture("goroutine-dump", 1, 9, GoroutineDump(columns)))
    assert parsed(report)["inputs"][0]["captures"][0]["goroutines"] == goroutines


def test_heap_totals_are_estimates_with_the_raw_numbers_beside(make_report, heap):
    heap = replace(heap, body=replace(heap.body, rate=524_288))
    totals = parsed(make_report(heap))["inputs"][0]["captures"][0]["totals"]
    numbers = {name: totals[name] for name in totals if name != "memstats"}
    assert numbers == {
        "inuse_bytes": 1_091_582_040,
        "inuse_objects": 1_001_010,
        "alloc_bytes": 1_133_539_155,
        "alloc_objects": 1_001_020,
        "raw_inuse_bytes": 44_040_192,
        "raw_inuse_objects": 2010,
        "raw_alloc_bytes": 85_983_232,
        "raw_alloc_objects": 2020,
        "rate": 524_288,
    }
    assert totals["memstats"]["heap_alloc_bytes"] == 52_428_800
    assert totals["memstats"]["pauses_ns"] == [31_000, 1_200_000, 45_000]


def test_a_finding(make_report, dump, leak):
    (finding,) = parsed(make_report(dump, findings=[leak]))["findings"]
    stack = finding.pop("stack")
    assert finding == {
        "rule": "DT101",
        "name": "leaked",
        "verdict": "leak",
        "certainty": "certain",
        "severity": "error",
        "title": "1,100 goroutines can never wake up again",
        "functions": [
            "example.com/team/shop/server.(*Server).handle.func1",
            "example.com/team/shop/server.(*Server).Serve",
        ],
        "location": {"file": "/src/shop/server/server.go", "line": 88},
        "count": 1100,
        "input": "-",
        "first_line": 1,
        "evidence": {"goroutines": 1100, "share": 0.9137, "longest_wait_minutes": 312, "held_bytes": 42_991_616},
        "advice": "Give the channel a buffer of one, or select on the context's Done.",
        "fingerprint": leak.fingerprint,
    }
    assert [frame["function"] for frame in stack] == [
        "runtime.gopark",
        "example.com/team/shop/server.(*Server).handle.func1",
    ]


def test_problems_have_the_line_and_the_words(make_report):
    report = make_report(problems=(Problem(7, "not a sample", "a count", "x @ 0x1"), Problem(9, "cut")))
    assert parsed(report)["inputs"][0]["problems"] == [
        {"line": 7, "message": "not a sample", "expected": "a count", "found": "x @ 0x1"},
        {"line": 9, "message": "cut"},
    ]


def test_full_adds_the_stacks(make_report, dump):
    (capture,) = parsed(make_report(dump), full=True)["inputs"][0]["captures"]
    first = capture["stacks"][0]
    assert (first["count"], first["state"], first["waits_minutes"]) == (1100, "chan send", [3, 42])
    assert first["frames"][1] == {
        "function": "example.com/team/shop/server.(*Server).handle.func1",
        "file": "/src/shop/server/server.go",
        "line": 88,
    }


def test_of_a_panic_all_lines_are_told():
    several = "panic: 2 errors:\n\t* no file\n\t* no DB_URL\n\ngoroutine 1 [running]:\nmain.main()\n"
    (capture,) = parsed(Report((read(several),)))["inputs"][0]["captures"]
    assert capture["totals"]["message"] == "2 errors:\n* no file\n* no DB_URL"
    (capture,) = parsed(Report((read("panic: no\n\ngoroutine 1 [running]:\nmain.main()\n"),)))["inputs"][0]["captures"]
    assert "message" not in capture["totals"]


def test_inputs_that_are_not_compared_have_no_changes(samples):
    readings = [read(samples / "heap" / "map-grow-go1.27-1.txt")] * 2
    assert {change["delta"] for change in parsed(analyze(readings))["changes"]} == {0}
    assert "changes" not in parsed(analyze_each(readings))


def test_two_inputs_have_changes():
    change = Change("inuse_space", "bytes", ("main.f",), 10, 30)
    fields = parsed(Report((Reading("a", ()), Reading("b", ())), changes=(change,)))
    assert fields["changes"] == [
        {
            "kind": "inuse_space",
            "unit": "bytes",
            "functions": ["main.f"],
            "state": "",
            "before": 10,
            "after": 30,
            "delta": 20,
        }
    ]


def test_bytes_that_are_no_utf8_stay_visible(make_report, dump, leak):
    text = render(make_report(dump, findings=[replace(leak, title="caf\udce9")]), "json")
    assert json.loads(text)["findings"][0]["title"] == "caf\\xe9"
    text.encode("utf-8")


def test_who_waits_for_whom_is_a_tree_below_each_lock(make_report):
    inner = AwaitedLock(0xC000010, 3, (LockWaiters(3, "main.(*Log).Write", "sync.Mutex.Lock"),), line=40)
    holder = LockHolder(17, "main.(*Store).Save", "sleeps", "time.Sleep", 12, location=Location("/src/store.go", 7))
    group = LockWaiters(31, "main.(*Store).Load", "sync.RWMutex.RLock", 12, 18, holds=(inner,), closes_circle=True)
    lock = AwaitedLock(0xC000000000000008, 31, (group,), holder, is_circle=True, input="a.txt", line=7)
    (found,) = parsed(replace(make_report(), locks=(lock,)))["locks"]
    assert (found["address"], found["waiting"], found["waiting_in_all"]) == ("0xc000000000000008", 31, 34)
    assert (found["input"], found["line"], found["is_circle"]) == ("a.txt", 7, True)
    assert found["holder"] == {
        "goroutine": 17,
        "function": "main.(*Store).Save",
        "location": {"file": "/src/store.go", "line": 7},
        "now": "sleeps",
        "in_function": "time.Sleep",
        "waiting_minutes": 12,
        "waits_for_it_itself": False,
        "by_address": True,
    }
    (waiters,) = found["waiters"]
    assert (waiters["count"], waiters["goroutine"], waiters["function"]) == (31, 18, "main.(*Store).Load")
    assert (waiters["operation"], waiters["waiting_minutes"]) == ("sync.RWMutex.RLock", 12)
    assert waiters["location"] is None
    assert waiters["closes_circle"]
    assert [(held["waiting"], held["holder"], held["line"]) for held in waiters["holds"]] == [(3, None, 40)]


def test_in_full_a_table_of_pprof_says_who_calls_its_functions(make_report):
    table = TopTable(
        "inuse_space",
        "bytes",
        4096,
        (TopRow("bytes.growSlice", 2048, 4096, 3, callers=(TopCall("main.keep", 4096, 2),)),),
    )
    [capture] = parsed(make_report(Capture("pprof-top", 1, 3, table)), full=True)["inputs"][0]["captures"]
    assert capture["functions"] == [
        {
            "function": "bytes.growSlice",
            "flat": 2048,
            "cum": 4096,
            "first_line": 3,
            "callers": [{"function": "main.keep", "value": 4096, "first_line": 2}],
            "callees": [],
        }
    ]
