"""Who could still receive what a crowd of goroutines sends: another goroutine of the same code that is busy."""

from debugtext.analyzers._rule import Subject
from debugtext.analyzers.crowds import Crowd
from debugtext.analyzers.waiting import IO, Operation

_BUSY = IO | {Operation.SLEEP, Operation.SYSCALL, Operation.RUNNING}


def could_receive(subject: Subject, crowd: Crowd) -> str:
    """A busy goroutine's function beside the senders': a closure of the same function, or a method of the same type."""
    sender = crowd.first.function
    family = _family(sender)
    if not family:
        return ""
    for place in subject.company(crowd.first.capture).places:
        if place.operation not in _BUSY or not place.own:
            continue
        functions = place.stack.functions
        found = next((function for function in functions if _family(function) == family), "")
        if found and sender not in functions:
            return found
    return ""


def _family(function: str) -> str:
    """`pkg.Run` of a closure `pkg.Run.func`, `pkg.(*T)` of a method; empty for a plain function."""
    package, _, name = function.rpartition("/")
    outer, _, rest = name.partition(".func")
    if rest:
        return f"{package}/{outer}"
    head, dot, method = name.rpartition(".")
    return f"{package}/{head}" if dot and method and head.endswith(")") else ""
