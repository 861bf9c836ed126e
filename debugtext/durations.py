"""Durations: reads them as Go writes them, and puts them into words, alike in titles, evidence and tables."""

import re

_MINUTE, _HOUR, _DAY = 60_000_000_000, 3_600_000_000_000, 86_400_000_000_000
_UNITS = (
    (_DAY, _DAY, "d"),
    (2 * _HOUR, _HOUR, "h"),
    (_MINUTE, _MINUTE, "min"),
    (1_000_000_000, 1_000_000_000, "s"),
    (1_000_000, 1_000_000, "ms"),
    (1_000, 1_000, "µs"),
)
"""For each unit: from which number of nanoseconds on it is used, its size, and its name.

Dumps count minutes, so durations below two hours are in minutes, too.
"""
_AS_GO_WRITES = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?", re.ASCII)


def seconds_of(time: str) -> float | None:
    """The seconds in `1m30s` (time.Duration.String, from hours to milliseconds); None for other texts."""
    match = _AS_GO_WRITES.fullmatch(time)
    if match is None or not time:
        return None
    hours, minutes, seconds, milliseconds = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000


def nanoseconds_in_words(number: float) -> str:
    """`850 ns`, `31 µs`, `1.2 ms`, `4.7 s`, `42 min`, `95 min`, `5.2 h`, `4.7 d`."""
    size = abs(number)
    sign = "-" * (number < 0)
    for least, unit_size, unit in _UNITS:
        if size >= least * 0.9995:
            return f"{sign}{three_digits(size / unit_size)} {unit}"
    return f"{sign}{size:.0f} ns"


def seconds_in_words(seconds: float) -> str:
    """As `nanoseconds_in_words`, for seconds."""
    return nanoseconds_in_words(seconds * 1e9)


def minutes_in_words(minutes: int) -> str:
    """`42 min`, `5.2 h`, `4.7 d`."""
    return nanoseconds_in_words(minutes * _MINUTE)


def three_digits(value: float) -> str:
    """`1.25` → `1.2`, `41.23` → `41.2`, `412.3` → `412`; no `.0`."""
    return f"{value:.0f}" if value >= 99.95 else f"{value:.1f}".removesuffix(".0")  # noqa: PLR2004
