"""Which frame of the goroutine that crashed is at fault."""

from debugtext.analyzers.crash_facts.cause_in_words import is_of_runtime
from debugtext.analyzers.crash_facts.panic_frames import THROWS, is_cut, is_handler, last_panic
from debugtext.analyzers.stacks.ownership import Owner
from debugtext.analyzers.stacks.waiting import c_function, calls_c
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import Frame, Stack

_RUNNERS = ("testing.", "net/http.(*conn).serve.func")
"""Who runs other people's code, and recovers what it panics with."""
_CALLS_SYSTEM = frozenset({"syscall.syscall", "syscall.syscall6", "syscall.syscallPtr"})
"""How macOS' library is called (runtime/sys_darwin.go)."""


def frame_at_fault(subject: Subject, stack: Stack) -> Frame | None:
    """The frame to open: the one that panicked, else the one that tells what the goroutine is for.

    None where only a handler or a deferred function, or only what a library has called, stands above the place at which
    the text was cut.
    """
    panicked = panicking_frame(subject, stack)
    front = panicked or subject.ownership.front_frame(stack)
    if last_panic(stack) is not None and front is not None and subject.ownership.owner(front) is Owner.STANDARD:
        front = raising_frame(subject, stack, front) or front
    if front is None or is_handler(front.function) or (panicked is None and _is_deferred(stack, front)):
        return None
    return None if is_cut(stack) and subject.ownership.owner(front) is Owner.STANDARD else front


def failing_frame(subject: Subject, stack: Stack, front: Frame | None, reason: str) -> Frame | None:
    """The dependency's frame that an own one called, in which the runtime found the error, or which called C or macOS.

    A library's own panic tells its caller of a mistake: of that the caller alone is to be named.
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
    """The frame that called panic, where it is other people's and the one to open has but called it; else None.

    None of the runtime's, which panics where the code itself is wrong, and none of who runs tests and handlers.
    """
    panicked = last_panic(stack)
    called = stack.frames[0 if panicked is None else panicked + 1 : stack.frames.index(front)]
    inner = next((frame for frame in called if frame.package and not _is_of_runtime(frame)), None)
    if inner is None or inner.function.startswith(_RUNNERS) or is_handler(inner.function):
        return None
    return None if subject.ownership.is_own(inner) or calls_c(inner.function) else inner


def _is_of_runtime(frame: Frame) -> bool:
    """Whether it is package runtime's, or of those below it that only the runtime uses."""
    return frame.package == "runtime" or frame.package.startswith(("runtime/", "internal/runtime/"))


def _is_deferred(stack: Stack, frame: Frame) -> bool:
    """Whether a frame stands above what panicked last: it was deferred by what stands below.

    Not so of one with which the runtime ended the program: its fatal error is the one that is told.
    """
    panicked = last_panic(stack) or 0
    return frame in stack.frames[:panicked] and THROWS.isdisjoint(stack.functions[:panicked])


def panicking_frame(subject: Subject, stack: Stack) -> Frame | None:
    """The frame that panicked: the first own one (else a dependency's) below `panic`; None without `panic`.

    What stands above it are deferred functions: handlers that recover, and log the stack.
    """
    panicked = last_panic(stack)
    if panicked is None:
        return None
    below = [frame for frame in stack.frames[panicked + 1 :] if not is_handler(frame.function)]
    placed = [frame for frame in below if frame.file] or below  # whose location is cut off may be anybody's
    for owner, frames in ((Owner.OWN, placed), (Owner.DEPENDENCY, below)):
        found = next((frame for frame in frames if subject.ownership.owner(frame) is owner), None)
        if found is not None:
            return found
    return None
