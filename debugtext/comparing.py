"""Reports on several readings of one program: what grew between two, what grows over many, when it hits a limit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from debugtext.analysis import analyze
from debugtext.errors import DebugtextError, UnreadableInputError
from debugtext.growth.forecasts import forecast
from debugtext.growth.trends import trends
from debugtext.records.captures import Reading
from debugtext.records.growth import Pace, Trend
from debugtext.records.reports import Report
from debugtext.series.dumps_in import snapshots
from debugtext.series.timing import surely_timed, timed
from debugtext.settings import Settings


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of memory (unit `bytes`) or of the number of goroutines (`count`)."""

    number: int
    unit: str


def compare_two(readings: Sequence[Reading], settings: Settings | None = None, pace: Pace | None = None) -> Report:
    """What grew from the first reading to the last, in the order given; per second or request if there is a pace.

    One reading may hold both snapshots. Raises DebugtextError if there is only one or none, SettingsError as `analyze`
    does.
    """
    if not readings:
        raise DebugtextError("diff compares snapshots of one program, and there is none: give it two readings")
    found = snapshots(readings, "diff")
    return replace(analyze(surely_timed((found[0], found[-1])), settings), pace=pace)


def follow(
    readings: Sequence[Reading],
    settings: Settings | None = None,
    every_seconds: float | None = None,
    limit: Limit | None = None,
) -> Report:
    """What grows over several readings, or over the snapshots in one reading: `trends`, and `forecasts` for a limit.

    The readings are taken as `every_seconds` apart, in the order given; if it is None, they are sorted by `taken_at`,
    the dates in their names, or the files' own times. Without any of these, slopes are per snapshot. Raises
    UnreadableInputError if fewer than two readings hold a text, DebugtextError if a single one has no series, and
    SettingsError as `analyze` does.
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
    """The report with a forecast of when the limit will be reached, for each series that has such a number."""
    if limit is None:
        return report
    by_source: dict[str, list[Trend]] = {}
    for trend in report.trends:
        by_source.setdefault(trend.source, []).append(trend)
    forecasts = (forecast(limit.number, limit.unit, trends) for trends in by_source.values())
    return replace(report, forecasts=tuple(found for found in forecasts if found))
