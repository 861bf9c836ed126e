"""Corrects the sampled heap numbers of stacks by the exact live heap of each snapshot.

A heap record is an estimate with a known variance. Right after a collection, HeapAlloc is the exact sum that all
records together estimate. The difference is shared out among the stacks in proportion to their variances, which is the
best linear estimate with this sum (survey statistics call it calibration). A stack that leaks alone gets the slope of
the live heap; beside a cache that turns over, the cache takes most of the difference.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from debugtext.growth.places import Place, by_stack
from debugtext.growth.series import Series
from debugtext.growth.shapes import thinned
from debugtext.growth.snapshots import HEAP, Snapshot, noise_between
from debugtext.growth.statistics import theil_sen
from debugtext.records.growth import Trend

MOST_ANCHORS = 60
"""Variances are computed at no more snapshots than this, for speed; they change slowly, so the next ones reuse them."""
AGREEMENT = 3.0
"""The stacks estimate the live heap if their sum differs from it by no more standard errors than this."""


def calibrated(
    found: Sequence[Trend],
    places: Sequence[Place],
    snapshots: Sequence[Snapshot],
    live: Sequence[float],
    series: Series,
) -> list[Trend]:
    """The trends of the places and, last, of their total; those that grow get the slope of the corrected values."""
    if not places:
        return list(found)
    gains = [[place.values[index] - place.values[series.points[0]] for index in series.points] for place in places]
    variances = _variances(places, snapshots)
    gains.append([sum(column) for column in zip(*gains, strict=True)])
    variances.append([sum(column) for column in zip(*variances, strict=True)])
    whole = variances[-1]
    missing = [now - live[0] - gain for now, gain in zip(live, gains[-1], strict=True)]
    if not whole[-1] or abs(missing[-1]) > AGREEMENT * sqrt(whole[-1]):
        return list(found)
    kept = []
    for trend, gain, variance in zip(found, gains, variances, strict=True):
        parts = [own / of_all if of_all else 0.0 for own, of_all in zip(variance, whole, strict=True)]
        values = [now + part * rest for now, part, rest in zip(gain, parts, missing, strict=True)]
        noise = sqrt(max(0.0, variance[-1] * (1 - parts[-1])))
        kept.append(_corrected(trend, values, noise, series) if trend.grew else trend)
    return kept


def _corrected(trend: Trend, values: Sequence[float], noise: float, series: Series) -> Trend:
    slope = theil_sen(*thinned(series.times, values))
    return replace(trend, slope=slope, growth=slope * series.span, noise=noise) if slope > 0 else trend


def _variances(places: Sequence[Place], snapshots: Sequence[Snapshot]) -> list[list[float]]:
    """For each place: the variance of what it has gained since the first snapshot, at each snapshot."""
    stride = -(-len(snapshots) // MOST_ANCHORS)
    last = len(snapshots) - 1
    anchors = [index if index == last else index - index % stride for index in range(len(snapshots))]
    weights = {index: by_stack(snapshots[index].weights.get(HEAP, ())) for index in {0, *anchors}}
    found = []
    for place in places:
        first = place.weights_among(weights[0])
        of_anchor = {a: noise_between(first, place.weights_among(weights[a])) ** 2 for a in set(anchors)}
        found.append([of_anchor[anchor] for anchor in anchors])
    return found
