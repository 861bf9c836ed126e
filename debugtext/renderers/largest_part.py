"""What a healthy text cannot answer alone: most of it is one thing, and only a second text tells whether that grows."""

from collections import Counter
from typing import TYPE_CHECKING, cast

from debugtext.records.captures import Capture
from debugtext.records.reports import Report
from debugtext.renderers.frames_shown import is_the_runtimes
from debugtext.renderers.words import share_in_words

if TYPE_CHECKING:  # a text of goroutines is shown without loading the records of heaps
    from debugtext.records.heap import HeapProfile

_FEWEST_GOROUTINES = 8
_LEAST_BYTES = 8 << 20
"""Of less than that one function has most in nearly every program, and a sample more or less changes which."""


def largest_part(report: Report) -> str:
    """`9 of 14 stand at one place: …` of one text more than half of which is alike; else empty."""
    captures = report.captures
    if len(captures) != 1:
        return ""
    return _of_heap(captures[0]) if captures[0].format == "heap" else _of_goroutines(captures[0])


def _of_goroutines(capture: Capture) -> str:
    total = capture.goroutines or 0
    if total < _FEWEST_GOROUTINES:
        return ""
    places: Counter[object] = Counter()
    for group in capture.groups():
        if not is_the_runtimes(group.stack):
            places[group.stack] += group.count
    most = max(places.values(), default=0)
    if 2 * most <= total:
        return ""
    return f"{most:,} of {total:,} stand at one place: a second text would tell whether they become more"


def _of_heap(capture: Capture) -> str:
    from debugtext.views.flat_cum import top  # noqa: PLC0415 - only heaps need it

    heap = cast("HeapProfile", capture.body)
    table = top(heap, next(kind for kind in heap.sample_kinds if kind.name == "inuse_space"))
    most = table.rows[0].flat if table.rows else 0
    if table.total < _LEAST_BYTES or 2 * most <= table.total:
        return ""
    return f"one function holds {share_in_words(most, table.total)} of it: a second text would tell whether it grows"
