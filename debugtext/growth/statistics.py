"""Slope (Theil-Sen) and significance of a trend (Mann-Kendall), both robust against outliers.

Own code, because the libraries that have both (scipy, pymannkendall) cost 100 MB and half a second of start-up for
these forty lines; the tests compare with numbers from those libraries.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import erfc, sqrt
from statistics import median

Z_95 = 1.96
DEPENDENCE_POINTS = 12  # with fewer points nobody can estimate an autocorrelation


def theil_sen(times: Sequence[float], values: Sequence[float]) -> float:
    """The median of the slopes between all pairs of points; nearly a third of the points may be outliers."""
    slopes = [
        (value - earlier_value) / (time - earlier_time)
        for (earlier_time, earlier_value), (time, value) in combinations(zip(times, values, strict=True), 2)
        if time > earlier_time
    ]
    return median(slopes) if slopes else 0.0


def mann_kendall(values: Sequence[float]) -> float:
    """The one-sided p-value of a rise: how probable so steady a rise is without any trend; near 1 for a fall.

    Normal approximation with ties and continuity correction. The variance is enlarged for autocorrelated series as by
    Hamed and Rao (1998), because neighbouring snapshots of a cache that wanders are not independent.
    """
    score = sum((later > value) - (later < value) for value, later in combinations(values, 2))
    count = len(values)
    ties = sum(times * (times - 1) * (2 * times + 5) for times in Counter(values).values() if times > 1)
    variance = (count * (count - 1) * (2 * count + 5) - ties) / 18 * _dependence(values)
    if not score or variance <= 0:
        return 0.5
    z = (score - 1 if score > 0 else score + 1) / sqrt(variance)
    return 0.5 * erfc(z / sqrt(2))


def _dependence(values: Sequence[float]) -> float:
    """Hamed and Rao's factor on the variance, from the significant autocorrelations of the detrended ranks."""
    count = len(values)
    if count < DEPENDENCE_POINTS:
        return 1.0
    slope = theil_sen(range(count), values)
    ranks = _ranks([value - slope * index for index, value in enumerate(values)])
    mean = (count + 1) / 2
    deviations = [rank - mean for rank in ranks]
    scale = sum(deviation**2 for deviation in deviations)
    if not scale:
        return 1.0
    total = 0.0
    for lag in range(1, count - 2):
        correlation = sum(a * b for a, b in zip(deviations, deviations[lag:], strict=False)) / scale
        if abs(correlation) > Z_95 / sqrt(count):
            total += (count - lag) * (count - lag - 1) * (count - lag - 2) * correlation
    return max(1.0, 1 + 2 / (count * (count - 1) * (count - 2)) * total)


def _ranks(values: Sequence[float]) -> list[float]:
    """The ranks from 1 on; equal values share the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    for end in range(1, len(order) + 1):
        if end == len(order) or values[order[end]] != values[order[start]]:
            for index in order[start:end]:
                ranks[index] = (start + end + 1) / 2
            start = end
    return ranks
