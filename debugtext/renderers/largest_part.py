"""The remark on a healthy text of which more than half is one thing: only a second text tells whether that grows."""

from collections import Counter
from typing import TYPE_CHECKING, cast

from debugtext.records.captures import Capture
from debugtext.records.frames import Stack
from debugtext.records.goroutines import State
from debugtext.records.reports import Report
from debugtext.renderers.frames_shown import frame_to_show, is_the_runtimes
from debugtext.renderers.words import share_in_words

if TYPE_CHECKING:  # a text of goroutines is shown without loading the records of heaps
    from debugtext.records.heap import HeapProfile

_FEWEST_GOROUTINES = 8
"""Nothing is said of fewer goroutines: half of them is no crowd."""
_POOL = ", a goroutineleak profile (Go 1.27) whether anybody is left to wake them"
_LEAST_BYTES = 8 << 20
"""Nothing is said of a smaller heap: in nearly every program one function holds most of it, by chance of sampling."""


def largest_part(report: Report) -> tuple[str, str]:
    """(`9 of 14 stand at main.wait wait.go:9: …`, the place in it); empty if there are more texts, or no such part."""
    captures = report.captures
    if len(captures) != 1:
        return "", ""
    return (_of_heap(captures[0]), "") if captures[0].format == "heap" else _of_goroutines(report, captures[0])


def _of_goroutines(report: Report, capture: Capture) -> tuple[str, str]:
    total = capture.goroutines or 0
    if total < _FEWEST_GOROUTINES:
        return "", ""
    places: Counter[Stack] = Counter()
    states: dict[Stack, State | None] = {}
    for group in capture.groups():
        if not is_the_runtimes(group.stack):
            places[group.stack] += group.count
            states.setdefault(group.stack, group.state)
    ((stack, most),) = places.most_common(1) or [(Stack(), 0)]
    if 2 * most <= total:
        return "", ""
    from debugtext.renderers.layout import function_and_place  # noqa: PLC0415
    from debugtext.renderers.unmoved_part import FOR_OTHERS, WIDE  # noqa: PLC0415
    from debugtext.stacks.leak_detector import detector_has_run  # noqa: PLC0415 - as below
    from debugtext.stacks.waiting import operation_of  # noqa: PLC0415 - few texts come here

    frame = frame_to_show(stack, report.own_frame, report.front_frame)
    place = function_and_place(frame, WIDE) if frame else ""
    tells = "a second text would tell whether they become more"
    tells += _POOL * (operation_of(stack, states[stack]) in FOR_OTHERS and not detector_has_run(capture.groups()))
    return f"{most:,} of {total:,} stand at {place or 'one place'}: {tells}", place


def _of_heap(capture: Capture) -> str:
    from debugtext.views.flat_cum import top  # noqa: PLC0415 - only heaps need it

    heap = cast("HeapProfile", capture.body)
    table = top(heap, next(kind for kind in heap.sample_kinds if kind.name == "inuse_space"))
    most = table.rows[0].flat if table.rows else 0
    if table.total < _LEAST_BYTES or 2 * most <= table.total:
        return ""
    return f"one function holds {share_in_words(most, table.total)} of it: a second text would tell whether it grows"
