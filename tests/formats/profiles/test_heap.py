"""heap and allocs texts: what each line gives, what is saved of broken ones, and the totals of pprof."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from unittest.mock import patch

import pytest

from debugtext.formats import grammar
from debugtext.formats.profiles import heap
from debugtext.pieces.text import Cursor, Piece
from debugtext.reading import read
from debugtext.records.captures import Problem
from debugtext.records.frames import Frame, Stack
from debugtext.records.heap import Allocation, HeapSample

HEADER = "heap profile: 3: 4112 [415: 30306320] @ heap/1048576\n"
FIRST = """0: 0 [411: 30302208] @ 0x48a31a 0x6bc445 0x6bd6e5 0x453467 0x4935c1
#	0x6bc444	gopkg.in/yaml%2ev2.Alloc+0x24	/src/m/yaml.v2/y.go:12
#	0x6bd6e4	main.main+0xe84			/src/m/main.go:140
#	0x453466	runtime.main+0x426		/go/src/runtime/proc.go:302
"""
SECOND = """3: 4112 [4: 4112] @ 0x6bd6e5
#	0x6bd6e4	main.main+0xe84	/src/m/main.go:140
"""
MEMSTATS = """
# runtime.MemStats
# Alloc = 2101232
# HeapAlloc = 2101232
# Stack = 524288 / 1048576
# PauseNs = [30208 14336 0 0]
# NumGC = 2
# GCCPUFraction = 1.2e-05
# DebugGC = false
# MaxRSS = 14843904
"""
WHOLE = f"{HEADER}{FIRST}\n{SECOND}\n{MEMSTATS}"

MAIN = Frame("main.main", "/src/m/main.go", 140, 0xE84, 0x6BD6E4)
FIRST_STACK = Stack(
    frames=(
        Frame("gopkg.in/yaml.v2.Alloc", "/src/m/yaml.v2/y.go", 12, 0x24, 0x6BC444),
        MAIN,
        Frame("runtime.main", "/go/src/runtime/proc.go", 302, 0x426, 0x453466),
    ),
    addresses=(0x48A31A, 0x6BC445, 0x6BD6E5, 0x453467, 0x4935C1),
)
FIRST_SAMPLE = HeapSample(Allocation(0, 0), Allocation(411, 30302208), FIRST_STACK, line=2)
SECOND_SAMPLE = HeapSample(Allocation(3, 4112), Allocation(4, 4112), Stack((MAIN,), (0x6BD6E5,)), line=7)


def parse(text: str, *, plain: bool = False):
    with patch.object(grammar, "LARK_ALONE", plain):
        return heap.parse(Cursor([Piece(text, 1)]))


@pytest.mark.parametrize("plain", [pytest.param(False, id="fast path"), pytest.param(True, id="Lark alone")])
def test_a_profile_is_read_whole(plain):
    capture = parse(WHOLE, plain=plain)
    assert capture.problems == ()
    assert not capture.truncated
    assert (capture.format, capture.first_line, capture.last_line) == ("heap", 1, 19)
    profile = capture.body
    assert profile.samples == (FIRST_SAMPLE, SECOND_SAMPLE)
    assert (profile.header_inuse, profile.header_alloc) == (Allocation(3, 4112), Allocation(415, 30306320))
    assert (profile.header_kind, profile.rate) == ("heap", 524288)
    assert profile.memstats.line == 12
    assert profile.memstats.heap_alloc_bytes == 2101232
    assert (profile.memstats.stack_inuse_bytes, profile.memstats.stack_sys_bytes) == (524288, 1048576)
    assert profile.memstats.pauses_ns == (30208, 14336)
    assert profile.memstats.gc_cpu_fraction == 1.2e-05
    assert profile.memstats.debug_gc is False
    assert profile.memstats.max_rss_bytes == 14843904


@pytest.mark.parametrize(
    ("header", "rate"),
    [
        pytest.param("@ heap/1048576", 524288, id="Go prints twice the rate"),
        pytest.param("@ heap/2", 1, id="every allocation"),
        pytest.param("@ heap/0", 0, id="profiling off"),
        pytest.param("@ heap/3", 1, id="an odd number is cut"),
        pytest.param("@ heap_v2/524288", 524288, id="heap_v2 is not doubled"),
        pytest.param("@ heapprofile", 1, id="heapprofile is not sampled"),
    ],
)
def test_rates(header, rate):
    assert parse(f"heap profile: 0: 0 [0: 1] {header}\n").body.rate == rate


@pytest.mark.parametrize(
    ("raw", "rate", "estimate"),
    [
        pytest.param((0, 0), 524288, (0, 0), id="nothing"),
        pytest.param((0, 512), 524288, (0, 0), id="bytes without objects"),
        pytest.param((5, 0), 524288, (0, 0), id="objects without bytes"),
        pytest.param((7, 112), 1, (7, 112), id="every allocation is sampled"),
        pytest.param((7, 7), 1, (7, 7), id="every allocation of one byte is sampled"),
        pytest.param((7, 112), 0, (7, 112), id="no rate"),
        pytest.param((1, 16), 524288, (32768, 524296), id="a small object stands for many"),
        pytest.param((3, 2**40), 524288, (3, 2**40), id="a large one for itself"),
        pytest.param((-1, -16), 524288, (-32768, -524296), id="a difference of two profiles"),
        pytest.param((10**17, 1), 524288, (10**17, 1), id="no such objects"),
        pytest.param((1, -(10**17)), 1000, (1, -(10**17)), id="no such difference"),
    ],
)
def test_estimates(raw, rate, estimate):
    assert Allocation(*raw).estimated(rate) == Allocation(*estimate)


def test_totals_are_estimated_a_record_at_a_time():
    totals = parse(WHOLE).body.totals()
    assert totals == {
        "inuse_bytes": 1574920,
        "inuse_objects": 1149,
        "alloc_bytes": 2099208 + 230988459,
        "alloc_objects": 2042 + 3132,
        "raw_inuse_bytes": 4112,
        "raw_inuse_objects": 3,
        "raw_alloc_bytes": 30306320,
        "raw_alloc_objects": 415,
    }


def test_equal_stacks_are_one_object():
    again = "1: 16 [1: 16] @ 0x6bd6e5\n#\t0x6bd6e4\tmain.main+0xe84\t\t/src/m/main.go:140\n"
    first, second = parse(f"{SECOND}\n{again}\n").body.samples
    assert first.stack is second.stack


@pytest.mark.parametrize("plain", [pytest.param(False, id="fast path"), pytest.param(True, id="Lark alone")])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WHOLE.replace("\n\n", "\n"), id="no blank lines"),
        pytest.param(WHOLE.replace("\n\n", "\n \t\n"), id="blank lines with blanks in them"),
        pytest.param(WHOLE.replace("\n", "\n\n"), id="a blank line after each line"),
        pytest.param(re.sub("\t+", "\t\t", WHOLE), id="other tabs"),
        pytest.param(re.sub("(?m)$", " \t", WHOLE), id="blanks at the ends of lines"),
        pytest.param(WHOLE.removesuffix("\n"), id="no newline at the end"),
        pytest.param("\n".join(line.replace("0x6bd", "0x6BD") for line in WHOLE.split("\n")), id="upper case"),
    ],
)
def test_another_layout_changes_nothing(text, plain):
    capture = parse(text, plain=plain)
    assert capture.problems == ()
    assert not capture.truncated
    assert [replace(sample, line=0) for sample in capture.body.samples] == [
        replace(sample, line=0) for sample in (FIRST_SAMPLE, SECOND_SAMPLE)
    ]
    assert capture.body.memstats.max_rss_bytes == 14843904


def test_a_paste_without_header_has_the_default_rate():
    capture = parse(f"{FIRST}\n{SECOND}")
    assert capture.body.rate == 524288
    assert capture.body.header_inuse is None
    assert len(capture.body.samples) == 2
    assert capture.problems == ()
    assert not capture.truncated


@pytest.mark.parametrize("plain", [pytest.param(False, id="fast path"), pytest.param(True, id="Lark alone")])
@pytest.mark.parametrize(
    ("text", "samples", "problem"),
    [
        pytest.param(
            WHOLE.replace("#	0x6bd6e4	main.main+0xe84			/src", "#	0x6bd6e4	main.main+"),
            (
                replace(FIRST_SAMPLE, stack=replace(FIRST_STACK, frames=FIRST_STACK.frames[::2])),
                SECOND_SAMPLE,
            ),
            Problem(
                4,
                "this line is not part of a heap profile",
                "the end of the line",
                "#\t0x6bd6e4\tmain.main+/m/main.go:140",
            ),
            id="a broken frame",
        ),
        pytest.param(
            WHOLE.replace("/src/m/main.go:140\n\n", "/src/m/main.go:140 <-- here it leaks\n\n"),
            (FIRST_SAMPLE, SECOND_SAMPLE),
            Problem(
                8,
                "this line is not part of a heap profile",
                "the end of the line",
                "#\t0x6bd6e4\tmain.main+0xe84\t/src/m/main.go:140 <-- here it leaks",
            ),
            id="a remark behind a frame",
        ),
        pytest.param(
            WHOLE.replace("3: 4112 [4: 4112] @", "3: 4112 [4: 4112 @"),
            (FIRST_SAMPLE,),
            Problem(
                7,
                "2 lines from here on are not part of a heap profile",
                "bare address or entry or frame or sample",
                "3: 4112 [4: 4112 @ 0x6bd6e5",
            ),
            id="a broken sample line",
        ),
        pytest.param(
            WHOLE.replace("3: 4112 [4: 4112] @ 0x6bd6e5\n", ""),
            (FIRST_SAMPLE,),
            Problem(
                7,
                "a frame without the sample line above it",
                "a sample",
                "#\t0x6bd6e4\tmain.main+0xe84\t/src/m/main.go:140",
            ),
            id="a lost sample line",
        ),
        pytest.param(
            WHOLE.replace("\n3: 4112 [", "\nand this one is worse:\nsee below\n\n3: 4112 ["),
            (FIRST_SAMPLE, replace(SECOND_SAMPLE, line=10)),
            Problem(7, "2 lines from here on are not part of a heap profile", "a sample", "and this one is worse:"),
            id="remarks between records",
        ),
        pytest.param(
            WHOLE.replace("# NumGC = 2", "# NumGC = two"),
            (FIRST_SAMPLE, SECOND_SAMPLE),
            Problem(16, "this line is not part of a heap profile", "", "# NumGC = two"),
            id="a broken line of the MemStats",
        ),
    ],
)
def test_one_broken_line_costs_only_itself(text, samples, problem, plain):
    capture = parse(text, plain=plain)
    assert capture.body.samples == samples
    assert [replace(p, expected="") for p in capture.problems] == [replace(problem, expected="")]
    assert capture.body.memstats.max_rss_bytes == 14843904


@pytest.mark.parametrize("last", ["##[error]Process completed with exit code 1.", "#+end_example", "}}}", "]]>"])
def test_what_others_say_right_below_it_is_none_of_it(last):
    (capture,) = read(f"{WHOLE}{last}\n").captures
    assert (capture.problems, capture.last_line) == ((), 19)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            f"{HEADER}{FIRST}\n",
            "incomplete: the records hold 0 B of the 4 KiB in the header (411 of 415 objects)",
            id="records are missing",
        ),
        pytest.param(
            f"{HEADER.replace('415:', '515:')}{FIRST}\n{SECOND}",
            "incomplete: the records hold 415 of the 515 allocated objects in the header",
            id="only allocated objects are missing",
        ),
        pytest.param(
            f"{HEADER.replace('3: 4112', '3: 1')}{FIRST}\n{SECOND}",
            "inconsistent: the records hold 4 KiB (415 objects), the header counts 1 B (415)",
            id="more than the header counts",
        ),
        pytest.param(f"{HEADER}{FIRST}\n{SECOND}\n", "the text ends before the end of its MemStats", id="no MemStats"),
        pytest.param(WHOLE.partition("# GCCPU")[0], "the text ends before the end of its MemStats", id="half of them"),
        pytest.param(f"{HEADER}{FIRST[:150]}", "the text ends here, in the middle of a line", id="half a line"),
    ],
)
def test_a_cut_text_is_told(text, message):
    capture = parse(text)
    assert capture.truncated
    (problem,) = capture.problems
    assert problem.message.startswith(message)


def test_a_clean_text_is_read_without_importing_lark():
    code = f"""
