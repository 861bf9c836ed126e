"""Finds the frame at fault on the stack of the goroutine that crashed."""

from debugtext.analyzers.crash_facts.cause_in_words import is_of_runtime
from debugtext.analyzers.crash_facts.panic_frames import THROWS, is_cut, is_handler, last_panic
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import Frame, Stack
from debugtext.stacks.ownership import Owner
from debugtext.stacks.waiting import c_function, calls_c

RUNNERS = ("testing.", "net/http.(*conn).serve.func")
"""Functions that run other people's code, and recover when that code panics."""
_CALLS_SYSTEM = frozenset({"syscall.syscall", "syscall.syscall6", "syscall.syscallPtr"})
"""Functions through which Go calls the system library of macOS (runtime/sys_darwin.go)."""


def frame_at_fault(subject: Subject, stack: Stack) -> Frame | None:
    """The frame to open: the one that panicked, else the one that shows what the goroutine is for.

    None if the text was cut before that frame: what is left is a handler, a deferred function, or the standard library.
    """
    panicked = panicking_frame(subject, stack)
    front = panicked or subject.ownership.front_frame(stack)
    if last_panic(stack) is not None and front is not None and subject.ownership.owner(front) is Owner.STANDARD:
        front = raising_frame(subject, stack, front) or front
    if front is None or is_handler(front.function) or (panicked is None and _is_deferred(stack, front)):
        return None
    is_caller_lost = is_cut(stack) and subject.ownership.owner(front) is Owner.STANDARD and not c_function(stack)
    return None if is_caller_lost else front


def failing_frame(subject: Subject, stack: Stack, front: Frame | None, reason: str) -> Frame | None:
    """The dependency's frame in which the runtime found the error, or which called C or macOS; `front` called it.

    None if the dependency itself called panic: that reports a mistake of its caller, so the caller alone is named.
    """
    in_system = not _CALLS_SYSTEM.isdisjoint(stack.functions[:1])
    is_its_fault = is_of_runtime(reason) or bool(c_function(stack)) or in_system
    if front is None or not subject.ownership.is_own(front) or not is_its_fault:
        return None
    panicked = last_panic(stack)
    called = stack.frames[0 if panicked is None else panicked + 1 : stack.frames.index(front)]
    of_others = (frame for frame in called if subject.ownership.owner(frame) is Owner.DEPENDENCY)
    return next((frame for frame in of_others if not is_handler(frame.function)), None)


def raising_frame(subject: Subject, stack: Stack, front: Frame) -> Frame | None:
    """The frame of other people's code that called panic, if `front` is only its caller; else None.

    Frames of the runtime do not count (it panics because the code that called it is wrong), nor do those that run
    tests and handlers.
    """
    panicked = last_panic(stack)
    called = stack.frames[0 if panicked is None else panicked + 1 : stack.frames.index(front)]
    inner = next((frame for frame in called if frame.package and not _is_of_runtime(frame)), None)
    if inner is None or inner.function.startswith(RUNNERS) or is_handler(inner.function):
        return None
    return None if subject.ownership.is_own(inner) or calls_c(inner.function) else inner


def _is_of_runtime(frame: Frame) -> bool:
    """Whether a frame is in package runtime, or in a package below it that only the runtime uses."""
    return frame.package == "runtime" or frame.package.startswith(("runtime/", "internal/runtime/"))


def _is_deferred(stack: Stack, frame: Frame) -> bool:
    """Whether a frame stands above the last `panic`, so that it is in a deferred function of a frame below.

    False if the runtime ended the program in that deferred function: its fatal error is then what the report is about.
    """
    panicked = last_panic(stack) or 0
    return frame in stack.frames[:panicked] and THROWS.isdisjoint(stack.functions[:panicked])


def panicking_frame(subject: Subject, stack: Stack) -> Frame | None:
    """The frame that panicked: the first own one below `panic`, else the first of a dependency; None without `panic`.

    Above `panic` stand deferred functions: handlers that recover and log the stack.
    """
    panicked = last_panic(stack)
    if panicked is None:
        return None
    below = [frame for frame in stack.frames[panicked + 1 :] if not is_handler(frame.function)]
    placed = [frame for frame in below if frame.file] or below  # without its file, a frame may be anybody's
    for owner, frames in ((Owner.OWN, placed), (Owner.DEPENDENCY, below)):
        found = next((frame for frame in frames if subject.ownership.owner(frame) is owner), None)
        if found is not None:
            return found
    return None
