"""Finds where a program was stopped, from the first goroutine of a dump whose message is cut off."""

from debugtext.analyzers.crash_facts.giving_up import who_gave_up
from debugtext.analyzers.crash_facts.panic_frames import panics_near_top, was_recovered
from debugtext.analyzers.crash_facts.writers import writes_stacks
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.frames import Stack
from debugtext.records.goroutines import Goroutine, GoroutineDump
from debugtext.stacks.places import MAIN

GROWS = frozenset({"copystack", "stack growth"})
"""The states of a goroutine while its stack is enlarged; `stack growth` up to Go 1.7 (runtime/traceback.go)."""
_RUNS = frozenset({"running", ""}) | GROWS
"""The states of a goroutine that ran; "" because a stack without a header may be the one a fatal error prints first."""
_PARKED = ("runtime.gopark", "runtime.futex", "runtime.epollwait", "runtime.kevent", "runtime.usleep")
_AT_WORK = (
    "runtime.mallocgc", "runtime.growslice", "runtime.makeslice", "runtime.newobject", "runtime.map", "runtime.mem",
    "runtime.systemstack", "runtime.largeAlloc", "runtime.concatstring", "runtime.rawstring", "runtime.typedmem",
    "runtime.(*mcache).", "runtime.(*mheap).", "runtime.morestack", "runtime.newstack", "runtime.gcStart",
)  # fmt: skip
"""Functions in which no goroutine waits: a goroutine in them was at work when the runtime stopped it."""


def stopped_goroutine(capture: Capture) -> Goroutine | None:
    """The first goroutine of a dump, if it runs and neither writes the dump nor recovers from a panic; else None.

    A panic or fatal error prints the goroutine in which it happened first (runtime/panic.go dopanic_m). A goroutine
    that writes a dump runs as well, but in a function whose name says so.
    """
    dump = capture.body
    if not isinstance(dump, GoroutineDump) or not len(dump.goroutines) or who_gave_up(dump) is not None:
        return None
    first = dump.goroutines[0]
    stack = first.stack
    if first.state.status not in _RUNS or not stack.frames or was_recovered(stack):
        return None
    if panics_near_top(stack):
        return first
    if _was_printed_by_runtime(first):
        return first if _is_at_work(first) and not writes_stacks(stack) else None
    return None if not first.state.status or _is_outside(stack) or writes_stacks(stack) else first


def _is_at_work(first: Goroutine) -> bool:
    """Whether a goroutine did not wait when the runtime stopped it; without a header, its functions must show that."""
    if first.state.status:
        return not _is_parked(first.stack)
    from debugtext.analyzers.crash_facts.recursion import in_circles  # noqa: PLC0415 - as below

    return first.stack.functions[0].startswith(_AT_WORK) or in_circles(first)


def _was_printed_by_runtime(goroutine: Goroutine) -> bool:
    """Whether frames have `fp=`, as in the goroutine that a fatal error or signal stopped (runtime/traceback.go)."""
    return any(goroutine.details.frame_pointers)


def is_stopped(subject: Subject, capture: Capture) -> bool:
    """Whether a dump shows a program at the moment when it crashed, or when its main goroutine ended it.

    runtime.Stack leaves no frame, so own code on top may have written the dump itself; but not in the middle of an
    endless recursion.
    """
    gave_up = who_gave_up(capture.body)
    if gave_up is not None:  # a goroutine other than main may be a watchdog: then the cause is in the dump
        return MAIN in gave_up[0].stack.functions
    first = stopped_goroutine(capture)
    if first is None:
        return False
    from debugtext.analyzers.crash_facts.recursion import in_circles, is_endless  # noqa: PLC0415 - most dumps begin with their writer

    stack = first.stack
    if panics_near_top(stack) or not subject.ownership.is_own(stack.frames[0]):
        return True
    return is_endless(stack) or in_circles(first)


def prints_stacks(subject: Subject) -> frozenset[str]:
    """The own functions that print stacks: some capture of the input shows them doing it, and not in a panic.

    The outermost own function of such a stack (mostly main.main) does not count unless it is the only one.
    """
    return subject.once(_who_prints_stacks)


def _who_prints_stacks(subject: Subject) -> frozenset[str]:
    dumps = (capture.body for capture in subject.last.captures)
    firsts = (dump.goroutines[0].stack for dump in dumps if isinstance(dump, GoroutineDump) and len(dump.goroutines))
    printed = [stack for stack in firsts if was_recovered(stack) and not panics_near_top(stack)]
    own = [[frame.function for frame in stack.frames if subject.ownership.is_own(frame)] for stack in printed]
    return frozenset(function for functions in own for function in (*functions[:1], *functions[1:-1]))


def _is_outside(stack: Stack) -> bool:
    """Whether the leaf is a system call, or a function of the runtime's."""
    return stack.frames[0].package.partition("/")[0] in {"runtime", "syscall", "internal", ""}


def _is_parked(stack: Stack) -> bool:
    """Whether a goroutine waits, by its leaf, in a traceback that shows the runtime's frames."""
    leaf = stack.frames[0]
    return leaf.function.startswith(_PARKED) or leaf.package.rpartition("/")[2] == "syscall"
