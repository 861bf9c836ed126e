"""Several inputs are named in one form, which tells them apart."""

import pytest

from debugtext.renderers.input_names import short_input_names


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["/tmp/logs/a.txt", "samples/b.txt", "-"], ["a.txt", "b.txt", "standard input"]),
        (["day1/heap.txt", "/x/day2/heap.txt", "c.txt"], ["day1/heap.txt", "day2/heap.txt", "c.txt"]),
        (["heap.txt", "./heap.txt"], ["heap.txt", "./heap.txt"]),
        ([r"C:\logs\a.txt", r"C:\logs\b.txt"], ["a.txt", "b.txt"]),
        (
            ["http://a:1/debug/pprof/heap", "http://b:1/debug/pprof/heap"],
            ["a:1/debug/pprof/heap", "b:1/debug/pprof/heap"],
        ),
        (["a\x1b.txt", "b.txt"], ["a\\x1b.txt", "b.txt"]),
        (["a.txt"], ["a.txt"]),
        (["a/b.txt", r"a\b.txt"], ["a/b.txt", "a/b.txt"]),
    ],
)
def test_names_are_as_short_as_tells_them_apart(names, short):
    assert list(short_input_names(names).values()) == short
