"""Each format that a capture is converted to."""

import csv
import io
import json

import pytest

from debugtext import read
from debugtext.converters import CONVERTERS, convert
from debugtext.errors import SettingsError, UnreadableInputError
from debugtext.formats.pprof._profile_proto import parse_profile
from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile, CountSample
from debugtext.records.frames import Frame, Stack

HEAP = """\
heap profile: 2: 8240 [3: 16432] @ heap/2
1: 8192 [2: 16384] @ 0x1011 0x1012 0x2021
#	0x1010	main.grow+0x10	/src/m.go:8
#	0x1011	main.fill+0x11	/src/m.go:5
#	0x2020	main.main+0x20	/src/m.go:2

1: 48 [1: 48] @ 0x2025
#	0x2024	main.main+0x24	/src/m.go:3

"""
DUMP = """\
goroutine 7 [chan send, 3 minutes, locked to thread] {tenant: "=2+3"}:
main.worker(0x1)
	/src/m.go:12 +0x25
main.run(...)
	/src/m.go:9
main.loop(0x1)
	/src/m.go:8 +0x3
created by main.start in goroutine 1
	/src/m.go:5 +0x17

goroutine 8 [select]:
main.worker(0x2)
	/src/m.go:12 +0x25

"""
FRAME = {"function": "main.worker", "file": "/src/m.go", "line": 12}


def converted(text, name, kind=""):
    [capture] = read(text).captures
    return b"".join(convert(capture, name, kind))


def test_pprof_holds_all_kinds_names_files_lines_and_sizes():
    profile = parse_profile(converted(HEAP, "pprof"))
    names = [kind.name for kind in profile.kinds]
    assert names == ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"]
    assert [(sample.values, sample.numbers) for sample in profile.samples] == [
        ((2, 16384, 1, 8192), (("bytes", 8192),)),
        ((1, 48, 1, 48), (("bytes", 48),)),
    ]
    inlined, outer = profile.samples[0].locations
    assert [(line.function, line.file, line.line) for line in inlined.lines] == [
        ("main.grow", "/src/m.go", 8),
        ("main.fill", "/src/m.go", 5),
    ]
    assert (inlined.address, outer.address) == (0x1010, 0x2020)


def test_pprof_of_a_dump_has_the_wait_as_a_kind_and_the_state_as_a_label():
    profile = parse_profile(converted(DUMP, "pprof"))
    assert [(kind.name, kind.unit) for kind in profile.kinds] == [("goroutine", "count"), ("wait", "nanoseconds")]
    assert profile.default_kind == "goroutine"
    waiting, _ = profile.samples
    assert waiting.values == (1, 180 * 10**9)
    assert dict(waiting.labels) == {
        "tenant": "=2+3",
        "state": "chan send",
        "wait": "3 minutes",
        "created by": "main.start /src/m.go:5",
    }
    assert [[line.function for line in location.lines] for location in waiting.locations] == [
        ["main.worker"],
        ["main.run", "main.loop"],
    ]


def test_folded_is_root_first_of_one_kind():
    assert converted(HEAP, "folded") == b"main.main;main.fill;main.grow 8192\nmain.main 48\n"
    assert converted(HEAP, "folded", "alloc_objects") == b"main.main;main.fill;main.grow 2\nmain.main 1\n"
    assert converted(DUMP, "folded") == b"main.loop;main.run;main.worker 1\nmain.worker 1\n"
    with pytest.raises(SettingsError, match="choose one of alloc_objects, alloc_space"):
        converted(HEAP, "folded", "goroutine")


def test_folded_names_cannot_break_a_line():
    text = "goroutine 7 [select]:\nmain.a;b c(0x1)\n\t/src/m.go:12 +0x25\n"
    assert converted(text, "folded") == b"main.a:b c 1\n"
    assert converted(text.replace(";", "\x9b"), "folded") == b"main.a\\x9bb c 1\n"


