"""The table of what `go tool pprof -top` printed, and of profiles that have no text of their own."""

from dataclasses import replace
from itertools import accumulate

from debugtext.records.captures import Capture
from debugtext.records.pprof_tops import TopCall, TopRow, TopTable
from debugtext.records.values import ValueProfile
from debugtext.renderers.layout import function_columns, short_function
from debugtext.renderers.tables.page import Page, rows_that_fit
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
    blocks = [_block(row, table, full=page.full) for row in table.rows]
    fitting = sum(map(len, blocks)) if page.full else rows_that_fit(sum(map(len, blocks)), room - len(heading))
    ends = accumulate(map(len, blocks))
    shown = [block for block, end in zip(blocks, ends, strict=True) if end <= fitting]
    rows = [line for block in shown for line in block]
    lines = function_columns(["flat", "flat%", "cum", "cum%", "function"], rows, None if page.full else page.width)
    return heading + page.table(lines, len(blocks) - len(shown), "function")


def _block(row: TopRow, table: TopTable, *, full: bool) -> list[list[str]]:
    """The rows of a function: its own, then its heaviest caller; if `full`, all callers and callees."""
    in_words = _WORDS[table.unit]
    callers = row.callers if full else sorted(row.callers, key=lambda call: -call.value)[:1]
    ways = [("by", call) for call in callers] + [("calls", call) for call in row.callees if full]
    place = f" {row.file.rpartition('/')[2]}:{row.file_line}" if row.file and row.file_line else ""
    return [
        [
            *(cell for value in (row.flat, row.cum) for cell in (in_words(value), share_in_words(value, table.total))),
            f"{row.function}{place}",
        ],
        *(
            ["", "", in_words(call.value), share_in_words(call.value, table.total), f"{how} {_name(call, full=full)}"]
            for how, call in ways
        ),
    ]


def _name(call: TopCall, *, full: bool) -> str:
    return call.function if full else short_function(call.function)


def profile_section(capture: Capture, page: Page, room: int) -> list[str]:
    """The same table for a profile that has no text of its own, such as a CPU profile."""
    from debugtext.views.flat_cum import top  # noqa: PLC0415 - tables of pprof do not need it
    from debugtext.views.from_records import default_kind  # noqa: PLC0415

    profile = capture.body
    assert isinstance(profile, ValueProfile)
    table = top(profile, default_kind(profile))
    rows = tuple(TopRow(row.function, row.flat, row.cum, capture.first_line) for row in table.rows)
    unit = table.kind.unit if table.kind.unit in _WORDS else "count"
    return pprof_top_section(replace(capture, body=TopTable(table.kind.name, unit, table.total, rows)), page, room)
