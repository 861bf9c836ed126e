"""What to do when the runtime found all goroutines asleep, by what the goroutine at fault waits for."""

from debugtext.records.crashes import Crash
from debugtext.stacks.operations import LOCKS, Operation
from debugtext.stacks.waiting import operation_of

_ALONE_ADVICE = (
    "No other goroutine of the program is in this text: who should {} has returned without it, or was never started."
)
_NEEDS = {
    Operation.RECEIVE: "send or close",
    Operation.RANGE: "close the channel",
    Operation.CHANNEL: "send, receive or close",
    Operation.SELECT: "send, receive or close",
    Operation.CONDITION: "call Signal or Broadcast",
    Operation.WAIT_GROUP: "call Done",
    Operation.SEND: "receive",
    **dict.fromkeys(LOCKS, "unlock"),
}
_WITHOUT_RECEIVER_ADVICE = (
    "No other goroutine of the program is in this text to receive: start the receiver before the send, or give the "
    "channel a buffer."
)
_LOCKED_TWICE_ADVICE = (
    "No other goroutine of the program is in this text: this one has locked it twice (Go's locks are not re-entrant), "
    "or who held it has ended without Unlock."
)
NEVER_MADE = "The channel is nil, and nothing can wake who waits for it: make(chan …) it before it is used."
NO_CASES = (
    "Nothing can end a `select {}`: wait for what the program is to do instead (a WaitGroup, a channel), or return."
)


def needed(operation: Operation) -> str:
    """What wakes a goroutine that waits in this operation: `send or close`, `call Done`."""
    return _NEEDS.get(operation, "wake it")


def is_alone(crash: Crash) -> bool:
    """Whether a report shows only one goroutine besides the runtime's own."""
    groups = (group for group in crash.groups() if operation_of(group.stack, group.state) is not Operation.SYSTEM)
    return sum(group.count for group in groups) == 1


def advice_of_sleep(operation: Operation, *, alone: bool) -> str:
    """What to do about a goroutine that waits for ever; empty if the cause may be another of several goroutines."""
    if operation in {Operation.NIL_SEND, Operation.NIL_RECEIVE}:
        return NEVER_MADE
    if operation is Operation.NO_CASES:
        return NO_CASES
    if not alone:
        return ""
    if operation in LOCKS:
        return _LOCKED_TWICE_ADVICE
    return _WITHOUT_RECEIVER_ADVICE if operation is Operation.SEND else _ALONE_ADVICE.format(needed(operation))
