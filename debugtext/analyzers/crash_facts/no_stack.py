"""What to do about reports without a stack: Go prints none with GOTRACEBACK=none, or the text was cut off."""

from debugtext.records.crashes import Crash

_NO_STACK_ADVICE = (
    "No stack is in this text: see whether the whole log has one; else run with GOTRACEBACK={}, which prints it."
)
_LOGGED_ADVICE = (
    "No stack is in this text: see whether the whole log has one; else run with GOTRACEBACK={}, or, where the program "
    "has logged this panic itself, let it log debug.Stack() too."
)
_ONE, _ALL = "single", "all"
_BY_PC = " Or ask for the line of its pc: `echo {:#x} | go tool addr2line PROGRAM`."
_KINDS_OF_ONE_GOROUTINE = frozenset({"panic", "fatal", "signal"})
"""Kinds of crashes for which the runtime prints the stack of one goroutine."""
_KINDS_OF_ALL_GOROUTINES = frozenset({"deadlock"})
"""Kinds of crashes for which the runtime prints the stacks of all goroutines."""
_NOBODY_LEFT = "no goroutines"
"""The reason when there is no stack to print: main called runtime.Goexit, and all other goroutines have ended."""


def advice_without_stack(crash: Crash) -> str:
    """How to get the stack of a report without one; empty if it has one, or if Go prints none in such a case."""
    if len(crash.goroutines) or crash.runtime_tracebacks or crash.reason.startswith(_NOBODY_LEFT):
        return ""
    last = crash.panics[-1] if crash.panics else None
    is_over = last is None or last.repanicked or not last.recovered
    if crash.kind not in _KINDS_OF_ALL_GOROUTINES | _KINDS_OF_ONE_GOROUTINE or not is_over:
        return ""
    pc = crash.signal.pc if crash.signal is not None else None
    advice = _LOGGED_ADVICE if last is not None and last.prefix else _NO_STACK_ADVICE
    return advice.format(_ALL if crash.kind in _KINDS_OF_ALL_GOROUTINES else _ONE) + (_BY_PC.format(pc) if pc else "")
