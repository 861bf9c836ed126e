"""What the debugger delve lists of goroutines."""

import pytest

from debugtext.formats.reports import delve
from debugtext.records.captures import Capture
from debugtext.renderers.json_captures import capture_fields

from ..parsing import captures_by

LIST = """\
* Goroutine 1 - User: ./pot.go:16 main.main (0x484ee9) (thread 4711)
  Goroutine 6 - User: /src/tea/pot.go:8 main.(*Pot).pour (0x484f5e) [chan send 86400000000000]
  Goroutine 7 - User: /src/my tea/pot.go:9 main.drink[...] (0x484f5e) [chan receive (nil chan) 457422h31m34.9598789s]
[3 goroutines]
"""
STACKS = """\
  Goroutine 6 - User: /src/tea/pot.go:8 main.(*Pot).pour (0x484f5e) [chan send]
\t0  0x0000000000476b2e in runtime.gopark
\t    at /usr/local/go/src/runtime/proc.go:463
\t1  0x0000000000484f5e in main.(*Pot).pour
\t    at /src/tea/pot.go:8
\t2  0x000000000047c4a1 in runtime.goexit
\t    at /usr/local/go/src/runtime/asm_amd64.s:1771
  Goroutine 7 - User: /src/tea/pot.go:9 main.drink (0x484f5e)
\t0  0x0000000000484f5e in main.drink
\t    at /src/tea/pot.go:9
\t(truncated)
[2 goroutines]
"""
ALONE = """\
 0  0x0000000000476b2e in runtime.gopark
     at /usr/local/go/src/runtime/proc.go:463
 1  0x0000000000484f5e in main.(*Pot).pour
     at /src/tea/pot.go:8
 2  0x000000000047c4a1 in runtime.goexit
     at /usr/local/go/src/runtime/asm_amd64.s:1771
"""
EXCEPTION = """\
Exception has occurred: panic
"no tea"
Stack:
\t 4  0x0000000000484f5e in main.(*Pot).pour
\t     at /src/tea/pot.go:8
\t 5  0x0000000000484f9e in main.drink
\t     at /src/tea/pot.go:9
"""


def captures(text: str) -> list[Capture]:
    return captures_by(delve, text=text)


def told(capture: Capture) -> list[tuple]:
    return [(g.id, g.state.status, *g.stack.functions) for g in capture.body.goroutines]


def test_a_list_shows_a_frame_a_goroutine():
    (capture,) = captures(f"(dlv) goroutines\n{LIST}(dlv) exit\n")
    assert (capture.first_line, capture.last_line, capture.problems) == (2, 5, ())
    assert told(capture) == [
        (1, "", "main.main"),
        (6, "chan send", "main.(*Pot).pour"),
        (7, "chan receive (nil chan)", "main.drink[...]"),
    ]
    frame = capture.body.goroutines[2].stack.frames[0]
    assert (frame.file, frame.line) == ("/src/my tea/pot.go", 9)


def test_stacks_end_where_go_s_own_end():
    (capture,) = captures(STACKS)
    assert (capture.first_line, capture.last_line) == (1, 12)
    assert told(capture) == [(6, "chan send", "runtime.gopark", "main.(*Pot).pour"), (7, "", "main.drink")]
    assert [g.line for g in capture.body.goroutines] == [1, 8]


def test_a_second_list_is_another_capture():
    first, second = captures(LIST + STACKS)
    assert (first.last_line, second.first_line) == (4, 5)
    assert second.goroutines == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(STACKS.replace("\t", "    "), id="blanks for tabs"),
        pytest.param(STACKS.replace("  Goroutine", "Goroutine"), id="no blanks before"),
        pytest.param(STACKS.replace("User", "Runtime"), id="-r"),
        pytest.param(STACKS.replace("User", "Start"), id="-s"),
        pytest.param(STACKS.replace(" User: ", " User:  "), id="without the beginning of its path"),
        pytest.param(STACKS.rpartition("\t(truncated)")[0], id="cut"),
    ],
)
def test_other_ways_to_print_them(text):
    (capture,) = captures(text)
    assert told(capture) == [(6, "chan send", "runtime.gopark", "main.(*Pot).pour"), (7, "", "main.drink")]


def test_words_of_a_log_are_none():
    assert captures("INFO - User: anna logged in\nGoroutine 6 - User: gone\n") == []


def test_goroutines_that_have_a_number_count_without_a_state_too():
    assert [capture_fields(capture)["goroutines"] for capture in captures(LIST)] == [3]
    assert [capture_fields(capture)["goroutines"] for capture in captures(STACKS)] == [2]


