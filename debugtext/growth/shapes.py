"""What a series of numbers does: it grows, has warmed up, saws or stays; with the thresholds that decide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import linear_regression, median

from debugtext.growth.statistics import mann_kendall, theil_sen
from debugtext.records.growth import Shape

FEWEST_POINTS = 5
"""Fewer points prove nothing: four random points rise throughout in one of 24 cases, and there are many stacks."""
MOST_POINTS = 60
"""More points are replaced by medians of neighbours: slopes of all pairs of 60 points take a millisecond."""
SIGNIFICANCE = 0.05
"""The p-value that few points (up to 6) need; it falls with the square of their number."""
STRICTEST = 0.001
"""The lowest p-value that is asked for. A rise below it, such as eight points in order, counts even if it is small."""
LATE_SHARE = 0.25
"""Growth goes on if the later part rises at this part of the whole slope or faster."""
LEAST_SHARE = 0.005
"""Growth below this part of the level is ignored, however significant it is."""
SHARE_OF_ONE = 0.6
"""Few points must show more growth: this part of the level divided by their number (a tenth for six points)."""
NOISE_FACTOR = 2.5
"""Growth below this many standard errors of the sampling may be chance."""
FLAT_SHARE = 0.25
"""Two parts are two flat levels if both ranges together are less than this part of the distance between them."""
LEVELS_SHARE = 0.6
"""Two levels explain the values if their squared errors are less than this part of those of a line."""
FEWEST_STEPS = 3
"""A staircase has at least this many steps."""
LEAST_FACTOR = 1.15
"""Each step of a staircase multiplies the value by this factor or more."""
TOOTH = 0.4
"""A fall by this part of the whole range ends a tooth of a saw."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What a series does: `slope` is in units per second (or snapshot), `growth` is over the whole series."""

    shape: Shape
    slope: float = 0.0
    growth: float = 0.0
    p_value: float | None = None
    points: int = 0


def fit(times: Sequence[float], values: Sequence[float], *, least: float, noise: float = 0.0) -> Fit:
    """What a series does.

    It grows if the rise is significant, larger than `least`, larger than sampling alone explains (`noise` is one
    standard error of the growth), and still goes on at the end.
    """
    points = len(values)
    if points < FEWEST_POINTS:
        return Fit(Shape.UNKNOWN, points=points)
    few_times, few_values = thinned(times, values)
    slope, p_value = theil_sen(few_times, few_values), mann_kendall(few_values)
    growth = slope * (times[-1] - times[0])
    share = LEAST_SHARE if p_value < STRICTEST else max(LEAST_SHARE, SHARE_OF_ONE / points)
    needed = max(least, share * median(few_values), NOISE_FACTOR * noise)
    shape = Shape.STEADY
    if _is_staircase(times, values) and growth >= needed:
        shape = Shape.GROWING
    elif p_value < significance(points) and growth >= needed and not _is_one_step(few_times, few_values, slope):
        shape = Shape.GROWING if goes_on(few_times, few_values, slope) else Shape.WARM_UP
    elif p_value > 1 - significance(points) and -growth >= needed:
        shape = Shape.SHRINKING
    elif troughs := _troughs(values):
        return _floor(times, values, troughs, needed)
    elif _has_filled(few_times, few_values, needed):
        shape = Shape.WARM_UP
    return Fit(shape, slope, growth, p_value, points)


def significance(points: int) -> float:
    """The largest p-value that counts as a rise. It is strict because a watch judges hundreds of stacks for hours."""
    return max(STRICTEST, SIGNIFICANCE * min(1.0, (6 / points) ** 2))


