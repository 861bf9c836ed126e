"""Stacks that stand in a text without the header of their goroutine."""

import re

import pytest

from debugtext.analysis import analyze
from debugtext.reading import read
from debugtext.renderers.doubts import doubt
from debugtext.renderers.json_captures import capture_fields

ONE = "app.(*T).wait(0xc0)\n\t/src/app/wait.go:17 +0x2d\ncreated by app.New\n\t/src/app/new.go:9 +0x31\n"
ANOTHER = "main.serve(...)\n\t/src/serve.go:3\nmain.main()\n\t/src/main.go:5 +0x1d\n"
WITH_HEADER = "goroutine 7 [select, 9 minutes]:\n" + ANOTHER


def _functions(text: str) -> list[list[tuple[str, ...]]]:
    return [[group.stack.functions for group in capture.groups()] for capture in read(text).captures]


def test_a_stack_alone_is_a_goroutine_of_which_no_state_is_known():
    (capture,) = read(f"It leaks:\n\n{ONE}\nHelp!\n").captures
    (goroutine,) = capture.body.goroutines
    assert (goroutine.state.status, goroutine.line, goroutine.arguments) == ("", 3, (("0xc0",),))
    assert (capture.format, capture.first_line, capture.last_line) == ("goroutine-dump", 3, 6)
    assert [(problem.line, problem.message) for problem in capture.problems] == [
        (3, "a goroutine without its header: its id and its state are not known")
    ]


def test_stacks_before_the_first_header_belong_to_the_dump():
    assert _functions(f"{ONE}\n{ONE.replace('wait', 'read')}\n{WITH_HEADER}") == [
        [("app.(*T).wait",), ("app.(*T).read",), ("main.serve", "main.main")]
    ]


def test_indented_lines_are_read():
    indented = "```\n" + "".join(f"\t\t{line}\n" for line in ONE.splitlines()) + "```\n"
    assert _functions(indented) == [[("app.(*T).wait",)]]


@pytest.mark.parametrize(
    "below", ["", "created by app.New\n", "created by example.com/app\n", "created by example.com/ap"]
)
def test_one_call_with_arguments_and_an_offset_is_a_stack_cut_below_it(below):
    [capture] = read(f"It leaks:\n\n{ONE.partition('created')[0]}{below}").captures
    [goroutine] = capture.body.goroutines
    assert [frame.function for frame in goroutine.stack.frames] == ["app.(*T).wait"]
    creator = goroutine.stack.created_by
    assert (creator and creator.function) == ("app.New" if "app.New" in below else None)


def test_one_pair_without_arguments_and_what_other_programs_print_is_no_stack():
    assert read(ONE.partition("created")[0].replace("0xc0", "...")).captures == ()
    assert read(ONE.partition("created")[0].replace(" +0x2d", "")).captures == ()
    assert read("error (x)\n\t/src/app/wait.go:17\nmain.main()\n\t/src/app/new.go:9\n" * 3).captures == ()
    assert read("\t/src/app/wait.go:17 +0x2d\n\t/src/app/wait.go:17 +0x2d\n").captures == ()


def test_inlined_calls_on_top_have_no_offsets():
    assert _functions("sync.(*Mutex).Lock(...)\n\t/go/mutex.go:81\n" + ANOTHER + ANOTHER) == [
        [("sync.(*Mutex).Lock", "main.serve", "main.main", "main.serve", "main.main")]
    ]


def test_a_stack_without_its_top_tells_nothing():
    below = "\t/src/cut.go:8 +0x9\n" + ONE
    assert _functions(below) == []
    assert _functions(f"{below}\n{WITH_HEADER}") == [[("main.serve", "main.main")]]


def test_nothing_is_called_healthy_whose_state_is_not_known():
    report = analyze([read(ONE)])
    assert doubt(report) == "nothing wrong found, but the headers with the goroutines' states are missing: no verdict"
    assert not report.findings
    whole = WITH_HEADER.replace("goroutine 7 ", "goroutine 1 ")
    assert not doubt(analyze([read(f"{ONE}\n{whole}")]))


