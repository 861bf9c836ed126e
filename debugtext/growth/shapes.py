"""What a series of numbers does: grows, has warmed up, saws, stays; the thresholds that tell one from the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import linear_regression, median

from debugtext.growth.statistics import mann_kendall, theil_sen
from debugtext.records.growth import Shape

FEWEST_POINTS = 5
"""Of four points, one order in 24 rises throughout: that proves nothing among a hundred stacks."""
MOST_POINTS = 60
"""More points are put together to medians: all pairs of 60 take a millisecond."""
SIGNIFICANCE = 0.05
"""Of the fewest points; of more, which can prove more, it falls with the square of their number."""
STRICTEST = 0.001
"""A rise that is so improbable by chance, as of eight points in order, may be small."""
LATE_SHARE = 0.25
"""The later part must rise at this part of the whole's slope at least, or the growth is over."""
LEAST_SHARE = 0.005
"""Growth below this part of the level is not worth a word, however significant."""
SHARE_OF_ONE = 0.6
"""Few points must show more: this part of the level, divided by their number (a tenth of six points)."""
NOISE_FACTOR = 2.5
"""Growth below so many standard errors of the sampling may be chance."""
FLAT_SHARE = 0.25
"""Two parts that range together over less than this part of what lies between them are two levels, and no growth."""
LEVELS_SHARE = 0.6
"""Two levels that leave less than this part of what a line leaves unexplained are the better explanation."""
FEWEST_STEPS = 3
LEAST_FACTOR = 1.15
TOOTH = 0.4
"""A fall by this part of the whole range is the end of a tooth."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The numbers of a series: `slope` in units per second (or snapshot), `growth` over the whole series."""

    shape: Shape
    slope: float = 0.0
    growth: float = 0.0
    p_value: float | None = None
    points: int = 0


def fit(times: Sequence[float], values: Sequence[float], *, least: float, noise: float = 0.0) -> Fit:
    """Says what a series does.

    Growth must be significant, larger than `least` and than what sampling alone can feign (`noise`, one standard error
    of the growth), and still go on at the end.
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
    """How improbable a rise by chance must be: a watch looks at hundreds of stacks for hundreds of snapshots."""
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
    """Whether the later half and, of many points, the last third still rise: a filled cache does not."""
    parts = [len(values) // 2]
    if len(values) >= 4 * FEWEST_POINTS:
        parts.append(len(values) * 2 // 3)
    return all(theil_sen(times[start:], values[start:]) >= LATE_SHARE * slope for start in parts)


def _is_one_step(times: Sequence[float], values: Sequence[float], slope: float) -> bool:
    """Whether one moment explains the rise: the slope over all pairs is much less then, or both sides are flat.

    Nor is it growth where two levels, as before and under load, explain the values much better than a line does.
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
    """The squares that two levels leave unexplained, each of two points and more, the best such pair."""
    sums, squares = ([0.0, *accumulate(numbers)] for numbers in (values, [value * value for value in values]))

    def left(start: int, end: int) -> float:
        return squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / (end - start)

    count = len(values)
    return min(left(0, index) + left(index, count) for index in range(2, count - 1))


def _left_by_line(times: Sequence[float], values: Sequence[float]) -> float:
    line = linear_regression(times, values)
    return sum((value - line.slope * at - line.intercept) ** 2 for at, value in zip(times, values, strict=True))


def _range(values: Sequence[float]) -> float:
    return max(values) - min(values)


def _is_staircase(times: Sequence[float], values: Sequence[float]) -> bool:
    """Whether it stands still and then multiplies, again and again by the same factor: a buffer or map that doubles.

    Filled at a steady pace, each step lasts longer than the one before, the last at most half of all the time.
    """
    steps = [index for index in range(1, len(values)) if values[index] != values[index - 1]]
    if len(steps) < FEWEST_STEPS or len(steps) > len(values) // 2 or any(values[i - 1] <= 0 for i in steps):
        return False
    factors = [values[index] / values[index - 1] for index in steps]
    alike = min(factors) >= LEAST_FACTOR and max(factors) <= min(factors) * 1.3
    return alike and times[-1] - times[steps[-1]] <= 0.6 * (times[-1] - times[0])


def _has_filled(times: Sequence[float], values: Sequence[float], needed: float) -> bool:
    half = len(values) // 2
    later = values[half:]
    rise = median(later) - values[0]
    return rise >= needed and rise > 2 * (max(later) - min(later)) and theil_sen(times, values) >= 0


def _troughs(values: Sequence[float]) -> list[int]:
    """Where the teeth of a saw begin: the lowest points after great falls that come after longer rises."""
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
    """Growth below a saw: low points that rise steadily."""
    low_times, low_values = [times[index] for index in troughs], [values[index] for index in troughs]
    saw = Fit(Shape.SAWTOOTH, points=len(values))
    if len(troughs) < FEWEST_POINTS:
        return saw
    slope, p_value = theil_sen(low_times, low_values), mann_kendall(low_values)
    saw = replace(saw, slope=slope, p_value=p_value, growth=slope * (times[-1] - times[0]))
    rises = p_value < significance(len(troughs)) and saw.growth >= needed and goes_on(low_times, low_values, slope)
    return replace(saw, shape=Shape.GROWING) if rises else saw