def thinned(times: Sequence[float], values: Sequence[float]) -> tuple[list[float], list[float]]:
    """At most MOST_POINTS points, each the median of its neighbours."""
    count = len(values)
    if count <= MOST_POINTS:
        return list(times), list(values)
    edges = [index * count // MOST_POINTS for index in range(MOST_POINTS + 1)]
    bins = [slice(start, end) for start, end in pairwise(edges)]
    return [median(times[part]) for part in bins], [median(values[part]) for part in bins]


def goes_on(times: Sequence[float], values: Sequence[float], slope: float) -> bool:
    """True if the later half and, with many points, also the last third still rise; a cache that is full does not."""
    parts = [len(values) // 2]
    if len(values) >= 4 * FEWEST_POINTS:
        parts.append(len(values) * 2 // 3)
    return all(theil_sen(times[start:], values[start:]) >= LATE_SHARE * slope for start in parts)


def _is_one_step(times: Sequence[float], values: Sequence[float], slope: float) -> bool:
    """True if the values rose at one moment only: the median slope is much too small, or both sides are flat.

    Also true if two levels (before and under load, say) explain the values much better than a line does.
    """
    third = max(1, len(values) // 3)
    rise = median(values[-third:]) - median(values[:third])
    if slope * (times[-1] - times[0]) < rise * 0.8:
        return True
    sides = ((values[:index], values[index:]) for index in range(1, len(values)))
    if any(_range(low) + _range(high) < FLAT_SHARE * (median(high) - median(low)) for low, high in sides):
        return True
    return _left_by_levels(values) < LEVELS_SHARE * _left_by_line(times, values)


def _left_by_levels(values: Sequence[float]) -> float:
    """The squared errors of the best explanation by two levels, each of two points or more."""
    sums, squares = ([0.0, *accumulate(numbers)] for numbers in (values, [value * value for value in values]))

    def left(start: int, end: int) -> float:
        return squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / (end - start)

    count = len(values)
    return min(left(0, index) + left(index, count) for index in range(2, count - 1))


def _left_by_line(times: Sequence[float], values: Sequence[float]) -> float:
    """The squared errors of the best line."""
    line = linear_regression(times, values)
    return sum((value - line.slope * at - line.intercept) ** 2 for at, value in zip(times, values, strict=True))


def _range(values: Sequence[float]) -> float:
    return max(values) - min(values)


def _is_staircase(times: Sequence[float], values: Sequence[float]) -> bool:
    """True if the values stand still and then multiply, always by about the same factor: a buffer or map that doubles.

    Filled at a steady pace, each step lasts longer than the one before, and the last at most half of the whole time.
    """
    steps = [index for index in range(1, len(values)) if values[index] != values[index - 1]]
    if len(steps) < FEWEST_STEPS or len(steps) > len(values) // 2 or any(values[i - 1] <= 0 for i in steps):
        return False
    factors = [values[index] / values[index - 1] for index in steps]
    alike = min(factors) >= LEAST_FACTOR and max(factors) <= min(factors) * 1.3
    return alike and times[-1] - times[steps[-1]] <= 0.6 * (times[-1] - times[0])


def _has_filled(times: Sequence[float], values: Sequence[float], needed: float) -> bool:
    """True if the values rose in the first half and changed little in the later one, as a cache that fills up does."""
    half = len(values) // 2
    later = values[half:]
    rise = median(later) - values[0]
    return rise >= needed and rise > 2 * (max(later) - min(later)) and theil_sen(times, values) >= 0


def _troughs(values: Sequence[float]) -> list[int]:
    """The indexes of the low points of a saw, which rises in many small steps and falls in a few large ones.

    Empty if fewer than two steps rise for each one that falls.
    """
    depth = TOOTH * (max(values) - min(values))
    steps = [later - value for value, later in pairwise(values)]
    if sum(step > 0 for step in steps) < 2 * sum(step < 0 for step in steps):
        return []
    troughs: list[int] = []
    low, high, falling = 0, values[0], False
    for index, value in enumerate(values):
        if falling and value <= values[low]:
            low = index
        elif falling and value - values[low] >= depth:
            troughs.append(low)
            high, falling = value, False
        elif not falling and high - value >= depth > 0:
            low, falling = index, True
        high = max(high, value)
    return [*troughs, low] if falling else troughs


def _floor(times: Sequence[float], values: Sequence[float], troughs: Sequence[int], needed: float) -> Fit:
    """What a saw does: it grows if its low points rise steadily."""
    low_times, low_values = [times[index] for index in troughs], [values[index] for index in troughs]
    saw = Fit(Shape.SAWTOOTH, points=len(values))
    if len(troughs) < FEWEST_POINTS:
        return saw
    slope, p_value = theil_sen(low_times, low_values), mann_kendall(low_values)
    saw = replace(saw, slope=slope, p_value=p_value, growth=slope * (times[-1] - times[0]))
    rises = p_value < significance(len(troughs)) and saw.growth >= needed and goes_on(low_times, low_values, slope)
    return replace(saw, shape=Shape.GROWING) if rises else saw
