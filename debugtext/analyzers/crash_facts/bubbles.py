"""Bubbles of testing/synctest in which all goroutines are asleep: what keeps the bubble's clock from moving.

The clock moves only while all goroutines of the bubble are durably blocked, that is by something that only the bubble
itself can end (https://pkg.go.dev/testing/synctest). Since 1.25 Go prints ` (durable)` after the state of these.
"""

from debugtext.records.crashes import Crash
from debugtext.records.goroutines import State
from debugtext.stacks.operations import CHANNELS, LOCKS, Operation
from debugtext.stacks.waiting import operation_of

_CLOCK_ADVICE = (
    "A bubble's clock moves only while all its goroutines are durably blocked, and {} does not count: "
    "nobody who sleeps in the bubble ever wakes. {}"
)
_RELEASE_LOCK = "See who holds this lock and does not release it: it may be asleep itself."
_MAKE_INSIDE = "Make the channel within the bubble."
_USE_NOTHING_OUTSIDE = "Use nothing from outside of the bubble here (net.Pipe is a connection within it)."
_AT_WORK = frozenset({Operation.RUNNING, Operation.SYSTEM})


def states_that_stop_clocks(crash: Crash) -> frozenset[State]:
    """The states of goroutines that wait in a bubble without being durably blocked, while others in it are."""
    states = {group.state for group in crash.groups() if group.state is not None and group.state.bubble is not None}
    stopped = {state.bubble for state in states if state.durable}
    working = {group.state for group in crash.groups() if operation_of(group.stack, group.state) in _AT_WORK}
    return frozenset(state for state in states - working if not state.durable and state.bubble in stopped)


def advice_of_clock(crash: Crash, operation: Operation) -> str:
    """What to do about goroutines that wait in `operation` and so stop the clock of a bubble in which others sleep.

    Empty if nobody sleeps in such a bubble.
    """
    stopped = {state.bubble for state in states_that_stop_clocks(crash)}
    groups = [group for group in crash.groups() if group.state is not None and group.state.bubble in stopped]
    if not any(operation_of(group.stack, group.state) is Operation.SLEEP for group in groups):
        return ""
    todo = _RELEASE_LOCK if operation in LOCKS else _MAKE_INSIDE if operation in CHANNELS else _USE_NOTHING_OUTSIDE
    return _CLOCK_ADVICE.format(operation.doing, todo)
