"""What was live at each collection by the runtime's own numbers, which no sampling blurs."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from debugtext.growth.bookkeeping import same_phase
from debugtext.growth.snapshots import Snapshot
from debugtext.records.memstats import MemStats

FIRST_GOAL_BYTES = 4 << 20
"""The goal of a small heap (heapMinimum of runtime/mgcpacer.go, for GOGC=100): it says nothing of what is live."""
DOUBLE = 2.0
NEARLY_DOUBLE = (1.8, 2.15)
"""GOGC is 100 in nearly every program: a factor close to that is that."""


def heap_objects(snapshots: Sequence[Snapshot]) -> list[float]:
    """The number of live objects, exact right after a collection; 0 where it is not known."""
    return [float(s.memstats.heap_objects or 0) if s.memstats else 0.0 for s in snapshots]


def live_heap(snapshots: Sequence[Snapshot]) -> list[float] | None:
    """The bytes that survived the last collection: HeapAlloc right after one, else as far as NextGC tells.

    NextGC is the live heap times 1 + GOGC/100 (runtime/mgcpacer.go). Before the first collection all is alive.
    """
    known = [one.memstats for one in snapshots if one.memstats]
    heaps = [memstats.heap_alloc_bytes for memstats in known if memstats.heap_alloc_bytes]
    goals = [memstats.next_gc_bytes for memstats in known if memstats.next_gc_bytes]
    if len(heaps) != len(snapshots):
        return None
    if same_phase(snapshots) or len(goals) != len(snapshots):
        return [float(heap) for heap in heaps]
    factor = _goal_factor(known)
    numbers = zip(known, heaps, goals, strict=True)
    return [goal / factor if memstats.num_gc else float(heap) for memstats, heap, goal in numbers]


def _goal_factor(known: Sequence[MemStats]) -> float:
    """1 + GOGC/100, which no text tells.

    What goal and heap together show is too little, as a text comes some time after its collection. The balance of
    bytes shows it too: a collection begins near the goal before, and what it freed is TotalAlloc less HeapAlloc.
    """
    balances = list(_by_balance(known))
    factor = max([1.0, *_seen(known), *([median(balances)] if balances else ())])
    return DOUBLE if NEARLY_DOUBLE[0] <= factor <= NEARLY_DOUBLE[1] else factor


def _seen(known: Sequence[MemStats]) -> Iterator[float]:
    for one in known:
        if one.num_gc and one.heap_alloc_bytes and (one.next_gc_bytes or 0) > FIRST_GOAL_BYTES:
            yield (one.next_gc_bytes or 0) / one.heap_alloc_bytes


def _by_balance(known: Sequence[MemStats]) -> Iterator[float]:
    for before, now in pairwise(known):
        numbers = before.num_gc, before.next_gc_bytes, now.num_gc, now.next_gc_bytes, _freed(before), _freed(now)
        if None in numbers:
            continue
        cycle, goal_before, next_cycle, goal, freed_before, freed = (number or 0 for number in numbers)
        live = goal_before - (freed - freed_before)
        if cycle and next_cycle == cycle + 1 and goal > FIRST_GOAL_BYTES and live > goal / 4:
            yield goal / live


def _freed(memstats: MemStats) -> int | None:
    if memstats.total_alloc_bytes is None or memstats.heap_alloc_bytes is None:
        return None
    return memstats.total_alloc_bytes - memstats.heap_alloc_bytes
