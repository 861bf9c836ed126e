"""What a paste does to single lines costs no record: remarks, half-lost marks, links, a text cut in its last line."""

import pytest

from debugtext.reading import read

WAIT = "goroutine 7 [select, 12 minutes]:\n"
SAMPLE = "goroutine profile: total 5\n5 @ 0x4039e10 0x44fd848 0x454c519\n"


def functions(text):
    """The functions on each goroutine's stack."""
    return [
        [frame.function for frame in group.stack.frames]
        for capture in read(text.encode()).captures
        for group in capture.groups()
    ]


@pytest.mark.parametrize(
    "remark", ["  ← waits for b", " <- waits", " // here", "\t# here", "  -- here", " ; here", " 👈"]
)
def test_a_remark_behind_a_call_does_not_take_in_the_next_one(remark):
    text = f"{WAIT}sync.(*Mutex).Lock(0xc000100080){remark}\nmain.move(0xc000100000, 0xc1)\n    main.go:18\n"
    assert functions(text) == [["sync.(*Mutex).Lock", "main.move"]]


def test_a_picture_behind_a_header_in_goleaks_list_is_a_remark():
    lines = (
        "leaks.go:78: found unexpected goroutines:",
        "    [Goroutine 7 in state sleep, with time.Sleep on top of the stack:",
        "    goroutine 7 [sleep]: ![1](img/1.png)",
        "    main.one()",
        "       /src/main.go:5 +0x1d",
        "    main.two()",
        "       /src/main.go:7 +0x1d",
        "    created by main.run",
        "       /src/main.go:3 +0x1d",
        "    ]",
    )
    text = "=== RUN   TestCart\n" + "".join(f"    {line}\n" for line in lines) + "--- FAIL: TestCart (0.44s)\n"
    assert functions(text) == [["main.one", "main.two"]]


def test_leaktests_first_call_may_be_wrapped_within_its_arguments():
    call = "main.(*Cart).put(0x7f6746f45c38, 0xc820286000, 0x\nc8201ab500, 0xc820099360)\n"
    text = f"1 instances of:\n{call}\t/src/main.go:5 +0x1d\ncreated by main.run\n\t/src/main.go:3 +0x1d\n"
    assert functions(f"Too many goroutines running after all test(s).\n{text}") == [["main.(*Cart).put"]]


@pytest.mark.parametrize("note", ["", "#\t5 of these stand here: a leak\n"], ids=["frames alone", "a note between"])
def test_frames_without_locations_and_tabs_are_named(note):
    frames = "#\t0x4039e0f  runtime.gopark+0x64\n#\t0x44fd847  shop.(*Cart).wait+0x97\n#\t\tcart.go:8  <- the leak\n"
    capture = read(f"{SAMPLE}{note}{frames}\n".encode()).captures[0]
    [group] = capture.groups()
    assert [(frame.function, frame.file, frame.line) for frame in group.stack.frames] == [
        ("runtime.gopark", None, None),
        ("shop.(*Cart).wait", "cart.go", 8),
    ]
    assert [problem.line for problem in capture.problems] == ([3] if note else [])


@pytest.mark.parametrize("last", ["      \n", "\n", ""], ids=["blanks", "a blank line", "nothing"])
def test_blanks_in_place_of_locations_part_no_stack(last):
    text = f"{WAIT}main.one(0x1)\n      \nmain.(*Cart).two(0xc000100000)\n{last}"
    assert functions(text) == [["main.one", "main.(*Cart).two"]]


