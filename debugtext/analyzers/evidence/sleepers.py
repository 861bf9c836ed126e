"""Minutes that a text prints and that have not passed: a sleeper's argument tells how long it can have slept at most.

Go counts a wait from the garbage collection before the one that saw it (work.tstart in runtime/mgc.go): where that was
minutes ago, who has just gone to sleep prints these minutes, and so does whoever has just begun to wait.
"""

from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.operations import Operation
from debugtext.records.captures import Capture

_SLEEP = "time.Sleep"
_MINUTE_NANOSECONDS = 60_000_000_000


def false_minutes(subject: Subject, capture: Capture) -> int:
    """How many of the minutes that a capture prints have not passed, as far as a sleeper tells; 0 where none does."""
    return subject.once(f"false minutes {id(capture)}", lambda _: _false_minutes(subject, capture))


def _false_minutes(subject: Subject, capture: Capture) -> int:
    """The same, looked up once. An argument of two words is that of a 32-bit program: the low half tells nothing."""
    most, members = 0, subject.members(capture)
    for place in subject.company(capture).places:
        if place.operation is not Operation.SLEEP or not place.oldest_minutes or _SLEEP not in place.stack.functions:
            continue
        frame, waits = place.stack.functions.index(_SLEEP), members.waits(place)
        for number, arguments in members.sampled(place):
            match arguments[frame : frame + 1]:
                case ((nanoseconds,),) if nanoseconds.startswith("0x") and not nanoseconds.endswith("?"):
                    most = max(most, waits[number] - int(nanoseconds, 16) // _MINUTE_NANOSECONDS)
    return most