def test_a_stack_alone_is_a_goroutine_of_which_no_state_is_known():
    (capture,) = captures(f"(dlv) bt\n{ALONE}(dlv) exit\n")
    assert (capture.format, capture.first_line, capture.last_line) == ("goroutine-dump", 2, 7)
    assert told(capture) == [(0, "", "runtime.gopark", "main.(*Pot).pour")]
    assert [(problem.line, problem.message) for problem in capture.problems] == [
        (2, "a goroutine without its header: its id and its state are not known")
    ]


def test_frames_whose_numbers_begin_again_are_another_stack():
    assert [(capture.first_line, capture.last_line) for capture in captures(ALONE + ALONE)] == [(1, 6), (7, 12)]


def test_blank_lines_that_a_paste_has_put_between_the_frames_are_none_of_it():
    (capture,) = captures(ALONE.replace(" 1  ", "\n\n 1  ").replace(" 2  ", "\n 2  "))
    assert told(capture) == [(0, "", "runtime.gopark", "main.(*Pot).pour")]


def test_variables_stand_between_the_frames_of_bt_full():
    (capture,) = captures(ALONE.replace("pot.go:8\n", "pot.go:8\n        p = (*main.Pot)(0xc0000)\n        n = 7\n"))
    assert (capture.last_line, told(capture)) == (8, [(0, "", "runtime.gopark", "main.(*Pot).pour")])


def test_code_that_is_not_go_s_has_no_name():
    unknown = " 0  0x00007f8a3c0ea7f3 in ???\n     at ?:-1\n"
    (capture,) = captures(unknown + ALONE.replace(" 2 ", " 3 ").replace(" 1 ", " 2 ").replace(" 0 ", " 1 "))
    assert (capture.first_line, told(capture)) == (1, [(0, "", "runtime.gopark", "main.(*Pot).pour")])
    assert captures(unknown) == []


@pytest.mark.parametrize(
    ("text", "kind", "reason", "status"),
    [
        pytest.param(EXCEPTION, "panic", "no tea", "running", id="of an IDE"),
        pytest.param(EXCEPTION.replace('"no tea"', 'no "tea"'), "panic", 'no "tea"', "running", id="no string"),
        pytest.param(
            EXCEPTION.replace("panic", "fatal error").replace("no tea", "all goroutines are asleep - deadlock!"),
            "deadlock",
            "all goroutines are asleep - deadlock!",
            "",
            id="of the runtime",
        ),
        pytest.param(
            "> [unrecovered-panic] runtime.fatalpanic() /go/src/runtime/panic.go:1217 (hits goroutine(34):1 total:1)\n"
            '\truntime.curg._panic.arg: interface {}(string) "no tea"\n  1212:\t// fatalpanic\n(dlv) bt\n'
            + EXCEPTION.partition("Stack:\n")[2],
            "panic",
            "no tea",
            "running",
            id="of delve",
        ),
    ],
)
def test_what_was_said_of_the_panic_stands_above_its_stack(text, kind, reason, status):
    (capture,) = captures(f"It ends:\n{text}")
    lines = f"It ends:\n{text}".splitlines()
    assert (capture.format, capture.body.kind, capture.body.reason) == ("crash", kind, reason)
    assert told(capture) == [(0, status, "main.(*Pot).pour", "main.drink")]
    assert (capture.last_line, capture.problems) == (len(lines), ())
    assert capture.first_line == next(n for n, line in enumerate(lines, 1) if "Exception" in line or "arg:" in line)


def test_what_was_said_of_another_stack_is_not_said_of_this_one():
    crash, other = captures(EXCEPTION + ALONE)
    assert (crash.format, other.format) == ("crash", "goroutine-dump")


def test_a_call_whose_place_is_cut_off_is_told():
    (capture,) = captures(EXCEPTION.rpartition("\t     at")[0])
    assert told(capture) == [(0, "running", "main.(*Pot).pour")]
    assert [(problem.line, problem.message) for problem in capture.problems] == [
        (6, "a call whose location is cut off")
    ]
    assert capture.truncated


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(" 0  0x0000000000476b2e in runtime.gopark\n", id="without a place"),
        pytest.param("#0  0x0000000000476b2e in main () at pot.c:3\n#1  0x0000000000476b2e in go ()\n", id="gdb"),
        pytest.param("rip 0x0000000000476b2e in use\n    at pot.go:3\n", id="no number"),
        pytest.param(EXCEPTION.partition("\t")[0], id="without a stack"),
    ],
)
def test_a_stack_of_another_debugger_is_none(text):
    assert captures(text) == []


def test_the_beginning_of_a_path_may_be_cut_off():
    (capture,) = captures(ALONE.replace("at /src/tea/", "at   tea/"))
    assert [frame.file for frame in capture.body.goroutines[0].stack.frames][1] == "tea/pot.go"
