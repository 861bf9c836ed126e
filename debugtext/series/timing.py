"""When the inputs of a series were taken: at a fixed interval, or as the inputs themselves say."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from debugtext.records.captures import Reading

LEAST_GAP_SECONDS = 0.5
"""Times closer than this are not when the texts were taken: a checkout writes its files within milliseconds."""
# 2026-11-21T03:33:41, 20261121-033341, 2026-11-21_03.33: what people and scripts put into file names
_DATE = re.compile(r"(20\d\d)-?(\d\d)-?(\d\d)[T_ .-]?(\d\d)[:.h-]?(\d\d)(?:[:.m-]?(\d\d))?(?!\d)")
_HEADER = re.compile(rb"^date:[ \t]*([^\r\n]{10,40})", re.IGNORECASE | re.MULTILINE)
HEAD_BYTES = 4096
"""How much of a file is searched for HTTP headers."""
_UNIX = re.compile(r"(?<!\d)(1\d{9})(\d{3})?(?!\d)")


def timed(readings: Sequence[Reading], every_seconds: float | None = None) -> tuple[Reading, ...]:
    """The readings with their times, sorted by time; in the order given and without times if these are not known.

    The times are multiples of `every_seconds`, else of the first kind that all readings have: when they were fetched,
    the Date of saved HTTP headers (`curl -i`), dates in their names, the files' own times.
    """
    if every_seconds is not None:
        return _sorted_by(readings, [index * every_seconds for index in range(len(readings))])
    for time_of in (*_SURE, _change_of_file):
        times = [time for reading in readings if (time := time_of(reading)) is not None]
        if len(times) == len(readings) and _are_apart(times):
            return _sorted_by(readings, times)
    return tuple(replace(reading, taken_at=None) for reading in readings)


def surely_timed(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Each reading with the time that it states itself or None, in the order given.

    The time of a file's last change is not used: it may be when the file was copied.
    """
    return tuple(replace(reading, taken_at=_stated_time(reading)) for reading in readings)


def _stated_time(reading: Reading) -> float | None:
    times = (time_of(reading) for time_of in _SURE)
    return next((time for time in times if time is not None), None)


def _sorted_by(readings: Sequence[Reading], times: Sequence[float]) -> tuple[Reading, ...]:
    with_times = zip(times, readings, strict=True)
    return tuple(replace(reading, taken_at=time) for time, reading in sorted(with_times, key=lambda pair: pair[0]))


def _are_apart(times: Sequence[float]) -> bool:
    """True if there are at least two times, all further apart than files that are unpacked together."""
    return len(times) > 1 and all(later - time >= LEAST_GAP_SECONDS for time, later in pairwise(sorted(times)))


def _time_of_fetching(reading: Reading) -> float | None:
    return reading.taken_at


def _date_in_name(reading: Reading) -> float | None:
    name = Path(reading.name).name
    if (match := _DATE.search(name)) is not None:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        try:
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()
        except ValueError:
            return None
    match = _UNIX.search(name)
    return int(match[1]) + int(match[2] or 0) / 1000 if match else None


def _change_of_file(reading: Reading) -> float | None:
    try:
        return Path(reading.name).stat().st_mtime
    except (OSError, ValueError):
        return None


def _date_of_headers(reading: Reading) -> float | None:
    """The Date of HTTP headers at the top of a file, in Unix seconds."""
    try:
        with Path(reading.name).open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (OSError, ValueError):
        return None
    match = _HEADER.search(head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]) if head.startswith(b"HTTP/") else None
    if match is None:
        return None
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - few files have headers

    try:
        return parsedate_to_datetime(match[1].decode("ascii", "replace")).timestamp()
    except ValueError:
        return None


_SURE = (_time_of_fetching, _date_of_headers, _date_in_name)
"""The ways to learn the time at which a text was taken, the most certain one first."""
