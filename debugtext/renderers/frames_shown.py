"""Which frame is shown for a whole stack, in the table and on the page."""

from collections.abc import Callable

from debugtext.records.frames import Frame, Stack
from debugtext.stacks.ownership import is_wrapper
from debugtext.stacks.stdlib import is_standard_package

_ROOTS = {"runtime.goexit", "runtime.goexit.abi0", "runtime.main"}
_RUNTIME = ("runtime.", "internal/runtime/")
_TESTS = ("testing.tRunner", "testing.(*T).Run")
_RUNTIME_LOCKS = ("runtime.lock", "runtime.unlock")
NO_STACK = "(no stack recorded)"
Choice = Callable[[Stack], Frame | None]
"""Chooses a frame of a stack, as the report's `own_frame` and `front_frame` do."""


def frame_to_show(stack: Stack, own_frame: Choice, front_frame: Choice) -> Frame | None:
    """The frame that says what the goroutine is for: the user's own, or that of a dependency.

    If all frames are of the standard library, it is the outermost one with a file (`http.(*conn).serve`), in Go's
    own tests the test function. Exceptions: the goroutine that writes the dump is shown at its `runtime/pprof` frame, a
    wait for a lock of the runtime at the function that wanted the lock.
    """
    front = front_frame(stack)
    if front is not None and (front is own_frame(stack) or not is_standard_package(front.package)):
        return front
    if stack.frames and stack.frames[0].function.startswith(_RUNTIME_LOCKS):
        return next((frame for frame in stack.frames if not frame.function.startswith(_RUNTIME_LOCKS)), front)
    writer = next((frame for frame in stack.frames if frame.package == "runtime/pprof"), None)
    outer_first = [frame for frame in reversed(without_root(stack.frames)) if not is_wrapper(frame.function)]
    outer_first = [frame for frame in outer_first if not frame.function.startswith(_TESTS)] or outer_first
    whole = (frame for frame in outer_first if frame.file)  # the outermost frame of a cut text has lost its file
    return writer or next(whole, None) or next(iter(outer_first), None) or front


def without_frames(stack: Stack) -> str:
    """What to show for a stack without frames."""
    if stack.unavailable:
        return "(stack unavailable)"
    address = next(filter(None, stack.addresses), None)
    return NO_STACK if address is None else f"{address:#x} (no name for it)"


def without_root(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames without `runtime.goexit` and `runtime.main`, at which every goroutine begins."""
    end = len(frames)
    while end and frames[end - 1].function in _ROOTS:
        end -= 1
    return frames[:end]


def is_the_runtimes(stack: Stack) -> bool:
    """Whether all frames are of the runtime: nobody looks for such goroutines, of which a crash shows a dozen."""
    return bool(stack.frames) and all(frame.function.startswith(_RUNTIME) for frame in stack.frames)
