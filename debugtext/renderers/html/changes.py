"""The page's tables of growth: differences between two inputs, trends over several."""

from functools import partial

from debugtext.records.growth import Change, Trend
from debugtext.records.reports import Report
from debugtext.renderers.frames_shown import NO_STACK, frame_to_show
from debugtext.renderers.html.tables import front
from debugtext.renderers.tables.changes import HEADINGS, SECONDARY_KINDS
from debugtext.renderers.tables.trends import MEMSTATS_WORDS
from debugtext.renderers.trends_by_function import by_function
from debugtext.renderers.untrusted import one_line

MOST_ROWS = 150
MOST_POINTS = 120


def change_tables(report: Report) -> list[dict[str, object]]:
    """A table for each kind of number, the largest change first: growth, before, after, word, state, where."""
    tables = []
    ordered = sorted(report.differences, key=lambda difference: difference.kind in SECONDARY_KINDS)
    for difference in ordered:
        changed = sorted((one for one in difference.stacks if one.delta), key=lambda one: -abs(one.delta))
        tables.append(
            {
                "name": HEADINGS.get(difference.kind, one_line(difference.kind)),
                "secondary": difference.kind in SECONDARY_KINDS,
                "unit": difference.unit,
                "before": difference.before,
                "after": difference.after,
                "rows": [_change(change, report) for change in changed[:MOST_ROWS]],
                "more": max(0, len(changed) - MOST_ROWS),
            }
        )
    return tables


def _change(change: Change, report: Report) -> list[object]:
    return [change.delta, change.before, change.after, change.word, one_line(change.state), *_where(change, report)]


def trend_tables(report: Report) -> list[dict[str, object]]:
    """A table for each series and kind of number: the totals, then a row for each stack, the growing ones first."""
    shown = partial(frame_to_show, own_frame=report.own_frame, front_frame=report.front_frame)
    series: dict[tuple[str, str], list[Trend]] = {}
    for trend in report.trends:
        series.setdefault((trend.source, trend.kind), []).append(trend)
    tables = []
    ordered = sorted(series.items(), key=lambda item: item[0][1] in SECONDARY_KINDS or item[0][1] == "memstats")
    for (source, kind), trends in ordered:
        named = [trend for trend in trends if trend.name]
        stacks = sorted(by_function([trend for trend in trends if not trend.name], shown), key=_growing_first)
        tables.append(
            {
                "name": {"memstats": "MemStats"}.get(kind) or HEADINGS.get(kind, one_line(kind)),
                "source": one_line(source),
                "secondary": kind in SECONDARY_KINDS,
                "unit": trends[0].unit,
                "totals": [_trend(trend, report) for trend in named],
                "rows": [_trend(trend, report) for trend in stacks[:MOST_ROWS]],
                "more": max(0, len(stacks) - MOST_ROWS),
            }
        )
    return tables


def _growing_first(trend: Trend) -> tuple[bool, int]:
    return not trend.grew, trend.values[0] - trend.values[-1] if trend.values else 0


def _trend(trend: Trend, report: Report) -> dict[str, object]:
    step = max(1, -(-len(trend.values) // MOST_POINTS))
    rate, per = trend.pace
    where = [MEMSTATS_WORDS.get(trend.name, trend.name), ""] if trend.name else _where(trend, report)
    return {
        "where": where,
        "named": bool(trend.name),
        "unit": trend.unit,
        "shape": trend.shape.value,
        "grew": trend.grew,
        "rate": round(rate, 3),
        "per": per,
        "share": round(trend.share, 4),
        "values": [*trend.values[:-1:step], trend.values[-1]] if trend.values else [],
    }


def _where(grown: Change | Trend, report: Report) -> list[str]:
    """Function and place."""
    if grown.stack is not None and grown.stack.frames:
        return front(grown.stack, report)
    return [one_line(grown.functions[0]) if grown.functions else NO_STACK, ""]
