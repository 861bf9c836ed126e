"""What the debugger delve lists of goroutines."""

import pytest

from debugtext.formats import delve
from debugtext.records.captures import Capture
from debugtext.renderers.json_captures import capture_fields

from .parsing import captures_by

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
