"""Where a program was stopped, told from the first goroutine of a dump whose message is cut off."""

from debugtext.analyzers.crash_reports.panic_frames import panics_near_top, was_recovered
from debugtext.analyzers.rule import Subject
from debugtext.records.captures import Capture
from debugtext.records.frames import Stack
from debugtext.records.goroutines import Goroutine, GoroutineDump

_WRITERS = ("dump", "stack", "trace", "goroutine", "pprof", "profile", "debug", "leak", "diagnos", "testing.")
_NEAR = 4
_RUNS = ("running", "")
"""A stack without its header may be the runtime's own, which a fatal error prints first."""


def stopped_goroutine(capture: Capture) -> Goroutine | None:
    """The first goroutine of a dump, if it runs and neither writes the dump nor recovers from a panic.

    A panic or fatal error prints the goroutine it happened in first (runtime/panic.go dopanic_m). Who writes a dump
    runs too, but in a function that says so.
    """
    dump = capture.body
    if not isinstance(dump, GoroutineDump) or not len(dump.goroutines):
        return None
    first = dump.goroutines[0]
    stack = first.stack
    if first.state.status not in _RUNS or not stack.frames or was_recovered(stack):
        return None
    if panics_near_top(stack):
        return first
    return None if not first.state.status or _waits_or_writes(stack) else first


def is_stopped(subject: Subject, capture: Capture) -> bool:
    """Whether a dump shows a program in the moment it ended.

    runtime.Stack leaves no frame: where own code is on top, it may have written the dump by itself; not so in the
    middle of an endless recursion.
    """
    first = stopped_goroutine(capture)
    if first is None:
        return False
    from debugtext.analyzers.crash_reports.recursion import is_endless  # noqa: PLC0415 - most dumps begin with who writes them

    stack = first.stack
    return bool(panics_near_top(stack)) or not subject.ownership.is_own(stack.frames[0]) or is_endless(stack)


def _waits_or_writes(stack: Stack) -> bool:
    """Whether the leaf is a system call or the runtime's own, or a name near the top speaks of stacks or dumps."""
    if stack.frames[0].package.partition("/")[0] in {"runtime", "syscall", "internal", ""}:
        return True
    return any(word in function.lower() for function in stack.functions[:_NEAR] for word in _WRITERS)
