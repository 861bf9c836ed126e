"""The table of threadcreate and custom count profiles: how many things each stack has."""

from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile
from debugtext.records.goroutines import GoroutineGroup
from debugtext.renderers.layout import columns
from debugtext.renderers.tables.folded_rows import alike, place_printed, with_stacks
from debugtext.renderers.tables.page import Page, rows_that_fit
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import count_in_words, counted, share_in_words

NUMBERS_WIDTH = 15
"""The columns of a line that the numbers take."""


def count_section(capture: Capture, page: Page, room: int) -> list[str]:
    """The total and the largest stacks."""
    profile = capture.body
    assert isinstance(profile, CountProfile)
    rows = _rows(profile, page)
    heading = page.heading(count_headline(capture, profile))
    shown = rows if page.full else rows[: rows_that_fit(len(rows), room - len(heading))]
    width = page.width - NUMBERS_WIDTH
    cells = [
        [
            count_in_words(count),
            share_in_words(count, profile.count),
            with_stacks(page.place_of(same[0].stack, width), len(same), width),
        ]
        for count, same in shown
    ]
    table = columns(["count", "share", "where"], cells, ["right", "right", "left"])
    return [*heading, *page.table(table, len(rows) - len(shown), "stack")]


def _rows(profile: CountProfile, page: Page) -> list[tuple[int, list[GoroutineGroup]]]:
    """(count, groups) for each row, the largest first; groups that print the same share a row, unless all is shown."""
    groups = profile.groups()
    if page.full:
        return [(group.count, [group]) for group in groups]
    together = alike(groups, lambda group: place_printed(group.stack, page.frame_to_show(group.stack)))
    return sorted(((sum(group.count for group in same), same) for same in together), key=lambda row: -row[0])


def count_headline(capture: Capture, profile: CountProfile) -> str:
    """`threadcreate profile: 12 threads`; `9 of 12 threads` if some are missing from the text."""
    what = {"threadcreate": "thread", "goroutine": "goroutine", "goroutineleak": "goroutine"}.get(profile.name, "entry")
    name, here, total = one_line(profile.name), profile.count, profile.total
    things = counted(here if total is None else total, what, "entries" if what == "entry" else "")
    if not profile.samples and not here:
        return f"{name} profile: {things}{', the header alone' if total else ''}"
    part = "" if total is None or here == total else f"{count_in_words(here)} of "
    header = ", no header" if total is None else ""
    return f"{name} profile: {part}{things}{header}{' (the rest is cut off)' * capture.truncated}"
