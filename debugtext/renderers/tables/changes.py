"""The tables of what grew between two inputs: the stacks with the largest growth first."""

from collections.abc import Hashable
from dataclasses import replace
from typing import TYPE_CHECKING

from debugtext.records.reports import Report
from debugtext.renderers.frames_shown import NO_STACK
from debugtext.renderers.layout import columns, function_and_place, short_function, shortened
from debugtext.renderers.own_request import without_own_request
from debugtext.renderers.tables.differences import collection_lines, difference_lines, memstats_lines
from debugtext.renderers.tables.folded_rows import alike, place_printed
from debugtext.renderers.tables.page import Page, rows_that_fit
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import amount_in_words, counted, signed

if TYPE_CHECKING:
    from debugtext.records.growth import Change, Pace

HEADINGS = {
    "inuse_space": "memory in use",
    "inuse_objects": "objects in use",
    "alloc_space": "memory allocated",
    "alloc_objects": "objects allocated",
    "goroutine": "goroutines",
    "goroutineleak": "leaked goroutines",
    "delay": "time of waiting",
    "contentions": "waits",
    "threadcreate": "threads",
}
HEAP_KINDS = {"inuse_space", "inuse_objects", "alloc_space", "alloc_objects"}
LEAST_LINES = 6
"""If MemStats left each table less than this, they are left out."""
BUT_OF_REQUEST = ", apart from the request for the text"
SECONDARY_KINDS = {"inuse_objects", "alloc_space", "alloc_objects", "contentions"}
"""The kinds of numbers that only `--full` shows: others of the same text say more about growth."""


def change_sections(report: Report, page: Page, room: int) -> list[str]:
    """A table for each kind of number that changed; without `--full` not for secondary kinds, and only what grew."""
    kinds: dict[str, list[Change]] = {}
    for change in report.changes:
        if page.full or change.kind not in SECONDARY_KINDS:
            kinds.setdefault(change.kind, []).append(change)
    memstats = memstats_lines(report, page)
    still = collection_lines(report, page) if HEAP_KINDS & kinds.keys() else []
    if memstats and not page.full and len(memstats) + len(still) + LEAST_LINES * len(kinds) > room:
        memstats = [page.rest("MemStats")]
    share = (room - len(memstats) - len(still)) // max(len(kinds), 1)
    blocks = [still, *(change_section(kind, changes, page, share, report.pace) for kind, changes in kinds.items())]
    if page.full:
        blocks += [difference_lines(difference, page) for difference in report.differences]
    return [line for block in (*blocks, memstats) for line in block]


def change_section(kind: str, changes: "list[Change]", page: Page, room: int, pace: "Pace | None" = None) -> list[str]:
    """The totals, and a table: growth (per second or request if the pace is known), before, after, where."""
    unit = changes[0].unit
    before, after = sum(change.before for change in changes), sum(change.after for change in changes)
    grown = signed(amount_in_words(after - before, unit), after - before) if after != before else "no more, no less"
    ends = f"{amount_in_words(before, unit)} → {amount_in_words(after, unit)}"
    heading = page.heading(f"{HEADINGS.get(kind, one_line(kind))}: {ends} ({grown})")
    grew = [change for change in changes if change.delta > 0 or (page.full and change.delta)]
    grew = grew if page.full else without_own_request(grew)
    shrunk = [] if page.full else _shrunk(changes, page)
    if not grew:
        words = f"No stack grew{BUT_OF_REQUEST if after > before else ''}."
        return [*heading, page.style.dim(words), *shrunk]
    ranked = sorted(grew, key=lambda change: -change.delta)
    ranked = ranked if page.full else _put_together(ranked, page)
    shown = ranked if page.full else ranked[: rows_that_fit(len(ranked), room - len(heading) - len(shrunk))]
    return [*heading, *page.table(_table(shown, page, pace), len(ranked) - len(shown), "stack"), *shrunk]


def _put_together(ranked: "list[Change]", page: Page) -> "list[Change]":
    """The changes, those that would print the same as one, the largest growth first."""

    def print_of(change: "Change") -> Hashable:
        if change.stack is None:
            return change.functions
        return change.state, place_printed(change.stack, page.frame_to_show(change.stack))

    rows = [
        replace(same[0], before=sum(one.before for one in same), after=sum(one.after for one in same))
        for same in alike(ranked, print_of)
    ]
    return sorted(rows, key=lambda change: -change.delta)


def _shrunk(changes: "list[Change]", page: Page) -> list[str]:
    """The line about stacks that shrank, which the table does not list; [] if none did."""
    less = without_own_request([change for change in changes if change.delta < 0])
    if not less:
        return []
    gone = sum(not change.after for change in less)
    total = amount_in_words(-sum(change.delta for change in less), less[0].unit)
    words = f"{counted(len(less), 'stack')} shrank by {total}{f', {gone:,} of them gone' if gone else ''}"
    return [page.style.dim(words)]


def _table(shown: "list[Change]", page: Page, pace: "Pace | None") -> list[str]:
    rows = [
        [
            signed(amount_at_pace(change.delta, change.unit, pace), change.delta),
            amount_in_words(change.before, change.unit) if change.before else "new",
            amount_in_words(change.after, change.unit) if change.after else "gone",
        ]
        for change in shown
    ]
    headers = [
        f"growth {pace.per}" if pace else "growth",
        "before",
        "after",
        *(["state"] if any(change.state for change in shown) else []),
        "where",
    ]
    if "state" in headers:
        rows = [[*row, shortened(one_line(change.state), 20)] for row, change in zip(rows, shown, strict=True)]
    taken = sum(2 + max([len(headers[i]), *(len(row[i]) for row in rows)]) for i in range(len(headers) - 1))
    rows = [[*row, _where(change, page, page.width - taken)] for row, change in zip(rows, shown, strict=True)]
    return columns(headers, rows, ["right"] * 3 + ["left"] * (len(headers) - 3))


def amount_at_pace(number: int, unit: str, pace: "Pace | None") -> str:
    """A growth in words, per second or request if the pace is known."""
    if pace is None:
        return amount_in_words(number, unit)
    part = number / pace.number
    return f"{part:.2g}" if unit == "count" and abs(part) < 10 else amount_in_words(round(part), unit)  # noqa: PLR2004


def _where(change: "Change", page: Page, width: int) -> str:
    frame = page.frame_to_show(change.stack) if change.stack else None
    if frame is not None:
        return function_and_place(frame, width, full=page.full)
    function = change.functions[0] if change.functions else NO_STACK
    return one_line(function) if page.full else shortened(short_function(function), width)
