"""What all stacks of one function do together: those that grow, and those of which no trend could prove it."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from debugtext.records.growth import Trend

_GIVES_BACK = 0.5
"""Where the other stacks take back so much of what one gained, it has moved, and its own numbers tell more."""


def whole_function(trends: Sequence[Trend]) -> Trend:
    """The trends of one function's stacks as one, with the stack that grows most: sizes, pace and share of all growth.

    Sampling may let the parts gain more than the whole heap did; together they get no more than that.
    """
    growing = [trend for trend in trends if trend.grew]
    largest = max(growing, key=lambda trend: trend.growth)
    gained = sum(trend.growth for trend in growing)
    if sum(trend.growth for trend in trends) < _GIVES_BACK * gained:
        trends = growing
    rise = sum(trend.growth for trend in trends)
    whole = largest.growth / largest.share if largest.share else rise
    fits = min(1.0, whole / rise) if rise else 1.0
    return replace(
        largest,
        values=tuple(sum(numbers) for numbers in zip(*(trend.values for trend in trends), strict=False)),
        slope=fits * sum(trend.slope for trend in trends),
        growth=fits * rise,
        share=fits * rise / whole if largest.share else 0.0,
        noise=sqrt(sum(trend.noise**2 for trend in trends)),
    )
