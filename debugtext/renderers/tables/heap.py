"""The table of heap and allocs profiles: what each function holds itself (flat) and with all it calls (cum)."""

from debugtext.records.captures import Capture
from debugtext.records.heap import HeapProfile
from debugtext.renderers.layout import function_columns
from debugtext.renderers.tables.memstats import memstats_lines
from debugtext.renderers.tables.page import CUT, EVERY_LINE, Page, rows_that_fit
from debugtext.renderers.words import bytes_in_words, count_in_words, counted, share_in_words
from debugtext.views.flat_cum import flat_by_function, top

FEWEST_FUNCTIONS = 3
"""MemStats leave the table room for at least this many rows."""
LEAST_SHARE_HERE = 0.99
"""A text with this share of the bytes that its header counts is complete, or lacks nothing large."""


def heap_section(capture: Capture, page: Page, room: int) -> list[str]:
    """The totals, the functions that hold most, and what MemStats says."""
    heap = capture.body
    assert isinstance(heap, HeapProfile)
    side = "alloc" if page.view == "allocs" else "inuse"
    lines = page.heading(heap_headline(capture, heap, side), room)
    below = EVERY_LINE if page.full else max(0, room - len(lines) - (FEWEST_FUNCTIONS + 2))
    memstats = memstats_lines(heap.memstats, page, below) if heap.memstats else []
    return lines + function_lines(heap, side, page, room - len(lines) - len(memstats)) + memstats


def heap_headline(capture: Capture, heap: HeapProfile, side: str) -> str:
    """`heap: 41.2 MiB in use in 1,204 objects (estimated, one sample per 512 KiB)`."""
    there = heap.header_alloc if side == "alloc" else heap.header_inuse
    totals = heap.totals()
    if not totals[f"raw_{side}_bytes"] and there is not None and there.bytes > 0:
        kind = "allocs" if side == "alloc" else "heap"
        sampled = f"{bytes_in_words(there.bytes)} in {counted(there.objects, 'sample')}"
        return f"{kind}: no record is here, though the header counts {sampled}"
    name = "allocs: {} allocated since the start in {}" if side == "alloc" else "heap: {} in use in {}"
    amount = name.format(bytes_in_words(totals[f"{side}_bytes"]), counted(totals[f"{side}_objects"], "object"))
    how = f"estimated, one sample per {bytes_in_words(heap.rate)}" if heap.rate > 1 else "every allocation is counted"
    how = how if heap.header_kind else f"{how} by default: the header is missing"
    return f"{amount} ({how if heap.rate else 'profiling is off'}){_missing(capture, heap, side)}"


def _missing(capture: Capture, heap: HeapProfile, side: str) -> str:
    """A remark if records are missing: how many of the bytes that the header counts are in the text."""
    there = heap.header_alloc if side == "alloc" else heap.header_inuse
    cut = CUT if capture.truncated else ""
    if there is None or there.bytes <= 0:
        return cut
    here = heap.totals()[f"raw_{side}_bytes"]
    if here >= LEAST_SHARE_HERE * there.bytes:
        return cut and f"{cut} (nothing large)"
    return f"; incomplete: {bytes_in_words(here)} of the {bytes_in_words(there.bytes)} sampled are here"


def function_lines(heap: HeapProfile, side: str, page: Page, room: int) -> list[str]:
    """A table of the functions with the largest flat, on at most `room` lines; the user's own first of equal ones."""
    kinds = {kind.name: kind for kind in heap.sample_kinds}
    table = top(heap, kinds[f"{side}_space"])
    objects = flat_by_function(heap, kinds[f"{side}_objects"])
    own = {frame.function for sample in heap.samples if (frame := page.own_frame(sample.stack))}
    ranked = sorted(table.rows, key=lambda row: (-abs(row.flat), row.function not in own, -abs(row.cum), row.function))
    shown = ranked if page.full else ranked[: rows_that_fit(len(ranked), room)]
    rows = [
        [
            bytes_in_words(row.flat),
            share_in_words(row.flat, table.total),
            bytes_in_words(row.cum),
            share_in_words(row.cum, table.total),
            count_in_words(objects[row.function]) if objects.get(row.function) else "",
            row.function,
        ]
        for row in shown
    ]
    headers = ["flat", "flat%", "cum", "cum%", "objects", "function"]
    lines = function_columns(headers, rows, None if page.full else page.width)
    return page.table(lines, len(ranked) - len(shown), "function")