import sys
from debugtext.formats.profiles import heap
from debugtext.pieces.text import Cursor, Piece
capture = heap.parse(Cursor([Piece({WHOLE!r}, 1)]))
assert len(capture.body.samples) == 2
assert "lark" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_several_profiles_in_one_text_are_captures_each():
    goroutines = "goroutine profile: total 1\n1 @ 0x6bd6e5\n#\t0x6bd6e4\tmain.main+0xe84\t/src/m/main.go:140\n\n"
    captures = read(f"{WHOLE}{WHOLE}\n{goroutines}{WHOLE}").captures
    assert [(c.format, c.first_line, c.last_line) for c in captures] == [
        ("heap", 1, 19),
        ("heap", 20, 38),
        ("goroutine-profile", 40, 42),
        ("heap", 44, 62),
    ]
    assert all(not c.problems for c in captures)


def test_a_record_keeps_its_original_line():
    pieces = [Piece(f"{HEADER}{FIRST}\n", 1, line_numbers=(10, 12, 14, 16, 18, 20)), Piece(f"{SECOND}\n", 100)]
    capture = heap.parse(Cursor(pieces))
    assert [sample.line for sample in capture.body.samples] == [12, 100]
    assert capture.last_line == 101


@pytest.mark.parametrize(
    ("line", "is_heap"),
    [
        pytest.param("heap profile: 107: 6588384 [520: 36972656] @ heap/1048576", True, id="header"),
        pytest.param("heap profile: 0: 0 [0: 1] @ heap/0", True, id="profiling off"),
        pytest.param("0: 0 [411: 30302208] @ 0x48a31a 0x48e7c9", True, id="sample"),
        pytest.param("the heap profile: 107: 6588384 [520: 36972656] @ heap/1048576", False, id="in a sentence"),
        pytest.param("heap profile: total 5", False, id="a count profile called heap"),
        pytest.param("5 @ 0x48a31a", False, id="a count sample"),
        pytest.param("12 5 @ 0x48a31a", False, id="a contention sample"),
        pytest.param("0: 0 [411: 30302208] @", False, id="a sample without addresses"),
    ],
)
def test_recognizes(line, is_heap):
    assert heap.recognizes(line) is is_heap


