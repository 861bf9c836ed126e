"""What `go tool pprof -raw` prints gives the records of the profile itself."""

import pytest

from debugtext.formats.pprof import raw as pprof_raw
from debugtext.formats.pprof.binary_profile import read_binary_profile
from debugtext.records.heap import Allocation
from debugtext.records.values import ValueProfile

from ..parsing import captures_by

HEAP = """\
PeriodType: space bytes
Period: 524288
Samples:
alloc_objects/count alloc_space/bytes inuse_objects/count inuse_space/bytes[dflt]
       3250   53252266       1592   26093610: 1 2
                bytes:[16384]
Locations
     1: 0x6e9495 M=1 shop.Fill.func1 /src/my shop/store.go:399:0 s=397
             shop.Fill /src/my shop/store.go:19 s=17
     2: 0x6e70e7 M=1 shop.main C:/src/main.go:19:0 s=17
Mappings
1: 0x400000/0x7a6000/0x0 /src/shop/shop  [FN]
"""


def captures(text):
    return captures_by(pprof_raw, text=text)


def test_it_is_the_profile_that_it_was_printed_of(samples):
    text = (samples / "raw" / "goroutine-go1.26.txt").read_text()
    [capture] = captures(text)
    binary = read_binary_profile((samples / "other" / "goroutine.pb.gz").read_bytes())
    assert (capture.format, capture.body, capture.problems) == (binary.format, binary.body, ())
    assert (capture.first_line, capture.last_line) == (2, text.count("\n"))


def test_a_heaps_numbers_are_those_that_were_sampled():
    [capture] = captures(HEAP)
    [sample] = capture.body.samples
    assert (capture.format, capture.body.rate) == ("heap", 524288)
    assert sample.alloc.estimated(capture.body.rate) == Allocation(3250, 53252266)
    assert [(frame.function, frame.file, frame.line, frame.inlined) for frame in sample.stack.frames] == [
        ("shop.Fill.func1", "/src/my shop/store.go", 399, True),
        ("shop.Fill", "/src/my shop/store.go", 19, False),
        ("shop.main", "C:/src/main.go", 19, False),
    ]


@pytest.mark.parametrize(
    ("kinds", "values", "kind"),
    [
        ("contentions/count delay/nanoseconds", "10902 60207865041", "block"),
        ("samples/count cpu/nanoseconds[dflt]", "3 30000000", "profile"),
        ("goroutineleak/count", "12", "goroutine-profile"),
    ],
)
def test_the_kinds_of_its_numbers_tell_what_it_is(kinds, values, kind):
    text = f"Samples:\n{kinds}\n  {values}: 1 \n   shop:[a b] row:[7]\nLocations\n 1: 0x1 shop.f /src/a.go:3 s=1\n"
    [capture] = captures(text)
    assert kind in (capture.format, getattr(capture.body, "kind", ""))
    assert [frame.function for frame in capture.body.samples[0].stack.frames] == ["shop.f"]
    if isinstance(capture.body, ValueProfile):
        assert capture.body.samples[0].labels == (("shop", "a b"), ("row", "7"))


def test_where_the_locations_are_cut_off_it_says_so():
    [capture] = captures(HEAP.partition("Locations")[0])
    assert capture.truncated
    assert [(problem.line, problem.message) for problem in capture.problems] == [(6, pprof_raw.CUT_OFF)]


def test_samples_below_zero_are_of_a_comparison_and_left_out():
    [capture] = captures(HEAP.replace("Locations\n", "         -1        -20         -1        -20: 2\nLocations\n"))
    assert [(problem.line, problem.message) for problem in capture.problems] == [(7, pprof_raw.DIFFERENCE)]
    assert (len(capture.body.samples), capture.truncated) == (1, False)


@pytest.mark.parametrize(
    "text", ["Samples:\n", "Samples:\nof blood\n", "Samples:\ncpu/nanoseconds\n", "Samples:\na/count b/count\n 1: 2\n"]
)
def test_other_samples_are_none(text):
    assert captures(text) == []