def test_speedscope():
    file = json.loads(converted(HEAP, "speedscope"))
    assert file["$schema"] == "https://www.speedscope.app/file-format-schema.json"
    assert file["shared"]["frames"] == [
        {"name": "main.main", "file": "/src/m.go", "line": 2},
        {"name": "main.fill", "file": "/src/m.go", "line": 5},
        {"name": "main.grow", "file": "/src/m.go", "line": 8},
        {"name": "main.main", "file": "/src/m.go", "line": 3},
    ]
    assert file["activeProfileIndex"] == 3
    assert file["profiles"][3] == {
        "type": "sampled",
        "name": "inuse_space",
        "unit": "bytes",
        "startValue": 0,
        "endValue": 8240,
        "samples": [[0, 1, 2], [3]],
        "weights": [8192, 48],
    }


def test_speedscope_of_a_dump_leaves_out_what_does_not_wait():
    goroutines, waits = json.loads(converted(DUMP, "speedscope"))["profiles"]
    assert (goroutines["unit"], goroutines["weights"]) == ("none", [1, 1])
    assert (waits["unit"], waits["weights"]) == ("nanoseconds", [180 * 10**9])


def test_jsonl_has_a_goroutine_a_line():
    first, second = map(json.loads, converted(DUMP, "jsonl").splitlines())
    assert first == {
        "format": "goroutine-dump",
        "id": 7,
        "state": "chan send",
        "wait_minutes": 3,
        "leaked": False,
        "locked_to_thread": True,
        "labels": {"tenant": "=2+3"},
        "created_by": {"function": "main.start", "file": "/src/m.go", "line": 5},
        "parent_id": 1,
        "text_line": 1,
        "stack": [FRAME, {**FRAME, "function": "main.run", "line": 9}, {**FRAME, "function": "main.loop", "line": 8}],
    }
    assert (second["id"], second["wait_minutes"], second["created_by"]) == (8, None, None)


def test_jsonl_of_a_heap_has_estimates_and_raw_numbers():
    text = HEAP.replace("heap/2", "heap/1048576")
    first = json.loads(converted(text, "jsonl").splitlines()[0])
    assert (first["inuse_bytes"], first["raw_inuse_bytes"]) == (528394, 8192)


def test_csv_has_a_header_and_a_row_for_each_record():
    header, first, second = csv.reader(io.StringIO(converted(DUMP, "csv").decode()))
    row = dict(zip(header, first, strict=True))
    assert row == {
        "id": "7",
        "state": "chan send",
        "wait_minutes": "3",
        "leaked": "",
        "locked_to_thread": "true",
        "labels": "tenant==2+3",
        "created_by": "main.start /src/m.go:5",
        "parent_id": "1",
        "text_line": "1",
        "function": "main.worker",
        "file": "/src/m.go",
        "line": "12",
        "stack": "main.worker /src/m.go:12; main.run /src/m.go:9; main.loop /src/m.go:8",
    }
    assert second[0] == "8"


@pytest.mark.parametrize("function", ["=HYPERLINK", " =1+1", "@cmd", "\uff1d1+1"])
def test_csv_gives_spreadsheets_no_formula(function):
    stack = Stack((Frame(function, "/src/m.go", 12),))
    profile = CountProfile("goroutine", 1, (CountSample(1, stack, 2),))
    text = b"".join(convert(Capture("goroutine-profile", 1, 2, profile), "csv")).decode()
    header, row = csv.reader(io.StringIO(text))
    assert dict(zip(header, row, strict=True))["function"] == f"'{function}"


def test_csv_names_a_file_without_a_line():
    stack = Stack((Frame("main.f", "/src/m.go"),))
    profile = CountProfile("goroutine", 1, (CountSample(1, stack, 2),))
    text = b"".join(convert(Capture("goroutine-profile", 1, 2, profile), "csv")).decode()
    assert text.endswith(",main.f /src/m.go\n")


@pytest.mark.parametrize("name", CONVERTERS)
def test_an_empty_profile_converts(name):
    assert isinstance(converted("goroutine profile: total 0\n", name), bytes)


@pytest.mark.parametrize("name", CONVERTERS)
def test_what_has_no_stacks_is_refused(name):
    [capture] = read("# runtime.MemStats\n# Alloc = 5\n").captures
    with pytest.raises(UnreadableInputError, match="memstats"):
        b"".join(convert(capture, name))


def test_an_unknown_format_is_refused():
    with pytest.raises(SettingsError, match="no format 'xml' to convert to: there are pprof, folded"):
        converted(HEAP, "xml")