def test_arguments_and_a_creator_stand_for_the_offsets_that_people_leave_out():
    bare = re.sub(r" \+0x[0-9a-f]+", "", ONE)
    assert _functions(f"It leaks:\n\n{bare}") == [[("app.(*T).wait",)]]
    assert _functions(bare.replace("(0xc0)", "(the lock)")) == []


def test_a_stack_that_lost_its_tabs_and_the_beginning_of_its_paths_is_read():
    flush = ONE.replace("\t/src", ".../src").replace("app.(*T)", ".../vendor/app.(*T)")
    assert _functions(f"```\n{flush}```\n") == [[(".../vendor/app.(*T).wait",)]]


def test_a_goroutine_without_a_header_counts_where_it_begins_as_goroutines_stand():
    text = f"sync.runtime_Semacquire(0xc0)\n\t/go/sema.go:43 +0x2d\n{ONE}\n{WITH_HEADER}"
    assert [capture_fields(capture)["goroutines"] for capture in read(text).captures] == [2]
    assert [capture_fields(capture)["goroutines"] for capture in read(f"{ONE}\n{WITH_HEADER}").captures] == [1]


def test_one_call_below_what_is_left_of_a_header_is_a_stack():
    text = "goroutine 5 [chan se\nmain.f(0x1)\n\t/src/f.go:3 +0x1\n"
    (capture,) = read(f"It hangs:\n\n{text}\n{text}").captures
    assert [group.stack.functions for group in capture.groups()] == [("main.f",)]
    assert [(problem.line, problem.found) for problem in capture.problems] == [
        (3, "goroutine 5 [chan se"),
        (7, "goroutine 5 [chan se"),
    ]
    assert not read("It hangs:\n\nmain.f()\n\t/src/f.go:3 +0x1\n").captures


def test_a_location_in_which_another_text_begins_stops_nothing():
    """The call above it is all that is left of its goroutine, which was taken again and again."""
    text = (
        "shop/pay.writeAll({0xb7, 0x35})\n\t/src/server.go:3436 +0x8e\nhttp.(*conn).serve(0x35, {0xb7, 0x36})\n"
        "\t/src/# Alloc = 1net/server.go:2157 +0x6dc\nx# runtime.MemStats\nc/main.go:39 +0x3\n"
    )
    reading = read(text.encode())
    [goroutine] = reading.captures[0].body.goroutines
    assert len(goroutine.stack.frames) == 1
    assert any("(*conn).serve" in problem.found for problem in reading.all_problems())


def test_frames_with_program_counters_above_an_offset_are_told_once():
    counted = (
        "runtime.gopanic (0x42f181)\n\t/go/src/runtime/panic.go:679\n"
        "app.(*T).wait (0x6e7a09)\n\t/src/app/wait.go:17\n"
        "app.run (0x6e7a19)\n\t/src/app/run.go:7 +0x85\n\t/src/app/run.go:9\n"
    )
    assert _functions(counted) == [[("runtime.gopanic", "app.(*T).wait")]]


@pytest.mark.parametrize(
    ("rest", "number"),
    [("oroutine 63", 63), ("ne 63", 63), (" 63", 63), ("63", 0), ("3", 0)],
)
def test_a_header_that_lost_its_first_letters_still_tells_the_state(rest: str, number: int):
    capture = read(f"{rest} [select, 10 minutes]:\n{ONE}").captures[0]
    [goroutine] = capture.body.goroutines
    assert (goroutine.id, goroutine.state.status, goroutine.state.waiting_minutes) == (number, "select", 10)
    assert [(one.line, one.message) for one in capture.problems] == [
        (1, "the beginning of a goroutine's header is cut off")
    ]


@pytest.mark.parametrize("line", ["[select]:", "12:30:01 [error]:", "s 7 of 9 [select]:", "7 select:", "x 7 [select]:"])
def test_another_line_above_a_stack_is_no_rest_of_a_header(line: str):
    [goroutine] = read(f"{line}\n{ONE}").captures[0].body.goroutines
    assert (goroutine.id, goroutine.state.status) == (0, "")
