"""The tables of trends: which stacks grow, how fast, their share of all growth, and when a limit is reached."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from debugtext.records.findings import Verdict
from debugtext.records.reports import Report
from debugtext.renderers.forecasts import forecast_in_words
from debugtext.renderers.frames_shown import NO_STACK
from debugtext.renderers.layout import columns, function_and_place, short_function, shortened, wrapped
from debugtext.renderers.own_request import without_own_request
from debugtext.renderers.tables.changes import HEADINGS
from debugtext.renderers.tables.page import Page, fair_shares, rows_that_fit
from debugtext.renderers.tables.sparkline import sparkline
from debugtext.renderers.trends_by_function import by_function
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.verdicts import UNKNOWN
from debugtext.renderers.words import (
    amount_in_words,
    counted,
    fraction_in_words,
    signed,
)

if TYPE_CHECKING:
    from debugtext.records.growth import Forecast, Trend

TREND, SPARK_WIDTH = "trend", 12
SHAPE_WORDS = {
    "warm-up": "grew at first and then stayed",
    "sawtooth": "rise and fall again",
    "shrinking": "shrink",
    "steady": "steady",
    "unknown": "too few to tell",
}
UNITS_OF_TIME = {"an hour": "h", "a minute": "min", "a snapshot": "snapshot"}
_SHAPES_OF_ONE = {"sawtooth": "rises and falls again", "shrinking": "shrinks"}
_SHAPES_OF_NUMBERS = {
    "steady": "up and down",
    "sawtooth": "rises and falls again",
    "warm-up": "grew at first and then stayed",
    "unknown": "",
}
"""The words for single numbers: a "steady" one, without a trend, may have doubled, and so is `up and down`."""
_STEADY, _MOVES = "steady", 0.05
"""A number is called steady if it never moved by more than this part of itself."""
MEMSTATS_WORDS = {
    "heap_alloc_bytes": "heap",
    "heap_objects": "objects",
    "stack_inuse_bytes": "stacks",
    "held_bytes": "taken from the system",
}
COUNTS = "counts"
"""The key in the evidence of a finding whose goroutines became more from text to text."""
LIVE = "live"
"""The view of a running `watch`, which shows all stacks, before anybody can say that they grow."""


def trend_sections(report: Report, page: Page, room: int) -> list[str]:
    """A section for each series and kind of number, then MemStats and forecasts, on at most `room` lines."""
    foot = [line for forecast in report.forecasts for line in _forecast_lines(forecast, page)]
    series: dict[tuple[str, str], list[Trend]] = {}
    for trend in report.trends:
        series.setdefault((trend.source, trend.kind), []).append(trend)
    memstats = [line for (_, kind), trends in series.items() if kind == "memstats" for line in _memstats(trends, page)]
    stacks = {key: trends for key, trends in series.items() if key[1] != "memstats"}
    left = room - len(foot) - len(memstats) - len(_about_times(report, page))
    section = partial(_section, page=page, has_finding=_has_growth_finding(report))
    wholes = [section(*key, trends, room=left) for key, trends in stacks.items()]
    lines: list[str] = []
    for key, whole, share in zip(stacks, wholes, fair_shares([len(whole) for whole in wholes], left), strict=True):
        lines += whole if len(whole) <= share else section(*key, stacks[key], room=share)
    return [*lines, *memstats, *foot, *_about_times(report, page)]


def _about_times(report: Report, page: Page) -> list[str]:
    if not any(trend.grew and trend.per == "snapshot" for trend in report.trends):
        return []
    text = "The times are not known: no dates in the names, no file times apart. Say them with --every 30s."
    return [page.style.dim(line) for line in wrapped(text, page.width)]


def _has_growth_finding(report: Report) -> bool:
    """Whether a finding says already that something grows."""
    return any(finding.verdict is Verdict.GROWTH or COUNTS in finding.evidence for finding in report.findings)


def _section(
    source: str, kind: str, trends: "Sequence[Trend]", page: Page, room: int, *, has_finding: bool = False
) -> list[str]:
    stacks = [trend for trend in trends if not trend.name]
    if not page.full and page.view != LIVE:
        stacks = by_function(stacks, page.frame_to_show)
    growing = [trend for trend in stacks if trend.grew]
    heading = page.heading(_headline(source, kind, trends))
    rest = page.style.dim(_others(kind, stacks, growing, has_finding=has_finding))
    chosen = stacks if page.full or page.view == LIVE else growing or _risen(stacks)
    if page.view == LIVE:
        chosen = sorted(chosen, key=lambda trend: (not trend.grew, trend.values[0] - trend.values[-1]))
    if not chosen:
        return [*heading, rest]
    shown = chosen if page.full else chosen[: rows_that_fit(len(chosen), room - len(heading) - 1)]
    if not shown:
        return [*heading, page.rest(counted(len(chosen), "stack"))]
    return [*heading, *page.table(_table(shown, page), len(chosen) - len(shown), "stack"), rest]


def _risen(stacks: "Sequence[Trend]") -> "list[Trend]":
    """The stacks that have more than at first, if there are too few snapshots to tell growth; the most first."""
    more = [trend for trend in stacks if trend.shape.value == UNKNOWN and trend.values[-1] > trend.values[0]]
    return sorted(without_own_request(more), key=lambda trend: trend.values[0] - trend.values[-1])


def _headline(source: str, kind: str, trends: "Sequence[Trend]") -> str:
    """`goroutines: 16 → 376 in 6 snapshots (+14,400 an hour)`."""
    words = HEADINGS.get(kind, one_line(kind))
    total = next((trend for trend in trends if trend.name == "total"), None)
    if total is None:
        return words
    first, last = (amount_in_words(total.values[end], total.unit) for end in (0, -1))
    pace = f" ({_pace(total)})" if total.grew else ""
    where = f"{one_line(source)}: " if source else ""
    return f"{where}{words}: {first} → {last} in {counted(len(total.values), 'snapshot')}{pace}"


def _table(shown: "Sequence[Trend]", page: Page) -> list[str]:
    """The table of these stacks; without the columns for pace and share if none of them is known to grow."""
    if any(trend.grew for trend in shown):
        headers = [f"growth/{UNITS_OF_TIME[shown[0].pace[1]]}", "share of growth", "now"]
    else:
        headers = ["growth", "now"]
    rows = [_numbers(trend, len(headers)) for trend in shown]
    sparks = [
        page.style.paint(sparkline(trend.values, SPARK_WIDTH), *(["yellow"] if trend.grew else ["dim"]))
        for trend in shown
    ]
    widths = (max(len(cell) for cell in column) for column in zip(headers, *rows, strict=True))
    drawn = max(len(TREND), *(min(len(trend.values), SPARK_WIDTH) for trend in shown))
    left = page.width - sum(2 + width for width in widths) - drawn - 2
    cells = [[*row, spark, _where(one, page, left)] for row, spark, one in zip(rows, sparks, shown, strict=True)]
    return columns([*headers, TREND, "where"], cells, ["right"] * len(headers) + ["left", "left"])


def _numbers(trend: "Trend", count: int) -> list[str]:
    """The numbers of a row: pace, share of growth and last value; or the change so far if no growth is known."""
    now = amount_in_words(trend.values[-1], trend.unit)
    if trend.grew:
        return [_rate(trend), fraction_in_words(trend.share), now]
    if trend.shape.value != UNKNOWN:
        more = trend.shape.value
    else:
        delta = trend.values[-1] - trend.values[0]
        more = signed(amount_in_words(delta, trend.unit), delta)
    return [more, now] if count == 2 else [f"{more} so far" if more[0] in "+-0" else more, "", now]  # noqa: PLR2004


def _where(trend: "Trend", page: Page, width: int) -> str:
    frame = page.frame_to_show(trend.stack) if trend.stack else None
    if frame is not None:
        return function_and_place(frame, width, full=page.full)
    function = trend.functions[0] if trend.functions else NO_STACK
    return one_line(function) if page.full else shortened(short_function(function), width)


def _others(kind: str, stacks: "Sequence[Trend]", growing: "Sequence[Trend]", *, has_finding: bool) -> str:
    """The line about stacks not listed: `12 other stacks: 9 steady, 3 shrink`, or that there are too few snapshots."""
    shapes = Counter(trend.shape.value for trend in stacks if not trend.grew)
    if shapes and set(shapes) == {UNKNOWN}:
        return _too_few(kind, stacks, has_finding=has_finding)
    if not shapes:
        return "No other stack." if growing else "The texts name no stack."
    what = counted(shapes.total(), "other stack" if growing else "stack")
    counts = [(number, _shape_in_words(shape, number)) for shape, number in shapes.most_common()]
    if len(counts) > 1:
        return f"{what}: {', '.join(f'{number:,} {words}' for number, words in counts)}"
    ((number, words),) = counts
    return f"{what} {('is ' if number == 1 else 'are ') * (words == _STEADY)}{words}"


def _shape_in_words(shape: str, number: int) -> str:
    """`2 rise and fall again`, `1 rises and falls again`."""
    return (_SHAPES_OF_ONE if number == 1 else {}).get(shape) or SHAPE_WORDS.get(shape, shape)


def _too_few(kind: str, stacks: "Sequence[Trend]", *, has_finding: bool) -> str:
    """That there are too few snapshots: only those of one run count, and heaps only after a garbage collection."""
    points, taken = (max(numbers) for numbers in zip(*((one.points, len(one.values)) for one in stacks), strict=True))
    if points == taken:
        what = "tell no rate yet" if has_finding else "cannot tell growth from chance"
        return f"{counted(taken, 'snapshot')} {what}: take at least 5"
    of_all = f"{points:,} of {counted(taken, 'snapshot')}"
    if kind == "inuse_space":
        return f"{of_all} saw a new collection: take at least 5, or ask with gc=1"
    return f"{of_all} are of one run, too few for a trend: take at least 5"


def _memstats(trends: "Sequence[Trend]", page: Page) -> list[str]:
    """`memstats  heap 4.2 MiB → 44.7 MiB (+7.1 GiB an hour) · stacks 384 KiB (no steady trend)`."""
    words = []
    for trend in trends:
        first, last = (amount_in_words(trend.values[end], trend.unit) for end in (0, -1))
        change = first if first == last else f"{first} → {last}"
        pace = _pace(trend) if trend.grew else _shape_of_number(trend)
        words.append(f"{MEMSTATS_WORDS[trend.name]} {change}{f' ({pace})' * bool(pace)}")
    return wrapped(" · ".join(words), page.width, " " * 10, first="memstats  ")


def _shape_of_number(trend: "Trend") -> str:
    shape = trend.shape.value
    is_steady = shape != UNKNOWN and max(trend.values) - min(trend.values) <= _MOVES * max(trend.values)
    return _STEADY if is_steady else _SHAPES_OF_NUMBERS.get(shape, shape)


def _forecast_lines(forecast: "Forecast", page: Page) -> list[str]:
    first, *others = wrapped(forecast_in_words(forecast), page.width, " " * 10, first="limit     ")
    return [page.style.bold(first), *others]


def _pace(trend: "Trend") -> str:
    return f"{_rate(trend)} {trend.pace[1]}"


def _rate(trend: "Trend") -> str:
    rate, _ = trend.pace
    words = amount_in_words(round(rate), trend.unit) if abs(rate) >= 1 else f"{rate:.2g}"
    return signed(words, 1 if rate > 0 else -1)
