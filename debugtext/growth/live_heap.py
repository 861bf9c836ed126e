"""Corrects the trends of heap stacks by the live heap of MemStats, which is not sampled."""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from statistics import median

from debugtext.growth import bookkeeping, exact_heap
from debugtext.growth.calibration import calibrated
from debugtext.growth.places import Place
from debugtext.growth.series import LEAST, Series
from debugtext.growth.shapes import NOISE_FACTOR, Fit, fit, significance
from debugtext.growth.snapshots import Snapshot
from debugtext.growth.statistics import theil_sen
from debugtext.records.growth import Shape, Trend

FLAT_SHARE = 0.2
"""A stack does not grow if the live heap gains, in the later half, less than this part of what the stack gains."""
UNEXPLAINED = 0.5
"""If the growing stacks explain less than this part of the live heap's growth, a stack that rises in steps may, too."""
CONSIDERABLE = 0.25
"""The part of the live heap's growth that such a stack has to explain by itself."""
LIKELY_SHAPES = (Shape.WARM_UP, Shape.STEADY)
SURE_SHARE = 0.05
"""Growth of stacks whose standard error is below this part of it is not scaled to that of the live heap."""
SEVERAL_POINTS = 8
"""In fewer texts, the first load after a rest looks like a rise, so the rise must exceed the sampling noise by more."""
FEWEST_LEVELS = 3
"""Fewer different values are one step, such as an object or two that the first request allocated."""
AGREEMENT = 3.0
"""The live heap's growth is that of the stacks if they differ by no more standard errors than this."""


def checked(
    found: Sequence[Trend], places: Sequence[Place], snapshots: Sequence[Snapshot], series: Series
) -> list[Trend]:
    """The trends of heap places and of their total, corrected by the numbers of MemStats, which are not sampled.

    - Sampling makes a full cache seem to change by the square root of its objects. While the live heap stays flat, no
      stack grows.
    - Where the live heap grows as much as the stacks do, within their noise, its slope is the better one.
    - A map or slice that doubles stands still between its steps; while the live heap rises, it still grows.
    """
    live = exact_heap.live_heap(snapshots)
    if live is None:
        return list(found)
    times = (bookkeeping.collection_times(snapshots) if series.per == "second" else None) or series.times
    heap = fit(times, live, least=LEAST["bytes"])
    objects = fit(times, exact_heap.heap_objects(snapshots), least=LEAST["heap_objects"])
    kept = [_if_live_heap_rises(trend, times, live) for trend in found]
    if Shape.GROWING in {heap.shape, objects.shape}:
        kept = _with_likeliest(kept, heap)
    if bookkeeping.same_phase(snapshots):
        kept = calibrated(kept, places, snapshots, live, series)
    if heap.shape is Shape.GROWING:
        scale = series.span / (times[-1] - times[0])
        kept = _scaled(kept, heap.growth * scale, _noise(times, live, heap) * scale)
    return kept


def _if_live_heap_rises(trend: Trend, times: Sequence[float], live: Sequence[float]) -> Trend:
    half = len(live) // 2
    claimed = trend.slope * (times[-1] - times[half])
    gained = theil_sen(times[half:], live[half:]) * (times[-1] - times[half])
    return replace(trend, shape=Shape.WARM_UP) if trend.grew and gained < FLAT_SHARE * claimed else trend


def _with_likeliest(found: list[Trend], heap: Fit) -> list[Trend]:
    """The trends; if those that grow do not explain the live heap's growth, the largest other rise counts as growth.

    Alone it might be a buffer that filled in steps, or a few sampled objects: but something holds that memory.
    """
    if sum(trend.growth for trend in found if trend.grew and not trend.name) >= UNEXPLAINED * heap.growth:
        return found
    may_be = [trend for trend in found if not trend.name and trend.shape in LIKELY_SHAPES and _rises(trend)]
    largest = max(may_be, key=lambda trend: trend.growth, default=None)
    explains = largest is not None and largest.growth >= CONSIDERABLE * heap.growth
    return [replace(trend, shape=Shape.GROWING) if explains and trend is largest else trend for trend in found]


def _rises(trend: Trend) -> bool:
    is_significant = trend.p_value is not None and trend.p_value < significance(trend.points)
    has_steps = len(set(trend.values)) >= FEWEST_LEVELS
    errors = 1.0 if trend.points >= SEVERAL_POINTS else NOISE_FACTOR
    return is_significant and has_steps and trend.growth >= max(LEAST["bytes"], errors * trend.noise)


def _scaled(found: list[Trend], growth: float, noise: float) -> list[Trend]:
    """The trends, those that grow scaled so that their sum is the live heap's growth, which has no sampling error.

    They stay as they are if their own error is the smaller one, or if the two disagree by more than chance explains.
    """
    growing = [trend for trend in found if trend.grew and not trend.name]
    together = sum(trend.growth for trend in growing)
    doubt = sqrt(sum(trend.noise**2 for trend in growing))
    if max(noise, SURE_SHARE * together) >= doubt or abs(growth - together) > AGREEMENT * doubt:
        return found
    wholes = ((trend, trend.growth if trend.name else together) for trend in found)
    return [_times(trend, growth / whole) if trend.grew else trend for trend, whole in wholes]


def _times(trend: Trend, factor: float) -> Trend:
    return replace(trend, slope=trend.slope * factor, growth=trend.growth * factor)


def _noise(times: Sequence[float], live: Sequence[float], heap: Fit) -> float:
    """The standard error of the live heap's growth, from the distances of its points to the fitted line."""
    rests = [value - heap.slope * time for time, value in zip(times, live, strict=True)]
    middle = median(rests)
    spread = 1.4826 * median([abs(rest - middle) for rest in rests])
    return spread * sqrt(12 / len(rests))
