"""block and mutex profiles: cycles before counts, time from cycles per second, the sampling period as printed."""

import json
import re
from unittest.mock import patch

import pytest

from debugtext.formats import grammar
from debugtext.formats.profiles import contention
from debugtext.pieces.text import Cursor, Piece
from debugtext.records.captures import Problem
from debugtext.records.contention import ContentionSample
from debugtext.records.frames import Frame, Stack

RECORDS = """516817365 75 @ 0x6be392 0x6be31a 0x4935c1
#	0x6be391	sync.(*Mutex).Unlock+0x91	/go/src/sync/mutex.go:65
#	0x6be319	main.main.func19+0x19		/src/m/main.go:134

2250 1 @ 0x6be31a
#	0x6be319	main.main.func19+0x19	/src/m/main.go:134

"""
MUTEX = f"--- mutex:\ncycles/second=2250004370\nsampling period=5\n{RECORDS}"
BLOCK = f"--- contention:\ncycles/second=2250004370\n{RECORDS}"

FRAME = Frame("main.main.func19", "/src/m/main.go", 134, 0x19, 0x6BE319)
UNLOCK = Frame("sync.(*Mutex).Unlock", "/go/src/sync/mutex.go", 65, 0x91, 0x6BE391)
FIRST = Stack((UNLOCK, FRAME), (0x6BE392, 0x6BE31A, 0x4935C1))
SECOND = Stack((FRAME,), (0x6BE31A,))


def parse(text: str, *, plain: bool = False):
    with patch.object(grammar, "LARK_ALONE", plain):
        return contention.parse(Cursor([Piece(text, 1)]))


@pytest.mark.parametrize("plain", [pytest.param(False, id="fast path"), pytest.param(True, id="Lark alone")])
@pytest.mark.parametrize(
    ("text", "kind", "period", "line"),
    [pytest.param(MUTEX, "mutex", 5, 4, id="mutex"), pytest.param(BLOCK, "block", None, 3, id="block")],
)
def test_a_profile_is_read_whole(text, kind, period, line, plain):
    capture = parse(text, plain=plain)
    assert capture.problems == ()
    assert not capture.truncated
    assert (capture.format, capture.first_line, capture.last_line) == ("contention", 1, line + 5)
    profile = capture.body
    assert (profile.kind, profile.cycles_per_second, profile.sampling_period) == (kind, 2250004370, period)
    assert profile.samples == (
        ContentionSample(516817365, 75, FIRST, line),
        ContentionSample(2250, 1, SECOND, line + 4),
    )
    delays = [number for _, number in profile.weighted_stacks(profile.sample_kinds[1])]
    assert delays == [229696160, 999]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        pytest.param(MUTEX, "As printed; if Go 1.19 or older wrote it, multiply by 5 (sampling period).", id="mutex"),
        pytest.param(MUTEX.replace("=5", "=1"), "", id="every event was sampled"),
        pytest.param(MUTEX.replace("=5", "=0"), "", id="profiling is off by now"),
        pytest.param(BLOCK, "", id="block"),
    ],
)
def test_what_the_sampling_period_means_is_said(text, note):
    assert parse(text).body.note == note


@pytest.mark.parametrize(
    ("text", "last_line"),
    [
        pytest.param("--- contention:\ncycles/second=0\n", 2, id="no cycles per second"),
        pytest.param("--- mutex:\ncycles/second=1\nsampling period=0\n", 3, id="no records"),
        pytest.param("--- mutex:\n", 1, id="no attributes"),
    ],
)
def test_empty_profiles(text, last_line):
    capture = parse(text)
    assert capture.problems == ()
    assert not capture.truncated
    assert (capture.body.samples, capture.last_line) == ((), last_line)
    assert capture.body.delay_ns(12) in {0, 12_000_000_000}


def test_the_attributes_of_other_programs_are_stepped_over():
    text = "--- contention:\ncycles/second = 1000000000\nms since reset = 12\ndiscarded samples = 0\n" + RECORDS
    capture = parse(text)
    assert capture.problems == ()
    assert capture.body.delay_ns(5) == 5


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(RECORDS, "mutex", id="unlocks"),
        pytest.param(RECORDS.partition("\n\n")[2], "block", id="anything else"),
        pytest.param(f"cycles/second=5\nsampling period=2\n{RECORDS}", "mutex", id="a sampling period"),
    ],
)
def test_a_paste_without_title(text, kind):
    capture = parse(text)
    assert capture.body.kind == kind
    assert capture.problems == ()
    assert capture.body.samples


def test_half_a_sample_line_does_not_begin_a_count_profile():
    capture = parse(MUTEX.replace("516817365 75 @", "75 @"))
    assert [sample.cycles for sample in capture.body.samples] == [2250]
    expected = "frame or sample"
    found = "75 @ 0x6be392 0x6be31a 0x4935c1"
    assert capture.problems == (
        Problem(4, "3 lines from here on are not part of a contention profile", expected, found),
    )


@pytest.mark.parametrize(
    ("line", "is_contention"),
    [
        pytest.param("--- contention:", True, id="block"),
        pytest.param("--- mutex:", True, id="mutex"),
        pytest.param("cycles/second=1000000000", True, id="the title is lost"),
        pytest.param("516817365 75 @ 0x6be392", True, id="sample"),
        pytest.param("--- FAIL: TestMutex", False, id="a test"),
        pytest.param("--- mutex: it is slow", False, id="a sentence"),
        pytest.param("75 @ 0x6be392", False, id="a count sample"),
    ],
)
def test_recognizes(line, is_contention):
    assert contention.recognizes(line) is is_contention


@pytest.mark.shared
def test_every_record_of_the_corpus_is_kept(corpus):
    files = [corpus / file for case in _cases(corpus) for file in case["files"] if file.endswith(".txt")]
    assert len(files) > 150
    for file in files:
        text = file.read_text("utf-8")
        capture = parse(text)
        assert capture.problems == (), file
        assert not capture.truncated, file
        numbers = re.findall(r"(?m)^(-?\d+) (-?\d+) @", text)
        assert [(s.cycles, s.count) for s in capture.body.samples] == [(int(a), int(b)) for a, b in numbers], file
        assert capture.body.kind == ("mutex" if "/mutex" in str(file) else "block"), file


@pytest.mark.shared
def test_samples_equal_those_of_pprof(corpus):
    """It multiplies mutex texts by the sampling period, whatever version wrote them (see ContentionProfile.note)."""
    oracles = [corpus / o for case in _cases(corpus) for o in case["oracles"] if o.endswith(".txt.pprof-raw.txt")]
    assert len(oracles) > 3
    for oracle in oracles:
        profile = parse(oracle.with_name(oracle.name.removesuffix(".pprof-raw.txt")).read_text("utf-8")).body
        rows = re.findall(r"(?m)^ *(\d+) +(\d+): [\d ]+$", oracle.read_text("utf-8"))
        period = profile.sampling_period or 1
        ours = sorted((s.count * period, profile.delay_ns(s.cycles * period)) for s in profile.samples)
        assert [count for count, _ in ours] == sorted(int(count) for count, _ in rows), oracle
        # pprof scales before it truncates
        theirs = sorted((int(count), int(delay)) for count, delay in rows)
        assert all(abs(a[1] - b[1]) <= period for a, b in zip(ours, theirs, strict=True)), oracle


def _cases(corpus):
    cases = json.loads((corpus / "manifest.json").read_text("utf-8"))["cases"]
    return [case for case in cases if case["endpoint"].endswith(("/block", "/mutex")) and case["debug"] == 1]
