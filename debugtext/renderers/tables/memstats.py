"""runtime.MemStats in words: the numbers that answer "where is the memory" and "does the collector keep up"."""

from collections.abc import Iterator
from math import ceil

from debugtext.records.captures import Capture
from debugtext.records.memstats import MemStats
from debugtext.renderers.layout import ELLIPSIS, wrapped
from debugtext.renderers.tables.page import EVERY_LINE, Page
from debugtext.renderers.words import bytes_in_words, counted, fraction_in_words, nanoseconds_in_words

LABEL_WIDTH = 8
NEVER = 1 << 62
"""A goal that no heap reaches; GOGC=off sets the largest number (runtime/mgcpacer.go, heapGoal)."""


def memstats_section(capture: Capture, page: Page, room: int) -> list[str]:
    """MemStats with a heading; they are short enough for any screen."""
    del room
    memstats = capture.body
    assert isinstance(memstats, MemStats)
    return [
        page.style.bold("memstats: the runtime's own numbers at the moment of the dump"),
        *memstats_lines(memstats, page),
    ]


def memstats_lines(memstats: MemStats, page: Page, room: int = EVERY_LINE) -> list[str]:
    """The lines `memory`, `system`, `gc` and `pauses`, with the numbers that the text has.

    On at most `room` lines: facts that do not fit are left out from the end.
    """
    lines: list[str] = []
    for label, words in memstats_in_words(memstats):
        kept, found = words, _labelled(label, words, page)
        while len(lines) + len(found) > room and len(kept) > 1:
            kept = kept[:-1]
            found = _labelled(label, (*kept, ELLIPSIS), page)
        if len(lines) + len(found) > room:
            break
        lines += found
    return lines


def _labelled(label: str, words: tuple[str, ...], page: Page) -> list[str]:
    first, *others = wrapped(" · ".join(words), page.width, " " * LABEL_WIDTH, first=label.ljust(LABEL_WIDTH))
    return [page.style.dim(first[:LABEL_WIDTH]) + first[LABEL_WIDTH:], *others]


def memstats_in_words(memstats: MemStats) -> list[tuple[str, tuple[str, ...]]]:
    """(label, facts) for each of these lines, for outputs that lay them out themselves."""
    parts = (
        ("memory", _memory(memstats)),
        ("system", _system(memstats)),
        ("gc", _collector(memstats)),
        ("pauses", _pauses(memstats)),
    )
    return [(label, words) for label, found in parts if (words := tuple(found))]


def _memory(memstats: MemStats) -> Iterator[str]:
    if memstats.heap_alloc_bytes is not None:
        objects = "" if memstats.heap_objects is None else f", {counted(memstats.heap_objects, 'object')}"
        yield f"live heap {bytes_in_words(memstats.heap_alloc_bytes)}{objects}"
    if memstats.enable_gc is False or (memstats.next_gc_bytes or 0) >= NEVER:
        yield "GC off"
    elif memstats.next_gc_bytes is not None:
        yield f"next GC at {bytes_in_words(memstats.next_gc_bytes)}"
    if memstats.stack_inuse_bytes is not None:
        yield f"stacks {bytes_in_words(memstats.stack_inuse_bytes)}"


def _system(memstats: MemStats) -> Iterator[str]:
    if memstats.sys_bytes is not None:
        yield f"{bytes_in_words(memstats.sys_bytes)} from OS"
    if memstats.heap_idle_bytes is not None:
        given_back = memstats.heap_released_bytes
        released = "" if given_back is None else f" ({bytes_in_words(given_back)} released)"
        yield f"idle {bytes_in_words(memstats.heap_idle_bytes)}{released}"
    if memstats.max_rss_bytes:
        yield f"max RSS {bytes_in_words(memstats.max_rss_bytes)}"


def _collector(memstats: MemStats) -> Iterator[str]:
    if memstats.num_gc is not None:
        forced = f" ({memstats.num_forced_gc:,} forced)" if memstats.num_forced_gc else ""
        yield f"{counted(memstats.num_gc, 'cycle')}{forced}"
    if memstats.gc_cpu_fraction is not None:
        yield f"{fraction_in_words(memstats.gc_cpu_fraction)} of CPU"
    if memstats.total_alloc_bytes is not None:
        yield f"{bytes_in_words(memstats.total_alloc_bytes)} allocated in all"


def _pauses(memstats: MemStats) -> Iterator[str]:
    pauses = sorted(memstats.pauses_ns)
    if pauses:
        p50, p99 = (nanoseconds_in_words(_quantile(pauses, part)) for part in (0.5, 0.99))
        of_last = f" (the last {counted(len(pauses), 'cycle')})" if len(pauses) > 1 else ""
        yield f"p50 {p50}, p99 {p99}, max {nanoseconds_in_words(pauses[-1])}{of_last}"


def _quantile(ascending: list[int], part: float) -> int:
    """The nearest-rank quantile: a number that was really measured."""
    return ascending[max(ceil(part * len(ascending)) - 1, 0)]
