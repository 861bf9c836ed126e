"""When the inputs of a series were taken: by a fixed interval, their names, or the files' own times."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from debugtext.records.captures import Reading

LEAST_GAP_SECONDS = 0.5
"""A checkout or an unpacked archive writes its files within milliseconds: such times are not those of the texts."""
# 2026-11-21T03:33:41, 20261121-033341, 2026-11-21_03.33: what people and scripts put into file names
_DATE = re.compile(r"(20\d\d)-?(\d\d)-?(\d\d)[T_ .-]?(\d\d)[:.h-]?(\d\d)(?:[:.m-]?(\d\d))?(?!\d)")
_HEADER = re.compile(rb"^date:[ \t]*([^\r\n]{10,40})", re.IGNORECASE | re.MULTILINE)
HEAD_BYTES = 4096
_UNIX = re.compile(r"(?<!\d)(1\d{9})(\d{3})?(?!\d)")


@dataclass(frozen=True, slots=True)
class Timed:
    """Readings in time order; `source` says in words where the times are from, empty if they are not known."""

    readings: tuple[Reading, ...]
    source: str


def timed(readings: Sequence[Reading], every_seconds: float | None = None) -> Timed:
    """Gives each reading its time, and sorts by it; without known times the order stays as it was given.

    The first of these that all inputs have: `every_seconds`, the time when it was fetched, the Date of HTTP headers
    that were saved with it (`curl -i`), a date in the name, the time of the file's last change.
    """
    if every_seconds is not None:
        return _with([index * every_seconds for index in range(len(readings))], readings, "--every")
    for time_of, source in (*SURE, (_changed, "file times")):
        times = [time_of(reading) for reading in readings]
        if None not in times and _apart(times):
            return _with(times, readings, source)
    return Timed(tuple(replace(reading, taken_at=None) for reading in readings), "")


def surely_timed(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Each reading with the time that it tells itself, in the order given; a file's own time may be that of a copy."""
    return tuple(replace(reading, taken_at=_own_time(reading)) for reading in readings)


def _own_time(reading: Reading) -> float | None:
    times = (time_of(reading) for time_of, _ in SURE)
    return next((time for time in times if time is not None), None)


def _with(times: Sequence[float | None], readings: Sequence[Reading], source: str) -> Timed:
    done = [replace(reading, taken_at=time) for time, reading in zip(times, readings, strict=True)]
    return Timed(tuple(sorted(done, key=lambda reading: reading.taken_at or 0.0)), source)


def _apart(times: Sequence[float | None]) -> bool:
    known = sorted(time for time in times if time is not None)
    return len(known) > 1 and all(later - time >= LEAST_GAP_SECONDS for time, later in pairwise(known))


def _named(reading: Reading) -> float | None:
    name = Path(reading.name).name
    if (match := _DATE.search(name)) is not None:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        try:
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()
        except ValueError:
            return None
    match = _UNIX.search(name)
    return int(match[1]) + int(match[2] or 0) / 1000 if match else None


def _changed(reading: Reading) -> float | None:
    try:
        return Path(reading.name).stat().st_mtime
    except (OSError, ValueError):
        return None


def _answered(reading: Reading) -> float | None:
    """The Date of the headers on top of a file, in Unix seconds."""
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


SURE = ((lambda reading: reading.taken_at, "the time of fetching"), (_answered, "HTTP headers"), (_named, "file names"))
