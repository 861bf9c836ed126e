"""Which frame of the goroutine that crashed is at fault."""

from debugtext.analyzers.crash_reports.panic_frames import NIL_DEREFERENCE, PANIC_FRAMES, THROWS, is_cut, is_handler
from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.ownership import Owner
from debugtext.analyzers.stacks.waiting import c_function
from debugtext.records.frames import Frame, Stack

_FOUND_BY_RUNTIME = (
    "runtime error: ", "interface conversion: ", "assignment to entry in nil map", "concurrent map ",
    "send on closed channel", "close of closed channel", "close of nil channel", NIL_DEREFERENCE,
)  # fmt: skip
"""How the text of a panic begins that no library has written."""


def frame_at_fault(subject: Subject, stack: Stack) -> Frame | None:
    """The frame to open: the one that panicked, else the one that tells what the goroutine is for.

    None where only a handler or a deferred function, or only what a library has called, stands above the place at which
    the text was cut.
    """
    panicked = panicking_frame(subject, stack)
    front = panicked or subject.ownership.front_frame(stack)
    if front is None or is_handler(front.function) or (panicked is None and _is_deferred(stack, front)):
        return None
    return None if is_cut(stack) and subject.ownership.owner(front) is Owner.STANDARD else front


def failing_frame(subject: Subject, stack: Stack, front: Frame | None, reason: str) -> Frame | None:
    """The dependency's frame that an own one called, and in which the runtime found the error, or which called C.

    A library's own panic tells its caller of a mistake: of that the caller alone is to be named.
    """
    is_its_fault = reason.startswith(_FOUND_BY_RUNTIME) or bool(c_function(stack))
    if front is None or not subject.ownership.is_own(front) or not is_its_fault:
        return None
    panicked = last_panic(stack)
    called = stack.frames[0 if panicked is None else panicked + 1 : stack.frames.index(front)]
    of_others = (frame for frame in called if subject.ownership.owner(frame) is Owner.DEPENDENCY)
    return next((frame for frame in of_others if not is_handler(frame.function)), None)


def _is_deferred(stack: Stack, frame: Frame) -> bool:
    """Whether a frame stands above what panicked last: it was deferred by what stands below.

    Not so of one with which the runtime ended the program: its fatal error is the one that is told.
    """
    panicked = last_panic(stack) or 0
    return frame in stack.frames[:panicked] and THROWS.isdisjoint(stack.functions[:panicked])


def last_panic(stack: Stack) -> int | None:
    """The index of the outermost `panic`: what stands above it are deferred functions, which may panic themselves."""
    return max((i for i, frame in enumerate(stack.frames) if frame.function in PANIC_FRAMES), default=None)


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
