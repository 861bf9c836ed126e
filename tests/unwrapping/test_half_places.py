"""A location that a paste has cut, or that a terminal has wrapped, costs neither its call nor its creator."""

import pytest

from debugtext.reading import read

WAIT = "goroutine 7 [chan receive, 12 minutes]:\n"
FRAME = "shop.(*Cart).wait(0xc000100080)\n{tab}{root}src/shop/cart.go:18 +0xa9\n"
LINE = "{tab}{root}home/ann/src/sh"


def the_group(text):
    [group] = [group for capture in read(text.encode()).captures for group in capture.groups()]
    return group


@pytest.mark.parametrize("tab", ["\t", "    ", "        "])
@pytest.mark.parametrize("root", ["/", "C:/"])
@pytest.mark.parametrize("below", ["", "\n", "\n```\n", "\n```\n\nAny idea?\n", "\n\nAny idea?\n"])
@pytest.mark.parametrize(
    ("last", "functions", "creator"),
    [
        ("shop.Run({{0x1, 0x2}}, 0x3)", ["shop.(*Cart).wait", "shop.Run"], None),
        ("created by shop.(*Cart).Open in goroutine 1", ["shop.(*Cart).wait"], "shop.(*Cart).Open"),
        ("created by shop.(*Cart).Open", ["shop.(*Cart).wait"], "shop.(*Cart).Open"),
    ],
)
def test_the_last_line_of_a_paste_is_half_a_location(tab, root, below, last, functions, creator):
    fence = "```\n" if "```" in below else ""
    text = (WAIT + FRAME + last + "\n" + LINE).format(tab=tab, root=root)
    stack = the_group(f"{fence}{text}{below}").stack
    assert [frame.function for frame in stack.frames] == functions
    assert stack.created_by is creator or (stack.created_by and stack.created_by.function == creator)


def test_half_a_location_is_told_of_with_its_line():
    text = f"{WAIT}shop.Run()\n    /home/ann/src/sh\n\nAny idea?\n"
    [problem] = read(text.encode()).all_problems()
    assert (problem.line, problem.found) == (3, "\t/home/ann/src/sh")
    assert "cut off" in problem.message


@pytest.mark.parametrize("root", ["/", "C:/"])
def test_a_location_wrapped_twice_below_a_creator(root):
    path = f"        {root}home/ann/Documents/Projects/goprojects/src/example.com/ann/training/2".ljust(79, "0")
    text = (
        f"{WAIT}main.merge.func1(0x0)\n{path}\n0_routines/main.go:69\n+0x5e\n"
        f"created by main.merge\n{path}\n0_routines/main.go:76\n+0x10d\n\nexit status 2\n"
    )
    stack = the_group(text).stack
    assert [(frame.function, frame.line, frame.offset) for frame in stack.frames] == [("main.merge.func1", 69, 0x5E)]
    assert (stack.created_by.function, stack.created_by.line) == ("main.merge", 76)
    assert stack.created_by.file == f"{path.strip()}0_routines/main.go"
    assert not list(read(text.encode()).all_problems())


def test_an_offset_on_a_line_of_its_own_belongs_to_the_location_above_it():
    access = (
        "  shop.(*Cart).Put()\n      /src/shop/cart.go:12{gap}+0xa1c\n  shop.Run()\n      /src/shop/run.go:4 +0x1d\n"
    )
    report = (
        f"==================\nWARNING: DATA RACE\nWrite by goroutine 6:\n{access}\n"
        f"Previous read by goroutine 7:\n{access}\nGoroutine 6 (running) created at:\n  shop.Open()\n"
        "      /src/shop/open.go:3{gap}+0x9\n\nGoroutine 7 (finished) created at:\n  shop.Open()\n"
        "      /src/shop/open.go:4{gap}+0x8\n==================\n"
    )
    [printed], [wrapped] = (read(report.format(gap=gap).encode()).captures for gap in (" ", "\n"))
    assert wrapped.problems == ()
    stacks = [
        [part.frames for part in (*capture.body.accesses, *capture.body.creations)] for capture in (printed, wrapped)
    ]
    assert stacks[0] == stacks[1]


