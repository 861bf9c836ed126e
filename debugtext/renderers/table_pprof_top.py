"""The table that `go tool pprof -top` has printed, or would: its functions, the numbers in our units."""

from dataclasses import replace

from debugtext.records.captures import Capture
from debugtext.records.pprof_tops import TopRow, TopTable
from debugtext.records.values import ValueProfile
from debugtext.renderers._layout import function_columns
from debugtext.renderers._page import Page, rows_that_fit
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import bytes_in_words, count_in_words, counted, nanoseconds_in_words, share_in_words

_WORDS = {"bytes": bytes_in_words, "nanoseconds": nanoseconds_in_words, "count": count_in_words}


def pprof_top_section(capture: Capture, page: Page, room: int) -> list[str]:
    """The total, and the functions in the order of the text."""
    table = capture.body
    assert isinstance(table, TopTable)
    in_words = _WORDS[table.unit]
    kind = f" of {one_line(table.kind)}" if table.kind else ""
    total = counted(table.total, "goroutine") if table.counts_goroutines else in_words(table.total)
    heading = page.heading(f"what pprof's top shows{kind}: {counted(len(table.rows), 'function')}, {total} in all")
    fitting = len(table.rows) if page.full else rows_that_fit(len(table.rows), room - len(heading))
    shown = table.rows[:fitting]
    rows = [
        [
            in_words(row.flat),
            share_in_words(row.flat, table.total),
            in_words(row.cum),
            share_in_words(row.cum, table.total),
            f"{row.function} {row.file.rpartition('/')[2]}:{row.file_line}"
            if row.file and row.file_line
            else row.function,
        ]
        for row in shown
    ]
    lines = function_columns(["flat", "flat%", "cum", "cum%", "function"], rows, None if page.full else page.width)
    return heading + page.table(lines, len(table.rows) - len(shown), "function")


def profile_section(capture: Capture, page: Page, room: int) -> list[str]:
    """The same of a profile that has no text of its own, of processor time for one."""
    from debugtext.views.flat_cum import top  # noqa: PLC0415 - tables that pprof has printed are added up
    from debugtext.views.from_records import default_kind  # noqa: PLC0415

    profile = capture.body
    assert isinstance(profile, ValueProfile)
    table = top(profile, default_kind(profile))
    rows = tuple(TopRow(row.function, row.flat, row.cum, capture.first_line) for row in table.rows)
    unit = table.kind.unit if table.kind.unit in _WORDS else "count"
    return pprof_top_section(replace(capture, body=TopTable(table.kind.name, unit, table.total, rows)), page, room)
