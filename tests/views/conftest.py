"""Profiles written down in a line: functions leaf first, a number, labels."""

import pytest

from debugtext.records.counts import CountProfile, CountSample
from debugtext.records.frames import Frame, Stack
from debugtext.views.from_records import sample_table


def stack_of(*functions):
    """Frames at addresses of their own; `name@file.go:7` gives file and line, a `^` in front says inlined."""
    frames = []
    for function in functions:
        name, _, place = function.lstrip("^").partition("@")
        file, _, line = place.partition(":")
        frames.append(Frame(name, file or None, int(line) if line else None, inlined=function.startswith("^")))
    return Stack(tuple(frames))


@pytest.fixture
def counts():
    """`counts(("main.leaf main.main", 5), …)`: a table of a goroutine profile; labels may follow as pairs."""

    def table(*samples):
        made = [CountSample(count, stack_of(*names.split()), 1, tuple(labels)) for names, count, *labels in samples]
        return sample_table(CountProfile("goroutine", None, tuple(made)))

    return table
