"""Further tables of a comparison: MemStats before and after; with `--full` functions, states and creators."""

from typing import TYPE_CHECKING

from debugtext.records.captures import Reading
from debugtext.records.memstats import MemStats
from debugtext.records.reports import Report
from debugtext.renderers.layout import columns, wrapped
from debugtext.renderers.tables.page import Page
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import amount_in_words, count_in_words, signed

if TYPE_CHECKING:
    from debugtext.records.growth import Difference, GroupChange

SHOWN = ("heap_alloc_bytes", "heap_objects", "stack_inuse_bytes", "sys_bytes", "num_gc")
NUMBERS = tuple(name for name in MemStats.__dataclass_fields__ if name not in {"pause_ns", "pause_end_ns", "line"})


def memstats_lines(report: Report, page: Page) -> list[str]:
    """The table of MemStats numbers that changed; without `--full` only of those in `SHOWN`."""
    before, after = (
        (_memstats_of(report.readings[end]) for end in (0, -1)) if len(report.readings) > 1 else (None, None)
    )
    if before is None or after is None:
        return []
    rows = []
    for name in NUMBERS if page.full else SHOWN:
        numbers = getattr(before, name), getattr(after, name)
        if isinstance(numbers[0], int) and isinstance(numbers[1], int) and numbers[0] != numbers[1]:
            rows.append(_row(name, *numbers))
    if not rows:
        return [page.style.dim("MemStats did not move.")]
    headers = ["memstats", "growth", "before", "after"]
    return page.table(columns(headers, rows, ["left", "right", "right", "right"]), 0, "number")


def collection_lines(report: Report, page: Page) -> list[str]:
    """A warning if fewer than two garbage collections ran between the texts: heap records cannot have changed.

    An allocation appears in the profile two cycles later (runtime/mprof.go mProf_Malloc); runtime.GC, which `?gc=1`
    calls, makes it appear at once.
    """
    before, after = (_memstats_of(reading) for reading in (report.readings[0], report.readings[-1]))
    if before is None or after is None or before.num_gc is None or after.num_gc is None:
        return []
    ran, forced = after.num_gc - before.num_gc, (after.num_forced_gc or 0) - (before.num_forced_gc or 0)
    if ran not in {0, 1} or forced:
        return []
    words = "No garbage collection" if ran == 0 else "Only one garbage collection"
    sentence = f"{words} ran between the texts, and heap records only move at one: ask with heap?gc=1."
    return wrapped(sentence, page.width, "  ", first="")


def difference_lines(difference: "Difference", page: Page) -> list[str]:
    """The table of each function's flat and cum, and the tables of the states and creators of goroutines."""
    rows = [
        [
            signed(amount_in_words(function.flat_delta, difference.unit), function.flat_delta),
            signed(amount_in_words(function.cum_delta, difference.unit), function.cum_delta),
            amount_in_words(function.cum_after, difference.unit),
            one_line(function.function),
        ]
        for function in difference.functions
        if function.flat_delta or function.cum_delta
    ]
    if not rows:
        return []
    heading = page.heading(f"{difference.kind} by function: flat is its own, cum with all it calls")
    lines = columns(["flat", "cum", "cum after", "function"], rows, ["right", "right", "right", "left"])
    groups = (("state", difference.states), ("creator", difference.creators))
    return [
        *heading,
        *page.table(lines, 0, ""),
        *(line for name, group in groups for line in _groups(name, group, page)),
    ]


def _groups(name: str, groups: "tuple[GroupChange, ...]", page: Page) -> list[str]:
    rows = [
        [signed(count_in_words(g.delta), g.delta), count_in_words(g.before), count_in_words(g.after), one_line(g.name)]
        for g in groups
    ]
    return page.table(columns(["growth", "before", "after", name], rows, ["right"] * 3 + ["left"]), 0, name)


def _memstats_of(reading: Reading) -> MemStats | None:
    for capture in reading.captures:
        body = capture.body
        found = body if isinstance(body, MemStats) else getattr(body, "memstats", None)
        if isinstance(found, MemStats):
            return found
    return None


def _row(name: str, before: int, after: int) -> list[str]:
    unit = "bytes" if name.endswith("_bytes") else "nanoseconds" if name.endswith("_ns") else "count"
    words = name.removesuffix("_bytes").removesuffix("_ns").replace("_", " ")
    growth = signed(amount_in_words(after - before, unit), after - before)
    if unit == "nanoseconds":  # a Unix time, not a duration
        return [words, growth, "", ""]
    return [words, growth, amount_in_words(before, unit), amount_in_words(after, unit)]
