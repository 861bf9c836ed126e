"""Stacks as `go tool pprof -traces` prints them of goroutines, with and without what stands around them."""

import pytest

from debugtext.reading import read

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


@pytest.mark.parametrize(
    "text",
    [
        "runtime.gopark(proc.go:337)\nruntime.chansend(chan.go:257)\nshop.(*Cart).put(cart.go:101)  <-- for ever\n",
        "runtime.gopark (/go/proc.go:337)\nruntime.chansend (/go/chan.go:257)\nshop.(*Cart).put (/src/cart.go:101)\n",
        "runtime.gopark proc.go:337\nruntime.chansend chan.go:257\nshop.(*Cart).put cart.go:101\n",
    ],
    ids=["in brackets", "behind a blank", "without brackets"],
)
@pytest.mark.parametrize("fence", ["", "```\n"])
def test_what_an_editor_copies_of_a_stopped_program_is_a_goroutine(text, fence):
    (capture,) = read(f"It hangs here:\n\n{fence}{text}{fence}\nWhy?\n".encode()).captures
    (goroutine,) = capture.body.goroutines
    assert [(frame.function, frame.line) for frame in goroutine.stack.frames] == [
        ("runtime.gopark", 337),
        ("runtime.chansend", 257),
        ("shop.(*Cart).put", 101),
    ]
    assert goroutine.line == (4 if fence else 3)