@pytest.mark.parametrize("above", ["", "panic: no cart\n\n"], ids=["alone", "below a headline"])
@pytest.mark.parametrize("tabs", ["\t", "\t\t"])
def test_a_header_that_is_pushed_in_by_tabs_is_one(above, tabs):
    one = f"{tabs}{WAIT}main.one()\n\t/src/main.go:5 +0x1d\n\n"
    assert functions(above + one + one.replace("7", "8", 1)) == [["main.one"]]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        pytest.param("shop.(*Cart).Put(0xc000095d78, {0x1", ["shop.(*Cart).Put"], id="in the arguments"),
        pytest.param("shop.(*Cart).Put(", ["shop.(*Cart).Put"], id="behind the bracket"),
        pytest.param("shop.(*Cart).Put(0x1)", ["shop.(*Cart).Put"], id="behind the call"),
        pytest.param("shop.(*Cart).Put(0x1)\n\t/src/shop/ca", ["shop.(*Cart).Put"], id="in the location"),
        pytest.param("shop.(*Ca", [], id="in the name"),
        pytest.param("and so on (and on", [], id="prose"),
    ],
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_the_first_call_of_a_goroutine_outlives_the_end_of_the_text(rest, expected, end):
    text = f"{WAIT}main.one()\n\t/src/main.go:5 +0x1d\n\n{WAIT.replace('7', '8')}{rest}{end}"
    assert functions(text) == [["main.one"], expected]


def test_a_line_with_a_tab_alone_is_blank():
    two = "".join(f"goroutine {n} [select]:\nmain.f{n}()\n\t/src/main.go:{n} +0x1d\n\t\n" for n in (1, 2))
    assert functions(two) == [["main.f1"], ["main.f2"]]


@pytest.mark.parametrize(
    "frame",
    [
        pytest.param("#\t0x44fd847\tshop.(*Cart).wait+0x97 /src/shop/cart.go:8", id="a blank for the tab"),
        pytest.param("# 4x44fd847 shop.(*Cart).wait+0x97 /src/shop/cart.go:8", id="a mistyped address"),
    ],
)
def test_a_frame_below_a_sample_is_one_by_its_offset(frame):
    below = "#\t0x454c518\tshop.Run+0x48\t\t\t/src/shop/run.go:43\n"
    assert functions(f"{SAMPLE}{frame}\n{below}") == [["shop.(*Cart).wait", "shop.Run"]]


@pytest.mark.parametrize("end", ["", "?)"])
def test_names_that_were_taken_for_addresses_of_pages(end):
    name = "example.com/shop.(*Cart).wait(0x1"
    text = f"{WAIT}[{name}](http://{name}){end or ')'}\n\t/src/shop/cart.go:8 +0x1d\n"
    assert functions(text) == [["example.com/shop.(*Cart).wait"]]


def test_a_mark_of_comments_may_have_lost_its_tab():
    lines = (
        "a_test.go:3: found unexpected goroutines:",
        "[Goroutine 5 in state select, with shop.wait on top of the stack:",
        "shop.wait()",
        "/src/shop/cart.go:8 +0x1d",
        "created by shop.Run in goroutine 3",
        "/src/shop/run.go:9 +0x1d",
        "]",
    )
    comment = "".join(f"\t//{'' if line[0] == '[' else chr(9)}{line}\n" for line in lines)
    [[function]] = functions(f"func f() {{\n{comment}\t// So it is.\n\tx := 1\n}}\n")
    assert function == "shop.wait"


def test_a_leak_checker_may_begin_with_a_goroutine_that_lost_its_header():
    stack = "shop.wait(0xabec80)\n    /src/shop/cart.go:8 +0xde\ncreated by shop.Run\n    /src/shop/run.go:9 +0x2dc\n"
    text = stack + "".join(f"a_test.go:31: Leaked goroutine: goroutine {n} [select]:\n{stack}" for n in (30, 57))
    counts = {capture.format: capture.body.goroutines for capture in read(text.encode()).captures}
    assert [goroutine.id for goroutine in counts["crash"]] == [30, 57]


def test_a_caption_alone_is_a_goroutine():
    heading = "    a_test.go:8: found unexpected goroutines:\n"
    text = f"{heading}        [Goroutine 7 in state select, with shop.wait on top of the stack:]\n"
    assert functions(text) == [["shop.wait"]]
