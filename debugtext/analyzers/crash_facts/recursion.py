"""Finds functions that call each other without end."""

from collections.abc import Iterable

from debugtext.records.frames import Stack
from debugtext.records.goroutines import Goroutine

_LONGEST_CYCLE = 40
"""Cycles of more functions than this are not searched for: every length is tried at every place."""
_LEAST_FRAMES_SHOWN = 90
"""A shorter stack with a gap was shortened by somebody else, not by the runtime."""


def recursion(stack: Stack) -> tuple[str, ...]:
    """The shortest sequence of functions that repeats at least three times somewhere on the stack, leaf first."""
    functions = stack.functions
    for length in range(1, _LONGEST_CYCLE + 1):
        for start in range(max(0, min(len(functions) - 3 * length + 1, 2 * _LONGEST_CYCLE))):
            if functions[start : start + 2 * length] == functions[start + length : start + 3 * length]:
                return functions[start : start + length]
    return ()


def twice(stack: Stack) -> tuple[str, ...]:
    """The longest sequence of functions that stands on the stack twice in a row, leaf first."""
    functions = stack.functions
    for length in range(min(len(functions) // 2, _LONGEST_CYCLE), 0, -1):
        for start in range(len(functions) - 2 * length + 1):
            if functions[start : start + length] == functions[start + length : start + 2 * length]:
                return functions[start : start + length]
    return ()


def came_back(stack: Stack, names: Iterable[str]) -> tuple[str, ...]:
    """The cycle of the first of these functions that is on the stack twice: from its first call to before its second.

    Leaf first; empty if none of `names` is there twice.
    """
    functions = stack.functions
    for name in names:
        if functions.count(name) > 1:
            first = functions.index(name)
            return functions[first : functions.index(name, first + 1)]
    return ()


def in_circles(goroutine: Goroutine) -> bool:
    """Whether a headless piece of a fatal error's stack has the same line of the same function twice.

    Frames with `fp=` are of the stack that the runtime gave up on. If somebody copied a piece out of its middle,
    without the header, the stack was very long.
    """
    places = [(frame.function, frame.line) for frame in goroutine.stack.frames if frame.line is not None]
    is_piece = not goroutine.state.status and any(goroutine.details.frame_pointers)
    return is_piece and len(set(places)) < len(places)


def is_endless(stack: Stack) -> bool:
    """Whether a stack is so deep that the runtime left its middle out, and its leaf is part of a recursion.

    The runtime prints the first and the last 50 frames (runtime/traceback.go tracebackInnerFrames).
    """
    return bool(stack.elisions) and len(stack.frames) >= _LEAST_FRAMES_SHOWN and stack.functions[0] in recursion(stack)
