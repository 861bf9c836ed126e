"""Numbers in words."""

import pytest

from debugtext.renderers import words


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 KiB"),
        (1024, "1 KiB"),
        (1536, "1.5 KiB"),
        (1_048_575, "1 MiB"),
        (43_201_331, "41.2 MiB"),
        (433_201_331, "413 MiB"),
        (5 << 60, "5 EiB"),
        (-1536, "-1.5 KiB"),
    ],
)
def test_bytes(number, said):
    assert words.bytes_in_words(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 ns"),
        (850, "850 ns"),
        (999.9, "1 µs"),
        (31_000, "31 µs"),
        (1_234_000, "1.2 ms"),
        (4_700_000_000, "4.7 s"),
        (42 * 60e9, "42 min"),
        (119 * 60e9, "119 min"),
        (120 * 60e9, "2 h"),
        (312 * 60e9, "5.2 h"),
        (6733 * 60e9, "4.7 d"),
        (-31_000, "-31 µs"),
    ],
)
def test_nanoseconds(number, said):
    assert words.nanoseconds_in_words(number) == said


@pytest.mark.parametrize(
    ("waits", "said"),
    [
        pytest.param((), "", id="no wait is printed"),
        pytest.param((3,), "3 min", id="one"),
        pytest.param((3, 42), "3-42 min", id="one unit is said once"),
        pytest.param((42, 100, 312), "42 min-5.2 h", id="two units"),
        pytest.param((6730, 6733), "4.7 d", id="the same in words"),
    ],
)
def test_wait_range(waits, said):
    assert words.wait_range_in_words(waits) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 10, "0%"),
        (10, 10, "100%"),
        (1100, 1204, "91%"),
        (3, 100, "3%"),
        (1, 300, "0.3%"),
        (1, 100_000, "<0.1%"),
        pytest.param(99_999, 100_000, "99.9%", id="nearly all is not all"),
        pytest.param(1, 0, "", id="of nothing"),
        pytest.param(994, 10_000, "9.9%", id="one decimal below ten"),
        pytest.param(9_960, 100_000, "10%", id="no decimal from ten on"),
    ],
)
def test_share(part, whole, said):
    assert words.share_in_words(part, whole) == said


def test_counted():
    assert [words.counted(n, "goroutine") for n in (0, 1, 1204)] == ["0 goroutines", "1 goroutine", "1,204 goroutines"]
    assert words.counted(2, "entry", "entries") == "2 entries"
