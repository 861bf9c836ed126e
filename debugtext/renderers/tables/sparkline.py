"""A little curve of numbers over time, drawn with characters: `▁▂▃▅▇`."""

from collections.abc import Sequence
from itertools import pairwise

BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float], width: int) -> str:
    """A bar for each value, or for averages if there are more values than `width`; equal values are all low bars."""
    if not values:
        return ""
    shown = _averaged(values, width) if len(values) > width else list(values)
    lowest, span = min(shown), max(shown) - min(shown)
    if not span:
        return BARS[0] * len(shown)
    return "".join(BARS[round((value - lowest) / span * (len(BARS) - 1))] for value in shown)


def _averaged(values: Sequence[float], width: int) -> list[float]:
    edges = [index * len(values) // width for index in range(width + 1)]
    return [sum(values[start:end]) / (end - start) for start, end in pairwise(edges)]