@pytest.mark.parametrize("gap", ["\t", "    ", "  \t  "])
@pytest.mark.parametrize(
    "below", ["", "\n", "\n```\n\nAny idea?\n", "\n\n3 @ 0x44346e\n#\t0x44346d\tshop.main+0x1\t/src/m.go:1\n"]
)
@pytest.mark.parametrize(
    "rest", ["", "/src/sh", "example.com/shop@v0.0.0-202401151", "C:/Users/ann/sh", "/src/shop/run.go:"]
)
@pytest.mark.parametrize(
    "sample",
    [
        "goroutine profile: total 7\n4 @ 0x44346f 0x454979",
        "heap profile: 1: 2 [3: 4] @ heap/1048576\n1: 2 [3: 4] @ 0x44346f 0x454979",
    ],
    ids=["goroutines", "heap"],
)
def test_the_last_frame_of_a_sample_is_cut_in_its_location(sample, rest, below, gap):
    if "heap" in sample and "3 @" in below:
        below = below.replace("3 @", "1: 2 [3: 4] @")
    frames = f"\n#{gap}0x44346e{gap}shop.(*Cart).wait+0x2a{gap}/src/shop/cart.go:18"
    frames += f"\n#{gap}0x454978{gap}shop.Run+0x2a{gap}{rest}"
    fence = "```\n" if "```" in below else ""
    [capture] = read(f"{fence}{sample}{frames.rstrip()}{below}".encode()).captures
    first, last = capture.body.samples[0].stack.frames
    assert (first.function, first.line) == ("shop.(*Cart).wait", 18)
    assert (last.function, last.file, last.offset) == ("shop.Run", None, 0x2A)
    assert not rest or any(
        "cut off" in problem.message or "ends here" in problem.message for problem in capture.problems
    )


PRINTED = f"{WAIT}shop.(*Cart).wait(0x1)\n\t/src/shop/cart.go:18 +0xa9\n"


@pytest.mark.parametrize(
    ("rest", "functions"),
    [
        ("shop.(*Ca", []),
        ("shop.(*Cart)", []),
        ("shop.(*Cart).Ru", []),
        ("shop.Ru", []),
        ("shop.Run({0x1", ["shop.Run"]),
        ("shop.Run(0x1)", ["shop.Run"]),
    ],
)
def test_a_name_in_which_the_text_ends_is_no_function(rest, functions):
    stack = the_group(PRINTED + rest).stack
    assert [frame.function for frame in stack.frames] == ["shop.(*Cart).wait", *functions]


@pytest.mark.parametrize("rest", [" i", " in", " in gorou", " in goroutine", " in goroutine 1"])
def test_half_a_parent_is_not_of_its_creators_name(rest):
    assert the_group(f"{PRINTED}created by shop.(*Cart).Open{rest}\n").stack.created_by.function == "shop.(*Cart).Open"


@pytest.mark.parametrize("rest", ["example.com/shop", "example.com/shop.(*Ca", "example.com/shop.Ru"])
def test_a_frames_name_in_which_a_profile_ends_is_no_function(rest):
    frame = "#\t0x44346e\tshop.wait+0x2a\t/src/cart.go:18"
    text = f"goroutine profile: total 4\n4 @ 0x44346f 0x454979\n{frame}\n#\t0x454978\t{rest}"
    [capture] = read(text.encode()).captures
    assert [frame.function for frame in capture.body.samples[0].stack.frames] == ["shop.wait"]
    assert capture.truncated


@pytest.mark.parametrize("rest", ["shop.(*Ca", "shop.(*Cart).c", "shop.Ru"])
def test_a_name_in_which_the_text_ends_right_below_its_header_is_no_function(rest):
    [capture] = read(f"{PRINTED}\ngoroutine 43 [select, 5 minutes]:\n{rest}").captures
    assert [group.stack.functions for group in capture.groups()] == [("shop.(*Cart).wait",), ()]
    assert capture.truncated


def test_names_alone_are_frames_where_all_are_written_so():
    text = f"{WAIT}  sync.(*Mutex).Lock\n  shop.(*Cart).Put"
    assert [frame.function for frame in the_group(text).stack.frames] == ["sync.(*Mutex).Lock", "shop.(*Cart).Put"]


