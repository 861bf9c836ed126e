"""What a watch shows on standard error while it runs: a live table on a terminal, else a line for each snapshot."""

import os
import sys
from collections import deque
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic

from debugtext.cli.options.of_reports import Options, wants_color
from debugtext.cli.terminal.output import complain
from debugtext.growth.snapshots import Snapshot, can_leak
from debugtext.growth.trends import snapshot_trends
from debugtext.records.growth import Trend
from debugtext.records.reports import Report
from debugtext.renderers.tables.page import Page
from debugtext.renderers.tables.style import Style
from debugtext.renderers.tables.trends import LIVE, trend_sections
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import bytes_in_words, count_in_words
from debugtext.stacks.ownership import Ownership

MOST_SNAPSHOTS = 240
"""The live table shows the last snapshots only; the report at the end has all of them."""
EVENTS_SHOWN = 3
REST = 3.0
"""After drawing the table, the pause is this many times as long as drawing, which takes seconds for many stacks."""
FOOT = "Ctrl-C ends the watch with its report."


class Live:
    """Follows a watch and shows its snapshots and events."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._is_terminal = sys.stderr is not None and sys.stderr.isatty()
        self._taken: dict[str, list[Snapshot]] = {}
        self._events: deque[str] = deque(maxlen=EVENTS_SHOWN)
        self._lines_shown = 0
        self._rests_until = 0.0

    def took(self, target: str, taken: Snapshot) -> None:
        """Shows a snapshot."""
        series = self._taken.setdefault(target, [])
        series.append(taken)
        del series[:-MOST_SNAPSHOTS]
        if self._is_terminal:
            self._draw()
        else:
            complain(f"{_clock(taken.taken_at)} {target}: {_numbers(taken)}")

    def happened(self, target: str, words: str) -> None:
        """Shows an event: a target does not answer, answers again, or has restarted."""
        self._events.append(f"{_clock(None)} {target}: {words}")
        if self._is_terminal:
            self._draw()
        else:
            complain(self._events[-1])

    def _draw(self) -> None:
        began = monotonic()
        if began < self._rests_until:
            return
        width, height = _screen()
        events = [one_line(event)[:width] for event in self._events]
        lines = [*self._table(width, height - len(events) - 2), *events, FOOT][: height - 1]
        erase = f"\x1b[{self._lines_shown}F\x1b[J" if self._lines_shown else ""
        sys.stderr.write(erase + "\n".join(lines) + "\n")
        sys.stderr.flush()
        self._lines_shown = len(lines)
        ended = monotonic()
        self._rests_until = ended + REST * (ended - began)

    def _table(self, width: int, room: int) -> list[str]:
        trends: list[Trend] = []
        stacks = []
        for target, series in sorted(self._taken.items()):
            source = target if len(self._taken) > 1 else ""
            trends += [_with_source(trend, source) for trend in snapshot_trends(series)]
            stacks += [
                weight.stack for kind, weights in series[-1].weights.items() if can_leak(kind) for weight in weights
            ]
        ownership = Ownership.infer(iter(stacks), self._options.own)
        page = Page(
            width,
            False,
            LIVE,
            Style(color=wants_color(self._options.color)),
            ownership.own_frame,
            ownership.front_frame,
        )
        return trend_sections(Report((), trends=tuple(trends)), page, room)


def _with_source(trend: Trend, source: str) -> Trend:
    return replace(trend, source=source) if source else trend


def _screen() -> tuple[int, int]:
    try:
        columns, lines = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError, AttributeError):
        return 80, 24
    return max(columns or 80, 60), max(lines or 24, 10)


def _clock(seconds: float | None) -> str:
    moment = datetime.now(UTC) if seconds is None else datetime.fromtimestamp(seconds, UTC)
    return moment.astimezone().strftime("%H:%M:%S")


def _numbers(taken: Snapshot) -> str:
    """`41.2 MiB in use, live heap 38 MiB`, `1,204 goroutines`."""
    words = []
    for kind in taken.weights:
        if can_leak(kind):
            total = taken.total(kind)
            words.append(
                f"{bytes_in_words(total)} in use" if kind.unit == "bytes" else f"{count_in_words(total)} {kind.name}s"
            )
    if taken.memstats and taken.memstats.heap_alloc_bytes is not None:
        words.append(f"heap {bytes_in_words(taken.memstats.heap_alloc_bytes)}")
    return ", ".join(words) or "taken"
