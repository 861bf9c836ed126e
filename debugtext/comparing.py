"""Reports on several readings of one program: what grew between two, what grows over many, when it hits a limit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isfinite

from debugtext.analysis import all_of, analyze, analyze_series
from debugtext.errors import SettingsError, UnreadableInputError
from debugtext.growth.forecasts import forecast
from debugtext.growth.trends import trends
from debugtext.records.captures import Reading
from debugtext.records.growth import Forecast, Pace, Trend
from debugtext.records.reports import Report
from debugtext.series.dumps_in import snapshots
from debugtext.series.timing import surely_timed, timed
from debugtext.settings import Settings


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of memory (unit `bytes`) or of the number of goroutines (`count`); raises SettingsError for others."""

    number: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in {"bytes", "count"}:
            raise SettingsError(
                f"the unit of a limit must be bytes (of memory) or count (goroutines), not {self.unit!r}"
            )
        if not isinstance(self.number, int) or self.number <= 0:
            raise SettingsError(f"a limit must be a whole number above 0, not {self.number!r}")


def compare_two(readings: Iterable[Reading], settings: Settings | None = None, pace: Pace | None = None) -> Report:
    """What grew from the first reading to the last, in the order given; per second or request if there is a pace.

    One reading may hold both snapshots. Raises DebugtextError if there is only one or none, SettingsError as `analyze`
    does.
    """
    found = snapshots(all_of(readings))
    return replace(analyze(surely_timed((found[0], found[-1])), settings), pace=pace)


def follow(
    readings: Iterable[Reading],
    settings: Settings | None = None,
    every_seconds: float | None = None,
    limit: Limit | None = None,
) -> Report:
    """What grows over several readings, or over the snapshots in one reading: `trends`, and `forecasts` for a limit.

    The readings are taken as `every_seconds` apart, in the order given; if it is None, they are sorted by the first
    kind of time that all have: when they were fetched, the Date of saved HTTP headers (`curl -i`), dates in their
    names, the files' own times. Without any of these, slopes are per snapshot.

    Raises DebugtextError for fewer than two snapshots, UnreadableInputError if fewer than two of them hold a text, and
    SettingsError for an interval or a limit that makes no sense, and as `analyze` does.
    """
    _check(every_seconds, limit)
    found = snapshots(all_of(readings))
    usable = [reading for reading in found if reading.captures]
    if len(usable) < 2:  # noqa: PLR2004
        raise UnreadableInputError("fewer than two snapshots hold a debug text: give at least two, better six or more")
    series = timed(usable, every_seconds)
    known = trends(series)
    report = analyze_series(series, settings, known)
    empty = tuple(reading for reading in found if not reading.captures)
    return with_limit(replace(report, readings=(*series, *empty)), limit)


def _check(every_seconds: object, limit: object) -> None:
    """Raises SettingsError for a time between readings, or a limit, that makes no sense."""
    is_time = isinstance(every_seconds, int | float) and isfinite(every_seconds) and every_seconds > 0
    if every_seconds is not None and not is_time:
        raise SettingsError(f"every_seconds must be a number of seconds above 0, not {every_seconds!r}")
    if limit is not None and not isinstance(limit, Limit):
        raise SettingsError(f"limit must be debugtext.Limit(4 << 30, 'bytes') or (10000, 'count'), not {limit!r}")


def with_limit(report: Report, limit: Limit | None) -> Report:
    """The report with a forecast of when the limit will be reached, for each series that has such a number.

    If no series has it, one forecast without numbers says so.
    """
    if limit is None:
        return report
    by_source: dict[str, list[Trend]] = {}
    for trend in report.trends:
        by_source.setdefault(trend.source, []).append(trend)
    found = (forecast(limit.number, limit.unit, trends) for trends in by_source.values())
    forecasts = tuple(filter(None, found))
    return replace(report, forecasts=forecasts or (Forecast("", limit.unit, limit.number, None, None),))
