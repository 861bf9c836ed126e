"""Stacks with their last line first, without the header that would show it."""

import pytest

from debugtext.reading import read
from debugtext.text import Piece
from debugtext.unwrapping.logs.upside_down import oldest_first

STACK = [
    "example.com/a/store.(*Store).restore(0xc0)",
    "/src/a/store/store.go:345 +0x9e",
    "example.com/a/watch.(*Watch).restore(0xc0)",
    "/src/a/watch/watch.go:191 +0xae",
    "example.com/a/server.(*Server).apply(0xc0)",
    "/src/a/server/server.go:1207 +0xc2c",
    "example.com/a/fifo.(*fifo).run(0xc0)",
]
LOG = "Apr 26 18:18:57 node app[412644]: "
EXPECTED = [
    "example.com/a/store.(*Store).restore",
    "example.com/a/watch.(*Watch).restore",
    "example.com/a/server.(*Server).apply",
    "example.com/a/fifo.(*fifo).run",
]


def functions(lines):
    text = "It hangs:\n```\n" + "".join(f"{LOG}{line}\n" for line in lines) + "```\n"
    [capture] = read(text.encode()).captures
    [group] = capture.groups()
    return list(group.stack.functions)


def test_a_stack_of_a_journal_is_turned_round_where_packages_and_folders_tell():
    assert functions(STACK[::-1]) == EXPECTED


def test_a_stack_that_stands_the_right_way_up_stays_so():
    assert functions(STACK) == EXPECTED


RECOVERED = (
    "panic recovered:",
    "no cart",
    "/src/shop/cart.go:14 (0x49d0b2)",
    "\t(*Cart).Add: c.items[id]++",
    "/src/shop/main.go:40 (0x49d1c1)",
    "\tmain: cart.Add(7)",
)


@pytest.mark.parametrize(
    ("clocks", "is_turned"),
    [
        pytest.param(("05", "04", "03", "02", "01", "00"), True, id="each line older"),
        pytest.param(("05", "05", "05", "05", "03", "03"), True, id="several at once"),
        pytest.param(("05", "05", "05", "05", "05", "05"), False, id="all at once"),
        pytest.param(("00", "01", "02", "03", "04", "05"), False, id="each line newer"),
        pytest.param(("58", "59", "59", "59", "00", "01"), False, id="another minute"),
    ],
)
def test_times_before_the_lines_tell_what_is_first(clocks, is_turned, unwrapped):
    lines = RECOVERED[::-1] if is_turned else RECOVERED
    numbered = [f"02:10:{clock} api {line}" for clock, line in zip(clocks, lines, strict=True)]
    assert [line for line in unwrapped("\n".join(numbered) + "\n").split("\n") if line] == list(RECOVERED)


@pytest.mark.parametrize(
    ("leads", "is_turned"),
    [
        (("02:10:05 WARN", "02:10:04 INFO", "02:10:03 WARN"), True),
        (("[WARN]", "[INFO]", "[INFO]"), False),
        (("pod-2 |", "pod-1 |", "pod-1 |"), False),
        (("02:10:05 pod-2 |", "02:10:04 pod-2 |", "02:10:04 pod-1 |"), False),
    ],
)
def test_other_words_before_the_lines_tell_nothing(leads, is_turned):
    log = "".join(f"{lead} line {number}\n" for number, lead in enumerate(leads))
    bare = Piece("line 0\nline 1\nline 2\n", 7)
    turned = oldest_first(bare, log)
    assert (turned.text == "line 2\nline 1\nline 0\n", turned is bare) == (is_turned, not is_turned)
    assert [turned.line_at(index) for index in range(3)] == ([9, 8, 7] if is_turned else [7, 8, 9])
