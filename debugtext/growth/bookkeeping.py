"""What MemStats adds to a series: restarts, the phase of garbage collection, exact numbers beside the sampled ones."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from debugtext.growth.snapshots import Snapshot
from debugtext.records.memstats import MemStats


def restarts(snapshots: Sequence[Snapshot]) -> tuple[int, ...]:
    """Indexes of the snapshots before which the process began anew: numbers that only rise have fallen."""
    found = []
    memstats: MemStats | None = None
    newest: int | None = None
    for index, snapshot in enumerate(snapshots):
        now = snapshot.memstats
        if (memstats and now and _has_fallen(memstats, now)) or _is_less(snapshot.newest_goroutine, newest):
            found.append(index)
            memstats, newest = now, snapshot.newest_goroutine
        memstats = now or memstats
        newest = snapshot.newest_goroutine if snapshot.newest_goroutine is not None else newest
    return tuple(found)


def _has_fallen(before: MemStats, after: MemStats) -> bool:
    counters = ("num_gc", "mallocs", "total_alloc_bytes", "frees")
    return any(_is_less(getattr(after, name), getattr(before, name)) for name in counters)


def _is_less(after: int | None, before: int | None) -> bool:
    return after is not None and before is not None and after < before


def new_collections(snapshots: Sequence[Snapshot]) -> list[int]:
    """Indexes of the snapshots that saw a collection of their own: a second text of one cycle repeats its records."""
    indexes: list[int] = []
    for index, snapshot in enumerate(snapshots):
        cycle = snapshot.memstats.num_gc if snapshot.memstats else None
        last = snapshots[indexes[-1]].memstats if indexes else None
        if not last or cycle is None or cycle != last.num_gc:
            indexes.append(index)
    return indexes


def collection_times(snapshots: Iterable[Snapshot], back: int = 0) -> list[float] | None:
    """The seconds of the last collections, or of those `back` before; None if one is not known or they do not rise."""
    found = [snapshot.collected_at[back : back + 1] for snapshot in snapshots]
    times = [moment for moments in found for moment in moments]
    return times if len(times) == len(found) and _rises(times) else None


def record_times(snapshots: Sequence[Snapshot]) -> list[float] | None:
    """The seconds that heap records stand for; None if a text does not tell or they do not rise.

    An allocation is published two cycles after its own (runtime/mprof.go mProf_Malloc), so that records show the heap
    as it was at the collection before the last. runtime.GC, which `?gc=1` calls, publishes at once (mProf_PostSweep).
    """
    forced = same_phase(snapshots)
    return (None if forced else collection_times(snapshots, back=1)) or collection_times(snapshots)


def _rises(times: Sequence[float]) -> bool:
    return all(time < later for time, later in pairwise(times))


def fetch_times(snapshots: Sequence[Snapshot]) -> list[float] | None:
    """The seconds when the texts were taken; None if one is not known or they do not rise."""
    times = [snapshot.taken_at for snapshot in snapshots if snapshot.taken_at is not None]
    return times if len(times) == len(snapshots) and _rises(times) else None


def same_phase(snapshots: Sequence[Snapshot]) -> bool:
    """Whether each text was taken right after a collection of its own (`?gc=1`): HeapAlloc is then the live heap."""
    forced = [s.memstats.num_forced_gc if s.memstats else None for s in snapshots]
    return all(a is not None and b is not None and b > a for a, b in pairwise(forced))


def forced_times(snapshots: Sequence[Snapshot]) -> list[float] | None:
    """The seconds of the collections that the requests asked for: nearly those of the texts."""
    return collection_times(snapshots) if same_phase(snapshots) else None


def heap_objects(snapshots: Sequence[Snapshot]) -> list[float]:
    """The number of live objects, exact right after a collection; 0 where it is not known."""
    return [float(s.memstats.heap_objects or 0) if s.memstats else 0.0 for s in snapshots]


def live_heap(snapshots: Sequence[Snapshot]) -> list[float] | None:
    """The bytes that survived the last collection: HeapAlloc right after one, else as far as NextGC tells.

    NextGC is the live heap times 1 + GOGC/100 (runtime/mgcpacer.go); that factor is the largest NextGC/HeapAlloc seen.
    """
    pairs = [(s.memstats.heap_alloc_bytes, s.memstats.next_gc_bytes) for s in snapshots if s.memstats]
    heaps = [heap for heap, _ in pairs if heap]
    goals = [goal for _, goal in pairs if goal]
    if len(heaps) != len(snapshots):
        return None
    if same_phase(snapshots) or len(goals) != len(snapshots):
        return [float(heap) for heap in heaps]
    factor = max(1.0, *(goal / heap for heap, goal in zip(heaps, goals, strict=True)))
    return [goal / factor for goal in goals]
