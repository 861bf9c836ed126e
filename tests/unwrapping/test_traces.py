"""Stacks as `go tool pprof -traces` prints them of goroutines, with and without what stands around them."""

from collections import Counter
from pathlib import Path

import pytest

from debugtext.errors import UnreadableInputError
from debugtext.reading import read
from debugtext.renderers.pprof.traces import render_traces
from debugtext.views.from_records import capture_table
from debugtext.views.options import ViewOptions

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LED = " " * 11
RULER = "-----------+-------------------------------------------------------\n"
ONE = (
    "     350   runtime.gopark\n           runtime.chanrecv (inline)\n           example.com/shop.(*Cart).wait.func1\n"
)
TWO = "       2   runtime.gopark\n           runtime.selectgo\n           shop.Run\n"
NAMES = ("runtime.gopark", "runtime.chanrecv", "example.com/shop.(*Cart).wait.func1")


def records(text):
    """The count and the functions of each record."""
    return [
        (sample.count, tuple(frame.function for frame in sample.stack.frames))
        for capture in read(text.encode()).captures
        for sample in capture.body.samples
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"File: shop\nType: goroutine\n{RULER}{ONE}{RULER}{TWO}{RULER}", id="as printed"),
        pytest.param(f"I see:\n```\n{ONE}\n{TWO}```\n", id="pasted"),
        pytest.param(f"{ONE}\n{TWO}", id="alone"),
        pytest.param(f"{ONE.replace(chr(10), '  ' + chr(10))}\n{TWO}", id="blanks behind"),
    ],
)
def test_each_stack_is_a_record(text):
    assert records(text) == [(350, NAMES), (2, ("runtime.gopark", "runtime.selectgo", "shop.Run"))]


def test_the_places_of_lines_are_kept():
    top = f"       7   runtime.gopark /go/src/runtime/proc.go:402\n{LED}runtime.chanrecv /go/src/runtime/chan.go:583"
    text = f"I see:\n{top} (inline)\n{LED}shop.(*Cart).wait /src/my-shop/cart.go:12\n"
    (capture,) = read(text.encode()).captures
    (sample,) = capture.body.samples
    assert (sample.count, [(frame.function, frame.file, frame.line) for frame in sample.stack.frames]) == (
        7,
        [
            ("runtime.gopark", "/go/src/runtime/proc.go", 402),
            ("runtime.chanrecv", "/go/src/runtime/chan.go", 583),
            ("shop.(*Cart).wait", "/src/my-shop/cart.go", 12),
        ],
    )


def test_a_list_of_functions_is_a_stack():
    assert records("There are many of:\n\n" + "".join(f"{name} \n" for name in (*NAMES, "runtime.goexit"))) == [
        (1, (*NAMES, "runtime.goexit"))
    ]


def test_the_lines_keep_their_numbers(numbered):
    lines = numbered(f"I see:\n{ONE}")
    assert [number for number, _ in lines] == [1, 2, 2, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("runtime.gopark\nis where they all wait.\nmain.main\nshop.Run\n", id="prose"),
        pytest.param(f"    10ms   runtime.findRunnable\n{LED}runtime.schedule\n{LED}runtime.mcall\n", id="CPU"),
        pytest.param("runtime.gopark\nruntime.chanrecv\n", id="two names"),
        pytest.param("runtime.gopark\n  runtime.chanrecv\n    main.main\n", id="a drawing"),
    ],
)
def test_other_lists_are_none(text):
    assert records(text) == []


VIEW = f"""File: shop
Type: goroutine
Time: 2026-11-23 21:26:16 UTC
{RULER}    tenant:  a
   handler:  /say "hi"
        30   runtime.gopark{{}}
             runtime.chansend{{}}
             main.work{{}}
{RULER}         1   runtime.goroutineProfileWithLabels{{}}
             main.main{{}}
{RULER}"""


@pytest.mark.parametrize(
    "places", [pytest.param(["", "", ""], id="as usual"), pytest.param([" /a/b.go:7"], id="-lines")]
)
def test_a_whole_output_is_a_profile_with_all_goroutines_and_labels(places):
    text = VIEW.format(*(places * 5)[:5])
    reading = read(text.encode())
    (capture,) = reading.captures
    assert not list(reading.all_problems())
    assert (capture.first_line, capture.last_line, capture.body.total) == (2, 12, 31)
    assert [(one.count, len(one.stack.frames), one.labels) for one in capture.body.samples] == [
        (30, 3, (("tenant", "a"), ("handler", '/say "hi"'))),
        (1, 2, ()),
    ]
    assert {(frame.file, frame.line) for one in capture.body.samples for frame in one.stack.frames} == {
        ("/a/b.go", 7) if len(places) == 1 else (None, None)
    }


@pytest.mark.parametrize("kind", ["inuse_space", "cpu", "delay"])
def test_other_outputs_are_refused_with_advice(kind):
    with pytest.raises(UnreadableInputError, match=r"this is a view of `go tool pprof` \(-traces"):
        read(f"Type: {kind}\n{RULER}    10ms   shop.Find\n{LED}  main.main\n{RULER}".encode())


@pytest.mark.parametrize(
    "sample",
    [
        *("goroutine/chan-send-go1.27", "goroutine/dotted-path-go1.27", "goroutine/generics-go1.25"),
        *("goroutine/influxdb-go1.19-2", "goroutine/labels-go1.26", "goroutine/spaces-go1.27"),
        *("goroutine/unicode-go1.27", "goroutine/winpaths-go1.21", "goroutine/leakprofile-go1.27"),
        "threadcreate/cgo-go1.27",
    ],
)
def test_our_own_traces_are_read_back(sample):
    before = read(SAMPLES / f"{sample}.txt").captures[0]
    (after,) = read(render_traces(capture_table(before), ViewOptions()).encode()).captures
    assert after.body.name == before.body.name
    assert after.body.total == sum(stacks_of(before).values())
    assert stacks_of(after) == stacks_of(before)


def stacks_of(capture):
    """How many goroutines have each stack, whatever their labels; one without frames is in no view."""
    counts = Counter()
    for sample in filter(lambda sample: sample.stack.frames, capture.body.samples):
        counts[sample.stack.functions] += sample.count
    return counts
