"""The sign `readers`: many more goroutines write to connections than read them.

A connection has a goroutine that reads it and one that writes to it, mostly in methods of one type; both end with it
(https://github.com/gorilla/websocket/blob/main/examples/chat/client.go has the pair). If many more write than read, the
readers have ended, and have not told the writers.
"""

from debugtext.analyzers.subject import Subject
from debugtext.analyzers.weighing.signs.case import Case
from debugtext.records.captures import Capture
from debugtext.records.findings import normalised_function
from debugtext.records.frames import receiver_type
from debugtext.records.reasons import Reason
from debugtext.stacks.operations import READS, RECEIVES, Operation

_LEAST_WRITERS = 20
_LEAST_WRITERS_A_READER = 3
_WAITS = RECEIVES | {Operation.SEND, Operation.SELECT}
_HALVES = (
    *(("write", "read"), ("Write", "Read"), ("writer", "reader"), ("Writer", "Reader")),
    *(("send", "receive"), ("Send", "Receive"), ("sender", "receiver"), ("Sender", "Receiver")),
    *(("send", "recv"), ("Send", "Recv")),
)
"""How the names of the two methods differ: `writePump` and `readPump`."""


def without_readers(case: Case) -> list[Reason]:
    """Points for writers if most of their connections are not read any more; none if no goroutine reads at all."""
    crowd = case.crowd
    function = normalised_function(crowd.first.function)
    if crowd.operation not in _WAITS or crowd.count < _LEAST_WRITERS or not receiver_type(function):
        return []
    counts = case.subject.once(_readers, crowd.first.capture)
    kind, _, name = function.rpartition(".")
    read = max((counts.get(f"{kind}.{name.replace(*half)}", 0) for half in _HALVES if half[0] in name), default=0)
    if not read or crowd.count < _LEAST_WRITERS_A_READER * read:
        return []
    return [Reason(2, f"only {read:,} of their type still read: the other readers have ended")]


def _readers(subject: Subject, capture: Capture) -> dict[str, int]:
    """How many goroutines are in each method in which any reads: others may be at work on what they have read."""
    counts: dict[str, int] = {}
    reads: set[str] = set()
    for place in subject.company(capture).places:
        for function in {normalised_function(frame) for frame in place.stack.functions if receiver_type(frame)}:
            counts[function] = counts.get(function, 0) + place.count
            if place.operation in READS:
                reads.add(function)
    return {function: counts[function] for function in reads}
