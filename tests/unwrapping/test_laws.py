"""Laws of unwrapping that hold for any text at all."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debugtext.errors import DebugtextError
from debugtext.pieces.text import Piece
from debugtext.reading import read
from debugtext.unwrapping import unwrap
from debugtext.unwrapping.lines.anchors import anchors

WORDS = st.sampled_from(
    [
        "goroutine 1 [running]:",
        "goroutine 7 gp=0xc0001 m=nil [chan receive, 5 minutes]:",
        "goroutine ",
        "main.main()",
        "main.(*T).f(0x1, {0x2, 0x3?})",
        "\t/src/main.go:5 +0x1d",
        "    /src/main.go:5",
        "/a b/c.go:5 +0x1d fp=0x1 sp=0x2 pc=0x3",
        "created by main.main in goroutine 1",
        "heap profile: 1: 2 [3: 4] @ heap/1048576",
        "1: 2 [3: 4] @ 0x1 0x2",
        "goroutine profile: total 3",
        "3 @ 0x1 0x2",
        "#\t0x1\tmain.f+0x1\t/a.go:1",
        "#   0x1  main.f+0x1  /a.go:1",
        "--- mutex:",
        "cycles/second=5",
        "5 6 @ 0x1",
        "# runtime.MemStats",
        "# Alloc = 1",
        "# PauseNs = [1 2",
        "panic: boom",
        "\tpanic: again",
        "fatal error: all goroutines are asleep - deadlock!",
        "WARNING: DATA RACE",
        "Write at 0x1 by goroutine 7:",
        "  main.f()",
        "      /a.go:1 +0x1",
        "[Goroutine 7 in state select, with main.f on top of the stack:",
        "exit status 2",
        "web-1 | ",
        "2026-01-02T03:04:05.123456789Z ",
        "2026/01/02 03:04:05 ",
        '{"log":"',
        '\\n","stream":"stderr"}',
        'level=error msg="',
        '"',
        "\\n\\t",
        "\\",
        "stderr P ",
        "00O+",
        "> ",
        "- ",
        "```",
        "<br>",
        "<span>",
        "&#x2F;",
        "[1](https://x.org/1)",
        "\x1b[31m",
        "\x1b]0;x\x07",
        "\r",
        "#011",
        "#012",
        "\xa0",
        "func·001()",
        "漢字（注）",  # noqa: RUF001
        "...",
        " ",
        "  ",
        "\t",
        "0",
        "0x",
        "@",
        "\x00",
        "\udc80",
    ]
)
LINES = st.lists(WORDS, min_size=0, max_size=5).map("".join)
TEXTS = st.lists(st.one_of(LINES, st.text(max_size=12)), max_size=30).map("\n".join)


def pieces_of(text, size):
    """The text in pieces of some lines, as a log without blank lines comes."""
    lines = text.split("\n")
    for start in range(0, len(lines), size):
        end = "\n" if start + size < len(lines) else ""
        yield Piece("\n".join(lines[start : start + size]) + end, start + 1)


@given(TEXTS, st.integers(1, 40))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_unwrapped_into_lines_with_numbers_of_that_text(text, size):
    last = text.count("\n") + 1
    for piece in unwrap(pieces_of(text, size)):
        lines = piece.text.count("\n") + (not piece.text.endswith("\n"))
        assert all(1 <= piece.line_at(index) <= last for index in range(lines))
        if piece.line_numbers is not None and piece.text:
            assert len(piece.line_numbers) >= lines


@given(TEXTS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_or_refused_with_an_error_of_ours(text):
    try:
        reading = read(text)
    except DebugtextError:
        return
    last = text.count("\n") + text.count("\r") + 1
    for capture in reading.captures:
        assert 1 <= capture.first_line <= capture.last_line <= last
        assert all(1 <= problem.line <= last for problem in capture.problems)


@given(st.lists(st.text(alphabet="abc{}[]()xyz0123456789 .:/", max_size=30), max_size=20))
@settings(max_examples=100, deadline=None)
def test_a_text_without_go_in_it_stays_as_it_is(lines):
    text = "\n".join(lines)
    assert "".join(piece.text for piece in unwrap([Piece(text, 1)])) == text


@given(TEXTS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_unwrapped_is_not_unwrapped_further_without_end(text):
    for _ in range(4):
        text = "".join(piece.text for piece in unwrap([Piece(text, 1)]))
    assert len(text) < 10_000


GOROUTINE = "goroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d\n\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * (1 << 20) + GOROUTINE, id="a long line"),
        pytest.param(" " * (1 << 20) + GOROUTINE, id="blanks"),
        pytest.param('"' * (1 << 20) + GOROUTINE, id="quotes"),
        pytest.param('"' + "\\" * (1 << 20) + GOROUTINE, id="backslashes"),
        pytest.param("\x1b[" * (1 << 19) + GOROUTINE, id="colours without an end"),
        pytest.param("<" * (1 << 20) + GOROUTINE, id="tags without an end"),
        pytest.param("[" * (1 << 20) + "](http" + GOROUTINE, id="links without an end"),
        pytest.param("(" * (1 << 20) + "1: 2 [3: 4] @ 0x1\n" + GOROUTINE, id="notes without an end"),
        pytest.param("#\t0x1" + " a+0x1" * (1 << 17) + "\n" + GOROUTINE, id="offsets"),
        pytest.param(" a.go:1" * (1 << 17) + "\n" + GOROUTINE, id="locations"),
        pytest.param("1" * (1 << 20) + " " + GOROUTINE, id="digits"),
        pytest.param(("1 " * 50 + GOROUTINE) * 500, id="numbers for a prefix"),
        pytest.param("a." * (1 << 19) + ": x.go:1\n" + GOROUTINE, id="dots"),
        pytest.param("goroutine 1 [running]: main.main() /a.go:5 +0x1d " * 10_000, id="a dump on one line"),
        pytest.param("1 @ 0x1\n" + "0x1\n" * 100_000, id="addresses, one a line"),
        pytest.param(GOROUTINE.replace("\n", "\n\n") * 5_000, id="double spacing"),
        pytest.param("created by a.b\n" * 50_000, id="creators"),
        pytest.param("foo panic: x\n" * 50_000, id="panics spoken of"),
        pytest.param("2026-01-02T03:04:05Z stderr P x\n" * 30_000 + GOROUTINE, id="lines that never end"),
        pytest.param("".join(f"p{i}{'x' * (i % 5)} | {GOROUTINE}" for i in range(2_000)), id="two thousand prefixes"),
    ],
)
def test_hostile_text_takes_no_more_time_than_its_length_allows(text):
    began = time.process_time()
    for _ in unwrap([Piece(text, 1)]):
        pass
    assert time.process_time() - began < 8


def test_the_beginnings_on_one_line_are_found_in_time_that_grows_with_its_length():
    """Each was looked for back to the line's beginning: a dump of 9 MB on one line took a minute."""

    def seconds(times):
        began = time.process_time()
        found = sum(1 for _ in anchors("goroutine 1 [running]: main.main() /a.go:5 +0x1d " * times, times))
        assert found == 2 * times
        return time.process_time() - began

    assert seconds(80_000) < 40 * seconds(4_000)


def test_an_anchor_knows_its_line():
    text = "".join(f"{' ' * (number % 5)}{GOROUTINE}{number} @ 0x1 {number} @ 0x2\n" for number in range(50))
    found = list(anchors(text))
    assert len(found) == 200
    assert [anchor.line_start for anchor in found] == [text.rfind("\n", 0, anchor.position) + 1 for anchor in found]