CALLS = """\
goroutine 7 [chan receive, 12 minutes]:
shop.(*Cart).wait(0xc000100080, 0xc000100088, {{0xc000100090, 0x5}}, 0xc000100098)
{tab}/home/ann/go/src/example.com/shop/internal/services/cart/cart.go:18 +0xa9
shop.(*Server).serve(0xc000100080)
{tab}/home/ann/go/src/example.com/shop/server.go:33 +0x19
created by shop.Open in goroutine 1
{tab}/home/ann/go/src/example.com/shop/internal/services/cart/open.go:3 +0x19

goroutine 8 [running]:
shop.main()
{tab}/home/ann/go/src/example.com/shop/main.go:3 +0x19
"""
RACE = """\
==================
WARNING: DATA RACE
Write by goroutine 6:
  shop.(*Cart).Put()
      /home/ann/go/src/example.com/shop/internal/services/cart/cart.go:18 +0xa9
  shop.Run()
      /src/shop/run.go:4 +0x1d

Previous read by goroutine 7:
  shop.(*Cart).Get()
      /home/ann/go/src/example.com/shop/internal/services/cart/cart.go:22 +0xa9

Goroutine 6 (running) created at:
  shop.Open()
      /home/ann/go/src/example.com/shop/internal/services/cart/open.go:3 +0x19
==================
"""


def cut_at(width, text, prefix):
    """What a pager shows of lines behind a prefix, cut at its right margin."""
    return "".join(f"{prefix}{line[:width]}\n" for line in text.splitlines())


PREFIXES = ["", "Jul 13 11:30:19 host shop[204]: ", "2026/01/02 03:04:05 app | "]


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("tab", ["\t", "    ", "        "])
@pytest.mark.parametrize("width", [54, 56, 60])
def test_a_margin_that_cuts_calls_and_locations_costs_no_frame(width, tab, prefix):
    [capture] = read(cut_at(width, CALLS.format(tab=tab), prefix).encode()).captures
    first, second = (group.stack for group in capture.groups())
    assert [frame.function for frame in first.frames] == ["shop.(*Cart).wait", "shop.(*Server).serve"]
    assert first.created_by.function == "shop.Open"
    assert [(frame.function, frame.line) for frame in second.frames] == [("shop.main", 3)]
    assert {problem.line for problem in capture.problems if "cut off" in problem.message} == {2, 3, 7}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_margin_that_cuts_the_locations_of_a_race_costs_no_frame(prefix):
    [capture] = read(cut_at(50, RACE, prefix).encode()).captures
    write, read_ = capture.body.accesses
    assert [(frame.function, frame.line) for frame in write.frames] == [("shop.(*Cart).Put", None), ("shop.Run", 4)]
    assert [frame.function for frame in read_.frames] == ["shop.(*Cart).Get"]
    assert [frame.function for frame in capture.body.creations[0].frames] == ["shop.Open"]
    assert [problem.line for problem in capture.problems] == [5, 11, 15]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_locations_of_a_race_that_are_cut_before_their_offsets_are_whole(prefix):
    text = RACE.replace(" +0xa9", "").replace(" +0x19", "").replace(" +0x1d", "")
    [capture] = read(cut_at(400, text, prefix).encode()).captures
    assert [frame.line for access in capture.body.accesses for frame in access.frames] == [18, 4, 22]
    assert capture.problems == ()


@pytest.mark.parametrize("blank", ["", "\n"])
@pytest.mark.parametrize("arguments", ["(0xc0430b1e20, 0xc04208e2c0)", "({0x4a1b20, 0x5}, ...)", "(...)"])
def test_arguments_on_a_line_of_their_own_are_the_function_s_above(blank, arguments):
    frames = f"shop.run.func5\n{arguments}\n\t/src/shop/run.go:155 +0x1b7\nmain.main()\n\t/src/m.go:9 +0x4\n"
    text = f"{WAIT}{blank}{frames}"
    capture = read(text.encode()).captures[0]
    (group,) = capture.groups()
    assert [(frame.function, frame.line) for frame in group.stack.frames] == [
        ("shop.run.func5", 155),
        ("main.main", 9),
    ]
    assert capture.problems == ()


def test_brackets_below_words_are_not_joined():
    text = f"{WAIT}shop.run(0x1)\n\t/src/shop/run.go:155 +0x1b7\n\nas he said\n(0x1b7)\n"
    (capture,) = read(text.encode()).captures
    assert (capture.last_line, capture.problems) == (3, ())
