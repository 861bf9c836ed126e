"""Wherever a text is cut off, nobody is blamed by half a name: who is named in a finding stands whole in the text."""

import re
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from debugtext import analyze
from debugtext.reading import read

SAMPLES = Path(__file__).parents[2] / "samples"
LARGEST = 20_000
GUESSED = "recovery"
"""A stack without import paths: which package is main, only frames further down tell."""


@cache
def texts():
    """The samples of which a cut may leave half a name."""
    files = [file for folder in ("dump", "crash", "goroutine", "race") for file in (SAMPLES / folder).glob("*.txt")]
    whole = (file.read_text() for file in sorted(files) if GUESSED not in file.name)
    return [text for text in whole if len(text) <= LARGEST]


@cache
def names(text):
    """All functions that its reading, or a finding of it, names."""
    reading = read(text.encode())
    groups = [group for capture in reading.captures for group in capture.groups()]
    frames = [frame for group in groups for frame in (*group.stack.frames, group.stack.created_by) if frame]
    found = {function for finding in analyze([reading]).findings for function in finding.functions}
    return found | {frame.function for frame in frames}


def stands_whole(name, text):
    """Whether a name stands in a text, and goes on neither before nor behind it."""
    return re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.·)\]-])", text) is not None


@given(st.data())
@settings(max_examples=120)
def test_nobody_is_blamed_by_half_a_name(data):
    text = data.draw(st.sampled_from(texts()))
    cut = text[: data.draw(st.integers(1, len(text)))]
    named = {function for finding in analyze([read(cut.encode())]).findings for function in finding.functions}
    assert not [name for name in named if name not in names(text) and not stands_whole(name, text)]
