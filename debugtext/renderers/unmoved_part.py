"""The remark on a healthy series in which most goroutines stand at one place, as many in each text."""

from collections.abc import Iterator, Sequence

from debugtext.records.frames import Stack
from debugtext.records.goroutines import State
from debugtext.records.reports import Report
from debugtext.renderers.frames_shown import frame_to_show, is_the_runtimes
from debugtext.renderers.layout import function_and_place
from debugtext.stacks.operations import CHANNELS, LOCKS, Operation
from debugtext.stacks.waiting import operation_of

_FEWEST = 8
"""Nothing is said of fewer goroutines."""
_KIND = "goroutine"
FOR_OTHERS = CHANNELS | LOCKS | {Operation.SELECT, Operation.CONDITION, Operation.WAIT_GROUP, Operation.SEMAPHORE}
"""The waits for which a goroutineleak profile can tell whether a goroutine is left that could end them."""
WIDE, _TWO = 1 << 10, 2
"""`WIDE`: a width in which any name fits."""
UNANSWERED = (
    ": an idle pool looks like this, and so does one that nobody uses any more; "
    "a goroutineleak profile (Go 1.27) tells which"
)


def unmoved_part(report: Report) -> tuple[str, str]:
    """(`64 of 67 stand at idle.(*Pool).worker idle.go:27, as many in each: …`, the place in it); else empty."""
    crowds = list(_crowds(report))
    stack, counts = max(crowds, key=lambda crowd: crowd[1][-1], default=(Stack(), (0,)))
    total = sum(values[-1] for _, values in crowds)
    if total < _FEWEST or 2 * counts[-1] <= total or len(set(counts)) > 1 or is_the_runtimes(stack):
        return "", ""
    frame = frame_to_show(stack, report.own_frame, report.front_frame)
    if frame is None:
        return "", ""
    place = function_and_place(frame, WIDE)
    each = "both" if len(counts) == _TWO else "each"
    asks = UNANSWERED * (operation_of(stack, _state(report, stack)) in FOR_OTHERS)
    return f"{counts[-1]:,} of {total:,} stand at {place}, as many in {each}{asks}", place


def _crowds(report: Report) -> Iterator[tuple[Stack, Sequence[int]]]:
    """Each stack of goroutines with its number of goroutines in each text."""
    for trend in report.trends:
        if trend.kind == _KIND and trend.stack is not None and not trend.source:
            yield trend.stack, trend.values
    for change in () if report.trends else report.changes:
        if change.kind == _KIND and change.stack is not None:
            yield change.stack, (change.before, change.after)


def _state(report: Report, stack: Stack) -> State | None:
    """The state of the goroutines on the stack, if the texts tell it."""
    states = (change.state for change in report.changes if change.stack == stack)
    return next((State(state) for state in states if state), None)
