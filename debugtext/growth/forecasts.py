"""When what grows will hit a limit: memory in bytes, or goroutines by number."""

from collections.abc import Iterable

from debugtext.records.growth import Forecast, Trend

MEMORY = ("held_bytes", "heap_alloc_bytes")
"""What a container's limit counts comes first: pages got from the system and not given back."""


def forecast(limit: int, unit: str, trends: Iterable[Trend]) -> Forecast | None:
    """When the process's memory (unit bytes) or its goroutines (count) reach the limit; None if neither is known."""
    known = {trend.name: trend for trend in trends if _is_of(trend, unit)}
    followed = [trend for name in (*MEMORY, "total") if (trend := known.get(name))]
    if not followed:
        return None
    trend = next((trend for trend in followed if trend.grew), followed[0])
    now = max(one.values[-1] for one in followed)
    grows = trend.grew and trend.per == "second" and trend.slope > 0
    seconds = max(0.0, (limit - now) / trend.slope) if grows else None
    return Forecast(trend.name if unit == "bytes" else trend.kind, unit, limit, now, seconds)


def _is_of(trend: Trend, unit: str) -> bool:
    if unit == "bytes":
        return trend.unit == "bytes" and (
            trend.name in MEMORY or (trend.name == "total" and trend.kind == "inuse_space")
        )
    return trend.kind == "goroutine" and trend.name == "total"