SAMPLE_LINE = re.compile(r"(?m)^-?\d+: -?\d+ \[-?\d+: -?\d+\] @")


@pytest.mark.shared
def test_every_record_of_the_corpus_is_kept(corpus):
    files = _files(corpus)
    assert len(files) > 200
    for file in files:
        text = file.read_text("utf-8")
        capture = parse(text)
        assert capture.problems == (), file
        assert not capture.truncated, file
        assert len(capture.body.samples) == len(SAMPLE_LINE.findall(text)), file
        assert capture.last_line == text.count("\n"), file
        raw = capture.body.totals()
        assert raw["raw_inuse_bytes"] == capture.body.header_inuse.bytes, file
        assert capture.body.header_alloc.bytes - raw["raw_alloc_bytes"] in {0, 1}, file
        assert capture.body.memstats.debug_gc is False, file


@pytest.mark.shared
def test_estimates_equal_those_of_pprof_to_the_byte(corpus):
    oracles = [corpus / f for f in _oracles(corpus) if f.endswith(".pprof-raw.txt")]
    assert len(oracles) > 2
    for oracle in oracles:
        profile = parse(oracle.with_name(oracle.name.removesuffix(".pprof-raw.txt")).read_text("utf-8")).body
        rows = re.findall(r"(?m)^ *(-?\d+) +(-?\d+) +(-?\d+) +(-?\d+): [\d ]+$", oracle.read_text("utf-8"))
        estimates = [(s.alloc.estimated(profile.rate), s.inuse.estimated(profile.rate)) for s in profile.samples]
        ours = [(alloc.objects, alloc.bytes, inuse.objects, inuse.bytes) for alloc, inuse in estimates]
        assert sorted(ours) == sorted(tuple(map(int, row)) for row in rows), oracle


