"""When memory or the number of goroutines will reach a limit."""

from collections.abc import Sequence

from debugtext.records.growth import Forecast, Trend

MEMORY = ("held_bytes", "heap_alloc_bytes")
"""The trends of memory; the first is what a container's limit counts: pages taken from the system and not returned."""
CAUSES = ("heap_alloc_bytes", "stack_inuse_bytes")
"""The trends that explain a rise of `held_bytes`."""


def forecast(limit: int, unit: str, trends: Sequence[Trend]) -> Forecast | None:
    """When the memory (unit `bytes`) or the goroutines (`count`) reach the limit; None if there is no such trend."""
    known = {trend.name: trend for trend in trends if _is_of(trend, unit)}
    followed = [trend for name in (*MEMORY, "total") if (trend := known.get(name))]
    if not followed:
        return None
    growing = [trend for trend in followed if trend.grew and _has_cause(trend, trends)]
    trend = (growing or followed)[0]
    now = max(one.values[-1] for one in followed)
    is_known = growing and trend.per == "second" and trend.slope > 0
    seconds = max(0.0, (limit - now) / trend.slope) if is_known else None
    return Forecast(trend.name if unit == "bytes" else trend.kind, unit, limit, now, seconds)


def _has_cause(trend: Trend, trends: Sequence[Trend]) -> bool:
    """False if only `held_bytes` grows: it is a high-water mark, which rises now and then in healthy programs too."""
    causes = [other for other in trends if other.name in CAUSES]
    return trend.name != "held_bytes" or not causes or any(other.grew for other in causes)


def _is_of(trend: Trend, unit: str) -> bool:
    if unit == "bytes":
        return trend.unit == "bytes" and (
            trend.name in MEMORY or (trend.name == "total" and trend.kind == "inuse_space")
        )
    return trend.kind == "goroutine" and trend.name == "total"
