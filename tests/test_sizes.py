"""Sizes and thresholds: what people write, and what is shown to them, which they can write again."""

import pytest

from debugtext.analyzers import RULES
from debugtext.sizes import bytes_of, threshold_in_words, threshold_of


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
    ("name", "text", "number"),
    [
        ("DT403.least_bytes", "64MiB", 64 << 20),
        ("DT403.least_bytes", "67108864", 64 << 20),
        ("DT403.share", "0.5", 0.5),
    ],
)
def test_thresholds(name, text, number):
    assert threshold_of(name, text) == number


@pytest.mark.parametrize(("name", "text"), [("DT403.share", "64MiB"), ("DT403.least_bytes", "much")])
def test_what_is_no_threshold(name, text):
    with pytest.raises(ValueError, match=r"could not convert|is not a size"):
        threshold_of(name, text)


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


@pytest.mark.parametrize("text", ["nan", "inf", "-1", "-0.5"])
def test_no_threshold_is_negative_or_endless(text):
    with pytest.raises(ValueError, match="is no threshold"):
        threshold_of("minutes", text)


def test_every_threshold_of_ours_is_read_again_as_it_is_shown():
    shown = [
        (name, value, threshold_in_words(name, value)) for rule in RULES for name, value in rule.thresholds.items()
    ]
    assert [(name, value) for name, value, words in shown if threshold_of(name, words) != value] == []
