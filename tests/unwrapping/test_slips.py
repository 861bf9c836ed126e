"""Slips of hands and tools in single lines: one of them costs neither a goroutine nor a frame."""

import pytest

from debugtext.reading import read

STACK = "main.worker(0xc000100080)\n\t/src/m/main.go:9 +0x1d\n"


def goroutines(text):
    return [goroutine for capture in read(text).captures for goroutine in dump_of(capture.body).goroutines]


def dump_of(body):
    return getattr(body, "dump", body)


def functions(text):
    return [goroutine.stack.functions for goroutine in goroutines(text)]


def test_a_leak_behind_a_stack_without_a_header_is_a_goroutine_of_its_own():
    text = f"{STACK}{STACK}x_test.go:31: Leaked goroutine: goroutine 30 [select]:\n{STACK}"
    assert [(goroutine.id, goroutine.header.state.status) for goroutine in goroutines(text)] == [
        (0, ""),
        (30, "select"),
    ]


def test_a_leak_whose_stack_was_left_out_has_its_function():
    assert functions("[Goroutine 7 in state select, with m.(*Worker).run on top of the stack:]\n") == [
        ("m.(*Worker).run",)
    ]


def test_a_total_that_is_marked_as_a_quotation_alone_is_the_tables():
    text = (
        "> Showing nodes accounting for 189.55MB, 85.32% of 222.16MB total\n"
        "      flat  flat%   sum%        cum   cum%\n   93.51MB 42.09% 42.09%    93.51MB 42.09%  runtime.malg\n"
    )
    assert read(text).captures[0].body.total == round(222.16 * (1 << 20))


def test_the_key_that_a_terminal_shows_before_a_signal_is_not_part_of_its_name():
    text = f"^\\SIGQUIT: quit\nPC=0x46b881 m=0 sigcode=128\n\ngoroutine 1 [chan receive]:\n{STACK}"
    assert read(text).captures[0].body.signal.name == "SIGQUIT: quit"


def test_colours_whose_escape_a_terminal_has_shown_or_lost_are_taken_off():
    text = f"[32m^[[0mfatal error: too many concurrent timer firings\n\n^[[31mgoroutine 1 [select]:^[[0m\n{STACK}"
    assert read(text).captures[0].body.fatal == "too many concurrent timer firings"


def test_an_offset_without_its_sign_is_an_offset():
    text = "goroutine 1 [select]:\nmain.f(0x1)\n\t/src/m.go:12 0x4af\nmain.main()\n\t/src/m.go:5 0x1d\n"
    assert [frame.offset for frame in goroutines(text)[0].stack.frames] == [0x4AF, 0x1D]
    assert not list(read(text).all_problems())


@pytest.mark.parametrize("gap", ["\n", "\n ", " \n", "\n\t"])
def test_a_header_whose_state_stands_on_the_next_line_is_one(gap):
    for text in (f"goroutine 7{gap}[select]:\n{STACK}", f"fatal error: stop\n\ngoroutine 7{gap}[select]:\n{STACK}"):
        [goroutine] = goroutines(text)
        assert (goroutine.id, goroutine.state.status, goroutine.stack.functions) == (7, "select", ("main.worker",))
