"""Markdown tables of what grew between inputs."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from debugtext.records.frames import Frame, Stack
from debugtext.records.reports import Report
from debugtext.renderers.forecasts import forecast_in_words
from debugtext.renderers.frames_shown import frame_to_show
from debugtext.renderers.markdown_text import code, plain
from debugtext.renderers.own_request import without_own_request
from debugtext.renderers.tables.changes import HEADINGS, SECONDARY_KINDS, amount_at_pace
from debugtext.renderers.tables.trends import MEMSTATS_WORDS
from debugtext.renderers.trends_by_function import by_function
from debugtext.renderers.verdicts import UNKNOWN
from debugtext.renderers.words import amount_in_words, counted, fraction_in_words, sentence, signed

if TYPE_CHECKING:
    from debugtext.records.growth import Change, Pace, Trend


def growth_lines(report: Report, most: int, *, full: bool) -> Iterator[str]:
    """The stacks that grew, most first, or the trends of a series and when it reaches a limit.

    Secondary kinds of numbers are shown only if `full`.
    """
    changes: dict[str, list[Change]] = {}
    for change in report.changes:
        if change.delta > 0 and (full or change.kind not in SECONDARY_KINDS):
            changes.setdefault(change.kind, []).append(change)
    for kind, grown in {} if report.trends else changes.items():
        if not (shown := grown if full else without_own_request(grown)):
            continue
        pace = report.pace
        rows = [_row(one, pace, report) for one in sorted(shown, key=lambda one: -one.delta)]
        headings = (f"growth {pace.per}" if pace else "growth", "before", "after", _heading(kind))
        yield from _table(headings, rows, most)
    yield from _trends(report, most, full=full)
    for forecast in report.forecasts:
        yield from ("", sentence(plain(forecast_in_words(forecast))))


def _row(change: "Change", pace: "Pace | None", report: Report) -> tuple[str, ...]:
    growth = signed(amount_at_pace(change.delta, change.unit, pace), change.delta)
    return growth, *_ends(change.before, change.after, change.unit), _what(change, report)


def _trends(report: Report, most: int, *, full: bool) -> Iterator[str]:
    trends: dict[tuple[str, str], list[Trend]] = {}
    for trend in report.trends:
        if full or trend.kind not in SECONDARY_KINDS:
            trends.setdefault((trend.source, trend.kind), []).append(trend)
    for (source, kind), found in trends.items():
        if not (shown := found if full else _growing(report, found)):
            continue
        rows = [(*_numbers(one), _what(one, report)) for one in shown]
        per = shown[0].pace[1]
        heading = f"{_heading(kind)}{f' of {code(source)}' if source else ''}"
        yield from _table((f"growth {per}", "first", "last", "share of growth", heading), rows, most)


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]], most: int) -> Iterator[str]:
    rows = list(rows)
    yield from ("", f"| {' | '.join(headings)} |", f"|{'---:|' * (len(headings) - 1)}---|")
    yield from (f"| {' | '.join(row)} |" for row in rows[:most])
    if len(rows) > most:
        yield from ("", f"… and {counted(len(rows) - most, 'more stack')}")


def _heading(kind: str) -> str:
    return HEADINGS.get(kind, plain(kind))


def _ends(first: int, last: int, unit: str) -> tuple[str, str]:
    return amount_in_words(first, unit), amount_in_words(last, unit)


def _growing(report: Report, trends: "Iterable[Trend]") -> "list[Trend]":
    """The trends that grow: a row for each function, as in the table output, then the totals."""
    totals = [one for one in trends if one.grew and one.name]
    functions = by_function([one for one in trends if not one.name], _shown(report))
    return [*(one for one in functions if one.grew), *totals]


def _shown(report: Report) -> Callable[[Stack], Frame | None]:
    return partial(frame_to_show, own_frame=report.own_frame, front_frame=report.front_frame)


def _numbers(trend: "Trend") -> tuple[str, ...]:
    return _rate(trend), *_ends(trend.values[0], trend.values[-1], trend.unit), _share(trend)


def _rate(trend: "Trend") -> str:
    if trend.shape.value == UNKNOWN:
        delta = trend.values[-1] - trend.values[0]
        return f"{signed(amount_in_words(delta, trend.unit), delta)} so far"
    if not trend.grew:
        return trend.shape.value
    rate, _ = trend.pace
    return signed(f"{rate:.2g}" if abs(rate) < 1 else amount_in_words(round(rate), trend.unit), 1 if rate > 0 else -1)


def _share(trend: "Trend") -> str:
    return fraction_in_words(trend.share) if trend.grew and not trend.name else ""


def _what(grown: "Trend | Change", report: Report) -> str:
    """The function to show: that of the frame which findings name as well, else the leaf; or the name of the number."""
    frame = _shown(report)(grown.stack) if grown.stack else None
    if frame is not None:
        return code(frame.function)
    name = getattr(grown, "name", "")
    return MEMSTATS_WORDS.get(name, plain(name)) if name else code(next(iter(grown.functions), ""))
