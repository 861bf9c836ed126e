"""What a log puts behind every line is removed, and what stands behind some lines only is not."""

import pytest

from debugtext.reading import read

LINES = ("goroutine 1 [running]:", "main.work()", "\t/src/m.go:9 +0x1d", "main.main()", "\t/src/m.go:5 +0x1d")


@pytest.mark.parametrize("suffix", [' {"pod":"a-1"}', " | a", " 820 b", "\t820", "   # 8:30"])
def test_what_stands_behind_every_line_is_removed(suffix):
    reading = read("".join(f"{line}{suffix}\n" for line in LINES))
    (capture,) = reading.captures
    assert [frame.function for frame in capture.body.goroutines[0].stack.frames] == ["main.work", "main.main"]
    assert reading.all_problems() == []


def test_numbers_in_a_suffix_may_have_blanks_before_them():
    reading = read(
        "".join(f"{line} {number:>4} b\n" for line, number in zip(LINES, (820, 9, 1_000, 77, 5), strict=True))
    )
    (capture,) = reading.captures
    assert len(capture.body.goroutines[0].stack.frames) == 2
    assert reading.all_problems() == []


def test_what_stands_behind_one_line_of_gos_alone_is_no_suffix():
    (capture,) = read("goroutine 1 [running]: | a\n | a\n | a\nmain.f | a\nmain.main()\n").captures
    assert (capture.last_line, [problem.line for problem in capture.problems]) == (5, [1, 2, 3, 4])
