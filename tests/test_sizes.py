"""Sizes as people write them, and thresholds as they are shown."""

import pytest

from debugtext.sizes import bytes_of, threshold_in_words


@pytest.mark.parametrize(
    ("text", "size"),
    [("4GiB", 4 << 30), ("512Mi", 512 << 20), ("64k", 64 << 10), ("1.5 GB", 1_500_000_000), (" 7 b ", 7)],
)
def test_sizes(text, size):
    assert bytes_of(text) == size


@pytest.mark.parametrize("text", ["", "4", "GiB", "4 PB", "-1MiB", "1e9MiB", "0x10MiB", "4GiB more"])
def test_what_is_no_size(text):
    with pytest.raises(ValueError, match="is not a size like 4GiB"):
        bytes_of(text)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("least_bytes", 32 << 20, "32MiB"),
        ("least_bytes", 1000, "1000"),
        ("alarm_bytes_of_all", 3 << 29, "1.5GiB"),
        ("waits", 1 << 20, "1048576"),
        ("share", 0.05, "0.05"),
    ],
)
def test_a_threshold_is_shown_as_it_can_be_written(name, value, words):
    assert threshold_in_words(name, value) == words
