"""What is remembered of a damage, for goroutines that are broken in one way, changes neither records nor problems."""

from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debugtext.formats.dumps import _shapes, dump_lines, goroutine, repair
from debugtext.reading import read
from debugtext.unwrapping.joined import straighten
from debugtext.unwrapping.lines import go_lines, shapes

LINES = (
    "goroutine 17 [chan receive, 25 minutes]:",
    "main.(*T).get(0xc000012, {0x2, 0x3?})",
    "\t/src/shop/v2/get.go:123 +0x1d",
    "\t/src/shop/v2/get.go:123 +0x1d fp=0xc3 sp=0xc2 pc=0x47",
    "created by main.start.func7 in goroutine 25",
    "...23 frames elided...",
    "[originating from goroutine 34]:",
    "?? broken 56",
    "2026/02/03 04:05:06 served 789 in 5ms",
    "main.get(0x2",
    "main.get(0x2)) 34",
    "\t/src/shop/v2/get.g",
    "    /src/shop/v2/get.go:45",
    "12 @ 0x34 0x56",
    "goroutine 18 [select",
    "",
)
REMEMBERED = (
    dump_lines._terminal_of,
    repair._picked,
    goroutine._header_of,
    go_lines._token_of,
    straighten._remembered,
)


@st.composite
def broken_alike(draw):
    """Goroutines broken in a few ways, each many times with other digits."""
    breaks = st.lists(st.sampled_from(LINES), min_size=1, max_size=6)
    blocks = [[LINES[0], *draw(breaks)] for _ in range(draw(st.integers(1, 3)))]
    digits = st.permutations("23456789")
    text = []
    for _ in range(draw(st.integers(2, 5))):
        changed = str.maketrans("23456789", "".join(draw(digits)))
        text += ["\n".join(line.translate(changed) for line in block) for block in blocks]
    return "\n\n".join(text) + draw(st.sampled_from(["", "\n"]))


@contextmanager
def nothing_alike():
    """Every line is looked at by itself."""
    for remembered in (*REMEMBERED, shapes.as_printed):
        remembered.cache_clear()
    _shapes._shapes.clear()
    with pytest.MonkeyPatch.context() as patch:
        for module in (dump_lines, repair, _shapes, go_lines, straighten):
            patch.setattr(module, "ALIKE", {})
        yield
    for remembered in REMEMBERED:
        remembered.cache_clear()


def what_is_read(text):
    reading = read(text)
    records = [list(map(repr, getattr(capture.body, "goroutines", ()))) for capture in reading.captures]
    return reading, records


@given(broken_alike())
@settings(max_examples=150, deadline=None)
def test_what_is_remembered_of_a_damage_changes_nothing(text):
    at_once = what_is_read(text)
    with nothing_alike():
        one_by_one = what_is_read(text)
    assert at_once == one_by_one
