"""The live heap at each collection, from MemStats, which are exact where heap records are sampled."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from debugtext.growth.bookkeeping import same_phase
from debugtext.growth.snapshots import Snapshot
from debugtext.records.memstats import MemStats

FIRST_GOAL_BYTES = 4 << 20
"""The smallest NextGC (heapMinimum of runtime/mgcpacer.go, for GOGC=100); it says nothing about the live heap."""
DOUBLE = 2.0
NEARLY_DOUBLE = (1.8, 2.15)
"""GOGC is 100 in nearly every program, so a factor in this range is taken as exactly 2."""


def heap_objects(snapshots: Sequence[Snapshot]) -> list[float]:
    """HeapObjects of each snapshot, which right after a collection is the number of live objects; 0 if unknown."""
    return [float(s.memstats.heap_objects or 0) if s.memstats else 0.0 for s in snapshots]


def live_heap(snapshots: Sequence[Snapshot]) -> list[float] | None:
    """The bytes that survived the last collection of each snapshot; None if MemStats are missing.

    If each text was taken right after a collection, these are HeapAlloc. Else they are computed from NextGC, which is
    the live heap times 1 + GOGC/100 (runtime/mgcpacer.go). Before the first collection, everything counts as live.
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
    """1 + GOGC/100, which no text prints: the larger of two estimates.

    NextGC / HeapAlloc is too small, because HeapAlloc has grown since the collection. The second estimate is a balance
    of bytes: a collection begins near the previous goal, and TotalAlloc - HeapAlloc shows how much it freed.
    """
    balances = list(_by_balance(known))
    factor = max([1.0, *_by_goal_and_heap(known), *([median(balances)] if balances else ())])
    return DOUBLE if NEARLY_DOUBLE[0] <= factor <= NEARLY_DOUBLE[1] else factor


def _by_goal_and_heap(known: Sequence[MemStats]) -> Iterator[float]:
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
