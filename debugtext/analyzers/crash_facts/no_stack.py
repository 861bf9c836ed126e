"""Reports below which no stack stands: Go prints none with GOTRACEBACK=none, or the text ends there."""

from debugtext.records.crashes import Crash

_NONE = "No stack is in this text: see whether the whole log has one; else run with GOTRACEBACK={}, which prints it."
_LOGGED = (
    "No stack is in this text: see whether the whole log has one; else run with GOTRACEBACK={}, or, where the program "
    "has logged this panic itself, let it log debug.Stack() too."
)
_ONE, _ALL = "single", "all"
_BY_PC = " Or ask for the line of its pc: `echo {:#x} | go tool addr2line PROGRAM`."
_OF_ONE = frozenset({"panic", "fatal", "signal"})
_OF_ALL = frozenset({"deadlock"})
"""Kinds of a crash whose stacks the runtime itself prints."""
_NOBODY_LEFT = "no goroutines"
"""What it says where there is no stack to be printed: main called runtime.Goexit, and the others have ended."""


def advice_without_stack(crash: Crash) -> str:
    """How to get the stack of a report that has none; empty where it has one, or Go itself would print none."""
    if len(crash.goroutines) or crash.runtime_tracebacks or crash.reason.startswith(_NOBODY_LEFT):
        return ""
    last = crash.panics[-1] if crash.panics else None
    is_over = last is None or last.repanicked or not last.recovered
    if crash.kind not in _OF_ALL | _OF_ONE or not is_over:
        return ""
    pc = crash.signal.pc if crash.signal is not None else None
    advice = _LOGGED if last is not None and last.prefix else _NONE
    return advice.format(_ALL if crash.kind in _OF_ALL else _ONE) + (_BY_PC.format(pc) if pc else "")
