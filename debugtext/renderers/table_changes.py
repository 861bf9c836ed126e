"""What grew between two inputs: the stacks with the largest growth first."""

from typing import TYPE_CHECKING

from debugtext.records.reports import Report
from debugtext.renderers._layout import columns, function_and_place, short_function, shortened
from debugtext.renderers._page import Page, rows_that_fit
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import bytes_in_words, count_in_words, nanoseconds_in_words, signed

if TYPE_CHECKING:
    from debugtext.records.growth import Change

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


def change_sections(report: Report, page: Page, room: int) -> list[str]:
    """A table for each kind of number that changed; without `--full` for the first kinds, and only what grew."""
    kinds: dict[str, list[Change]] = {}
    for change in report.changes:
        if change.delta > 0 or (page.full and change.delta):
            kinds.setdefault(change.kind, []).append(change)
    if not kinds:
        return [f"Nothing grew between {_name(report.readings[0].name)} and {_name(report.readings[-1].name)}."]
    lines: list[str] = []
    for index, (kind, changes) in enumerate(kinds.items()):
        share = (room - len(lines)) // (len(kinds) - index)
        if page.full or share > 2:  # noqa: PLR2004 - a heading, a table heading, a row
            lines += change_section(kind, changes, page, share)
    return lines


def change_section(kind: str, changes: "list[Change]", page: Page, room: int) -> list[str]:
    """One table: how much more, before, after, where."""
    ranked = sorted(changes, key=lambda change: -change.delta)
    shown = ranked if page.full else ranked[: rows_that_fit(len(ranked), room - 1)]
    numbers = [[_amount(n, change.unit) for n in (change.delta, change.before, change.after)] for change in shown]
    rows = [[signed(cells[0], change.delta), *cells[1:]] for cells, change in zip(numbers, shown, strict=True)]
    headers = ["growth", "before", "after", *(["state"] if any(change.state for change in shown) else []), "where"]
    if "state" in headers:
        rows = [[*row, shortened(one_line(change.state), 20)] for row, change in zip(rows, shown, strict=True)]
    taken = sum(2 + max([len(headers[i]), *(len(row[i]) for row in rows)]) for i in range(len(headers) - 1))
    rows = [[*row, _where(change, page, page.width - taken)] for row, change in zip(rows, shown, strict=True)]
    heading = page.style.bold(f"{HEADINGS.get(kind, one_line(kind))}: what grew")
    align = ["right"] * 3 + ["left"] * (len(headers) - 3)
    return [heading, *page.table(columns(headers, rows, align), len(ranked) - len(shown), "stack")]


def _amount(number: int, unit: str) -> str:
    if unit == "bytes":
        return bytes_in_words(number)
    return nanoseconds_in_words(number) if unit == "nanoseconds" else count_in_words(number)


def _where(change: "Change", page: Page, width: int) -> str:
    frame = page.frame_to_show(change.stack) if change.stack else None
    if frame is not None:
        return function_and_place(frame, width, full=page.full)
    function = change.functions[0] if change.functions else "(no frames)"
    return one_line(function) if page.full else shortened(short_function(function), width)


def _name(name: str) -> str:
    return "standard input" if name == "-" else one_line(name)
