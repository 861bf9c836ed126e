"""Functions that call each other without end."""

from debugtext.records.frames import Stack

_LONGEST_CYCLE = 40
_DEEP = 90


def recursion(stack: Stack) -> tuple[str, ...]:
    """The shortest sequence of functions that repeats at least three times somewhere on the stack, leaf first."""
    functions = [frame.function for frame in stack.frames]
    for length in range(1, _LONGEST_CYCLE + 1):
        for start in range(max(0, min(len(functions) - 3 * length + 1, 2 * _LONGEST_CYCLE))):
            cycle = functions[start : start + length]
            if (
                cycle
                == functions[start + length : start + 2 * length]
                == functions[start + 2 * length : start + 3 * length]
            ):
                return tuple(cycle)
    return ()


def is_endless(stack: Stack) -> bool:
    """Whether a stack is so deep that the runtime left its middle out, and stands in such calls.

    The runtime prints the first and the last 50 frames (runtime/traceback.go tracebackInnerFrames).
    """
    return bool(stack.elisions) and len(stack.frames) >= _DEEP and stack.functions[0] in recursion(stack)
