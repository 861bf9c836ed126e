"""The trends of all stacks of one function as one trend, with the stacks whose own growth is not significant."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from debugtext.records.growth import Trend

_GIVES_BACK = 0.5
"""If all stacks together gain less than this part of what the growing ones gain, only the growing ones are added.

The memory has then moved from the other stacks to these.
"""


def whole_function(trends: Sequence[Trend]) -> Trend:
    """The trends of one function's stacks as one trend, which shows the stack that grows most.

    Its sizes, pace and share of all growth are sums. By sampling, the stacks may seem to gain more than the whole heap
    did; they get no more than that.
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
