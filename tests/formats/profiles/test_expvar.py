"""/debug/vars, as expvar prints it, as tools lay it out again, and broken."""

import json

import pytest

from debugtext import MemStats, read

VARS = """{
"cmdline": ["./server"],
"memstats": {"Alloc":34010936,"TotalAlloc":36425408,"PauseNs":[7,0],"GCCPUFraction":0.5,"BySize":[{"Size":8}]},
"requests": 17
}
"""
READ = MemStats(alloc_bytes=34010936, total_alloc_bytes=36425408, pause_ns=(7, 0), gc_cpu_fraction=0.5, line=3)


@pytest.mark.parametrize(
    ("text", "first_line", "last_line"),
    [
        (VARS, 3, 3),
        (json.dumps(json.loads(VARS)) + "\n", 1, 1),
        (json.dumps(json.loads(VARS), separators=(",", ":")), 1, 1),
        (json.dumps(json.loads(VARS), indent=2), 5, 18),
        (json.dumps(json.loads(VARS), indent=2).replace("\n", "\r\n"), 5, 18),
    ],
    ids=["as expvar prints it", "on one line", "compact", "laid out", "laid out, CRLF"],
)
def test_the_memstats_of_vars_are_read(text, first_line, last_line):
    [capture] = read(text).captures
    assert (capture.format, capture.first_line, capture.last_line) == ("memstats", first_line, last_line)
    assert capture.body == MemStats(**{name: getattr(READ, name) for name in READ.__slots__} | {"line": first_line})
    assert (capture.problems, capture.truncated) == ((), False)


@pytest.mark.parametrize("text", [VARS[:90], VARS.replace(":[7,0]", ":[7,,0]"), '"memstats": {' + '{"a":' * 100_000])
def test_broken_vars_are_a_problem_with_its_line(text):
    [capture] = read(text).captures
    assert capture.truncated
    [problem] = capture.problems
    assert problem.line == capture.first_line
    assert problem.message == "the memstats are no whole JSON object"


def test_what_follows_the_object_is_read():
    goroutine = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:1 +0x1\n"
    assert [capture.format for capture in read(VARS + goroutine).captures] == ["memstats", "goroutine-dump"]


BARE = '{"Alloc":34010936,"TotalAlloc":36425408,"HeapAlloc":34010937,"HeapIdle":7,"PauseNs":[7,0]}'


@pytest.mark.parametrize("laid_out", [BARE, json.dumps(json.loads(BARE), indent=2), "{\n" + BARE[1:]])
def test_the_object_alone_is_read(laid_out):
    [capture] = read("The numbers:\n" + laid_out + "\nand so on\n").captures
    assert capture.format == "memstats"
    assert capture.body.heap_alloc_bytes == 34010937
    assert not capture.problems


def test_what_is_there_of_a_cut_object_is_read():
    [capture] = read(BARE[: BARE.index("Idle")]).captures
    assert capture.body.heap_alloc_bytes == 34010937
    assert capture.truncated


def test_another_programs_alloc_is_none():
    assert not read('{"Alloc": 3, "Free": 4}\n' + '"Alloc": 1,\n' * 5).captures
