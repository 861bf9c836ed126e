"""What people and their tools do to lines: ids put together, backslashes, visible escapes, words about words."""

import pytest

from debugtext.reading import read

STACK = "shop.(*Cart).wait(0x1)\n\t/src/shop/cart.go:8 +0x1d\n"
PROFILE = "goroutine profile: total 7\n7 @ 0x433320 0x442e7b\n"


def captures(text):
    """The format of each capture."""
    return [capture.format for capture in read(text.encode()).captures]


def goroutines(text):
    """Each goroutine's id, and how many calls are on its stack."""
    return [
        (goroutine.id, len(goroutine.stack.frames))
        for capture in read(text.encode()).captures
        for goroutine in capture.body.goroutines
    ]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ("goroutine 5..7", [5, 6, 7]),
        ("goroutine 5-7", [5, 6, 7]),
        ("goroutines 5…7", [5, 6, 7]),
        ("goroutine 5,9", [5, 9]),
        ("goroutines 5, 7, 9", [5, 7, 9]),
        ("goroutines 5 and 9", [5, 9]),
        ("goroutines 5-6, 9", [5, 6, 9]),
    ],
)
def test_a_goroutine_is_there_for_each_id(ids, expected):
    text = f"goroutine 1 [select]:\n{STACK}\n{ids} [sync.Mutex.Lock]:\n{STACK}\ngoroutine 99 [select]:\n{STACK}"
    assert goroutines(text) == [(number, 1) for number in (1, *expected, 99)]


def test_the_goroutines_of_several_ids_have_their_lines():
    text = f"So:\n\ngoroutine 5..6 [select]:\n{STACK}"
    [capture] = read(text.encode()).captures
    assert [goroutine.line for goroutine in capture.body.goroutines] == [3, 3]


@pytest.mark.parametrize("ids", ["goroutine 5..500000", "goroutine 9-5"])
def test_ids_that_are_none_are_not_written_out(ids):
    assert len(goroutines(f"goroutine 1 [select]:\n{STACK}\n{ids} [select]:\n{STACK}")) == 1


def test_lines_wrapped_with_a_backslash_are_joined():
    frame = "#   0x442e7a    shop.(*Cart).wait+0x96" + " " * 30 + "/usr/local/go/src/example.com/shop/cart.go:8"
    [capture] = read(f"{PROFILE}{frame[:80]}\\\n{frame[80:]}\n".encode()).captures
    [sample] = capture.body.samples
    assert [(each.function, each.file) for each in sample.stack.frames] == [
        ("shop.(*Cart).wait", "/usr/local/go/src/example.com/shop/cart.go")
    ]


def test_labels_may_go_on_in_the_next_line():
    labels = '# labels: {"job":"pay", "kind":"request"'
    [capture] = read(f"{PROFILE}{labels}\n}}\n#\t0x442e7a\tshop.wait+0x96\t/src/cart.go:8\n".encode()).captures
    [sample] = capture.body.samples
    assert sample.labels == (("job", "pay"), ("kind", "request"))
    assert capture.problems == ()


@pytest.mark.parametrize("lead", ["^[[31m^[[0m", "^[[1;31m"])
def test_escapes_that_an_editor_shows_are_none_of_the_text(lead):
    text = f"{lead}fatal error: all goroutines are asleep - deadlock!\n^[[0m\ngoroutine 1 [select]:\n{STACK}"
    [capture] = read(text.encode()).captures
    assert capture.body.reason == "all goroutines are asleep - deadlock!"


@pytest.mark.parametrize("keys", ["^\\", ""])
def test_the_keys_that_sent_a_signal_are_not_its_name(keys):
    text = f"{keys}SIGQUIT: quit\nPC=0x48afe0 m=0 sigcode=0\n\ngoroutine 1 [select]:\n{STACK}"
    [capture] = read(text.encode()).captures
    assert (capture.body.reason, capture.body.was_requested) == ("SIGQUIT: quit", True)


@pytest.mark.parametrize("indent", ["\t", "        "])
def test_a_waiting_goroutine_below_a_stack_of_the_runtime_has_not_crashed(indent):
    stack = "runtime stack:\nruntime.throw({0x6d50fce, 0x1})\n\t/go/src/runtime/panic.go:1067 +0x48\nruntime.mstart()\n"
    text = f"fatal error: timers\n\n{stack}\t/go/src/runtime/asm.s:3\n\ngoroutine 1 [select]:\n{STACK}"
    [capture] = read(text.replace("\t", indent).encode()).captures
    assert (capture.body.crashed_id, len(capture.body.runtime_tracebacks)) == (None, 1)
    assert capture.problems == ()


def test_words_about_a_line_are_no_text_of_their_own():
    words = "- cycles/second=2743450477 is what the samples are reckoned with\n- sampling period=1 all of them\n"
    assert captures(f"{words}\n    {PROFILE}") == ["goroutine-profile"]


def test_a_header_with_a_word_glued_to_it_is_spoken_of():
    text = f"goroutine 1 [running]:\n{STACK}\nMeaning\ngoroutine 1 [running]:以下はスタックです\npanic is the reason\n"
    assert goroutines(text) == [(1, 1)]


def test_a_remark_glued_to_a_header_is_none_of_it():
    text = "goroutine 1 [select, 7 minutes]:等待\nshop.(*Cart).wait(0x1)\n    /src/shop/cart.go:8 +0x1d\n"
    assert goroutines(text) == [(1, 1)]


def test_calls_below_a_header_may_stand_in_a_comment():
    text = "// out: goroutine 12 [chan receive, 7 minutes]:\n//        shop.wait() at cart.go:8\n// → so it waits\n"
    [capture] = read(text.encode()).captures
    assert [(each.function, each.file) for each in capture.body.goroutines[0].stack.frames] == [
        ("shop.wait", "cart.go")
    ]


def test_a_title_that_is_quoted_behind_words_is_spoken_of():
    words = "http://host/debug/pprof/goroutine?debug=1 shows `goroutine profile: total 107`"
    assert captures(f"{words}\n\n    {PROFILE}") == ["goroutine-profile"]
