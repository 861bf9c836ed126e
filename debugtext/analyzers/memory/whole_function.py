"""What all stacks of one function do together: those that grow, and those of which no trend could prove it."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

from debugtext.analyzers.rule import Subject
from debugtext.records.frames import Frame

if TYPE_CHECKING:  # growth is seldom asked for
    from debugtext.records.growth import Trend

_GIVES_BACK = 0.5
"""Where the other stacks take back so much of what one gained, it has moved, and its own numbers tell more."""


def trends_of_function(subject: Subject, front: Frame) -> "list[Trend]":
    """Those of live memory at all stacks of which this function is the one to open."""
    return subject.once("heap trends by function", _by_function).get(front.function, [])


def _by_function(subject: Subject) -> "dict[str, list[Trend]]":
    found: dict[str, list[Trend]] = {}
    for trend in subject.trends:
        frame = subject.ownership.front_frame(trend.stack) if trend.kind == "inuse_space" and trend.stack else None
        if frame is not None:
            found.setdefault(frame.function, []).append(trend)
    return found


def whole_function(trends: "Sequence[Trend]") -> "Trend":
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