SHOWN_TOTAL = re.compile(r"(?m)^# sample_index=(\w+)\n(?:(?!#).*\n)*?Showing .* of ([-\d.]+)(\w*) total")
UNITS = {"": 1, "B": 1, "kB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}


@pytest.mark.shared
def test_totals_equal_those_of_pprof(corpus):
    compared = 0
    for oracle in [corpus / f for f in _oracles(corpus) if f.endswith(".txt.pprof-top.txt")]:
        totals = parse(oracle.with_name(oracle.name.removesuffix(".pprof-top.txt")).read_text("utf-8")).body.totals()
        for kind, number, unit in SHOWN_TOTAL.findall(oracle.read_text("utf-8")):
            total = totals[kind.replace("space", "bytes")] / UNITS[unit]
            precision = 0.5 * 10 ** -len(number.partition(".")[2])
            assert total == pytest.approx(float(number), abs=precision * 1.0001), (oracle, kind)
            compared += 1
    assert compared > 500


def _cases(corpus):
    cases = json.loads((corpus / "manifest.json").read_text("utf-8"))["cases"]
    return [c for c in cases if c["endpoint"].endswith(("/heap", "/allocs")) and c["debug"] == 1]


def _files(corpus):
    return [corpus / file for case in _cases(corpus) for file in case["files"] if file.endswith(".txt")]


def _oracles(corpus):
    return [oracle for case in _cases(corpus) for oracle in case["oracles"] if "base-first-last" not in oracle]
