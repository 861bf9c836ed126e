"""Puts numbers, waits and places into the words of findings."""

from collections.abc import Mapping, Sequence

from debugtext.durations import minutes_in_words
from debugtext.records.frames import Frame

_MOST_FUNCTIONS_NAMED = 3
"""How many functions a title lists by name."""
CUT_OFF = "a function that is cut off"
"""Stands for the function that waits, if the text ends within the runtime's frames."""


def goroutines(count: int) -> str:
    """`1 goroutine`, `12,000 goroutines`."""
    return f"{count:,} goroutine{'s' * (count != 1)}"


def wait(count: int) -> str:
    """`waits` for one goroutine, else `wait`."""
    return "waits" if count == 1 else "wait"


def each(functions: Mapping[str, int]) -> str:
    """`f`; several functions with their counts: `f (142), g (72), h (3) and 2 more functions`."""
    if len(functions) == 1:
        return next(iter(functions))
    named = [f"{function} ({count:,})" for function, count in functions.items()]
    if (rest := len(named) - _MOST_FUNCTIONS_NAMED) > 0:
        named[_MOST_FUNCTIONS_NAMED:] = [f"{rest} more function{'s' * (rest != 1)}"]
    return f"{', '.join(named[:-1])} and {named[-1]}"


def minutes(oldest: int) -> str:
    """` for 12 min`, ` for 5.2 h`; empty for 0, as no wait was printed."""
    return f" for {minutes_in_words(oldest)}" if oldest else ""


def since(waits: Sequence[int], count: int) -> str:
    """` for 12 min` if all `count` goroutines have waited that long, else ` for up to 12 min`."""
    oldest = max(waits, default=0)
    all_as_long = len(waits) == count and min(waits, default=0) == oldest
    return minutes(oldest) if all_as_long or not oldest else f" for up to {minutes_in_words(oldest)}"


def percent(share: float) -> str:
    """`97%`."""
    return f"{share:.0%}"


def ratio(share: float) -> float:
    """`0.9137`: a share as a number for the evidence, which programs read."""
    return round(share, 4)


def named_with_line(frame: Frame) -> str:
    """`util.(*Stopper).Stop (stopper.go:127)`; the function alone if the text has lost the file."""
    return f"{frame.function} ({place})" if (place := frame.short_place) else frame.function
