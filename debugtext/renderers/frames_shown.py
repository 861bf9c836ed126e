"""Which frame is shown for a whole stack, and what for one without frames: the same in the table and on the page."""

from collections.abc import Callable

from debugtext.analyzers.stacks.ownership import is_wrapper
from debugtext.analyzers.stacks.stdlib import is_standard_package
from debugtext.records.frames import Frame, Stack

_ROOTS = {"runtime.goexit", "runtime.goexit.abi0", "runtime.main"}
_RUNTIME = ("runtime.", "internal/runtime/")
_TESTS = ("testing.tRunner", "testing.(*T).Run")
_RUNTIME_LOCKS = ("runtime.lock", "runtime.unlock")
NO_STACK = "(no stack recorded)"
Choice = Callable[[Stack], Frame | None]


def frame_to_show(stack: Stack, own_frame: Choice, front_frame: Choice) -> Frame | None:
    """The frame that tells a stack from others: the user's own, or a dependency's.

    Where all is standard library, the outermost frame says what a goroutine is for (`http.(*conn).serve`), and of its
    own tests the test; but the one that writes the dump is to be known as such, and of the runtime's own work the part
    that took its lock.
    """
    front = front_frame(stack)
    if front is not None and (front is own_frame(stack) or not is_standard_package(front.package)):
        return front
    if stack.frames and stack.frames[0].function.startswith(_RUNTIME_LOCKS):
        return next((frame for frame in stack.frames if not frame.function.startswith(_RUNTIME_LOCKS)), front)
    writer = next((frame for frame in stack.frames if frame.package == "runtime/pprof"), None)
    told = [frame for frame in reversed(without_root(stack.frames)) if not is_wrapper(frame.function)]
    told = [frame for frame in told if not frame.function.startswith(_TESTS)] or told
    whole = (frame for frame in told if frame.file)  # where a text is cut off, the outermost has lost its place
    return writer or next(whole, None) or next(iter(told), None) or front


def without_frames(stack: Stack) -> str:
    """What to show for a stack of which no function is known."""
    if stack.unavailable:
        return "(stack unavailable)"
    address = next(filter(None, stack.addresses), None)
    return NO_STACK if address is None else f"{address:#x} (no name for it)"


def without_root(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames without those that stand below every goroutine and tell nothing."""
    end = len(frames)
    while end and frames[end - 1].function in _ROOTS:
        end -= 1
    return frames[:end]


def is_the_runtimes(stack: Stack) -> bool:
    """Whether the runtime keeps such a goroutine for itself: nobody looks for it, and a crash shows a dozen."""
    return bool(stack.frames) and all(frame.function.startswith(_RUNTIME) for frame in stack.frames)
