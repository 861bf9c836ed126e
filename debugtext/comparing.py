"""Several readings of one program to a report: what grew between two, what grows over many, when a limit is reached."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from debugtext.analysis import analyze
from debugtext.dumps_in import snapshots
from debugtext.errors import UnreadableInputError
from debugtext.growth.forecasts import forecast
from debugtext.growth.trends import trends
from debugtext.records.captures import Reading
from debugtext.records.growth import Pace, Trend
from debugtext.records.reports import Report
from debugtext.settings import Settings
from debugtext.timing import surely_timed, timed


@dataclass(frozen=True, slots=True)
class Limit:
    """What must not be reached: bytes of memory, or (unit `count`) goroutines."""

    number: int
    unit: str


def compare_two(readings: Sequence[Reading], settings: Settings, pace: Pace | None = None) -> Report:
    """What grew from the first to the last, per second or request if the pace is known. The order given is kept.

    One reading may hold both. Raises DebugtextError where it holds but one snapshot.
    """
    found = snapshots(readings, "diff")
    return replace(analyze(surely_timed((found[0], found[-1])), settings), pace=pace)


def follow(
    readings: Sequence[Reading], settings: Settings, every_seconds: float | None = None, limit: Limit | None = None
) -> Report:
    """What grows over several readings, or over the snapshots in one, by their times if they are known.

    Raises UnreadableInputError where less than two of them hold anything, DebugtextError where one is but one snapshot.
    """
    readings = snapshots(readings, "trend")
    usable = [reading for reading in readings if reading.captures]
    if len(usable) < 2:  # noqa: PLR2004
        raise UnreadableInputError("trend compares snapshots of one program: give it at least two, better six or more")
    series = timed(usable, every_seconds)
    found = trends(series)
    report = analyze(series, settings, found)
    empty = tuple(reading for reading in readings if not reading.captures)
    return with_limit(replace(report, readings=(*series, *empty)), limit)


def with_limit(report: Report, limit: Limit | None) -> Report:
    """The report, and when the limit will be reached; of several series, one forecast each that knows."""
    if limit is None:
        return report
    by_source: dict[str, list[Trend]] = {}
    for trend in report.trends:
        by_source.setdefault(trend.source, []).append(trend)
    forecasts = (forecast(limit.number, limit.unit, of_one) for of_one in by_source.values())
    return replace(report, forecasts=tuple(one for one in forecasts if one))
