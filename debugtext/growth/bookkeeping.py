"""Restarts of the process and times of garbage collections in a series, as MemStats and goroutine ids show them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from debugtext.growth.residents import stayed
from debugtext.growth.snapshots import Snapshot
from debugtext.records.memstats import MemStats

UNIX_SECONDS = 1e9
"""Times below this count from the first text of a series (`--every`), not from 1970."""
_FALL = 2
"""Where goroutines cannot be compared, a largest id that is smaller by more than this factor proves a restart."""


def restarts(snapshots: Sequence[Snapshot]) -> tuple[int, ...]:
    """The indexes of the snapshots before which the process restarted: numbers that can only rise have fallen."""
    found = []
    memstats: MemStats | None = None
    dump: Snapshot | None = None
    run = snapshots[0].run if snapshots else 0
    for index, snapshot in enumerate(snapshots):
        now = snapshot.memstats
        has_fallen = (memstats and now and _has_fallen(memstats, now)) or (dump and _ids_began_anew(dump, snapshot))
        if has_fallen or snapshot.run != run:
            found.append(index)
            memstats, dump, run = now, None, snapshot.run
        memstats = now or memstats
        dump = snapshot if snapshot.newest_goroutine is not None else dump
    return tuple(found)


def _ids_began_anew(before: Snapshot, after: Snapshot) -> bool:
    """True if the largest goroutine id fell because of a restart, and not because the newest goroutines ended."""
    if not _is_less(after.newest_goroutine, before.newest_goroutine):
        return False
    if before.residents and after.residents:
        return not stayed(before.residents, after.residents)
    return _is_less(_FALL * (after.newest_goroutine or 0), before.newest_goroutine)


def _has_fallen(before: MemStats, after: MemStats) -> bool:
    counters = ("num_gc", "mallocs", "total_alloc_bytes", "frees")
    return any(_is_less(getattr(after, name), getattr(before, name)) for name in counters)


def _is_less(after: int | None, before: int | None) -> bool:
    return after is not None and before is not None and after < before


def new_collections(snapshots: Sequence[Snapshot]) -> list[int]:
    """The indexes of the snapshots with new heap records: a second text of one GC cycle repeats the first one's.

    The text of cycle 1 also repeats that of cycle 0: allocations are published two cycles after they were made.
    """
    indexes: list[int] = []
    for index, snapshot in enumerate(snapshots):
        cycle = snapshot.memstats.num_gc if snapshot.memstats else None
        last = snapshots[indexes[-1]].memstats if indexes else None
        if not last or cycle is None or (cycle != last.num_gc and not _is_unpublished(last, snapshot.memstats)):
            indexes.append(index)
    return indexes


def _is_unpublished(before: MemStats, now: MemStats | None) -> bool:
    return before.num_gc == 0 and now is not None and now.num_gc == 1 and not now.num_forced_gc


def collection_times(snapshots: Iterable[Snapshot]) -> list[float] | None:
    """The time of each snapshot's last garbage collection, in seconds; None if one is unknown or they do not rise."""
    return _known([_collected_at(snapshot, back=0) for snapshot in snapshots])


def record_times(snapshots: Sequence[Snapshot]) -> list[float] | None:
    """The moment whose heap the records of each snapshot show; None if one is unknown or they do not rise.

    An allocation is published two cycles after it was made (runtime/mprof.go mProf_Malloc), so records show the heap at
    the collection before the last. runtime.GC, which `?gc=1` calls, publishes at once (mProf_PostSweep).
    """
    forced = same_phase(snapshots)
    published = None if forced else _known([_collected_at(snapshot, back=1) for snapshot in snapshots])
    return published or collection_times(snapshots)


def _collected_at(snapshot: Snapshot, back: int) -> float | None:
    """The time of the last collection (`back` 0) or of the one before it (1); of the text if there was none yet.

    Until the first collection, a heap text shows everything that was allocated so far (runtime.MemProfile).
    """
    if len(snapshot.collected_at) > back:
        return snapshot.collected_at[back]
    is_young = snapshot.memstats is not None and (snapshot.memstats.num_gc or 0) <= back
    return snapshot.taken_at if is_young and (snapshot.taken_at or 0.0) >= UNIX_SECONDS else None


def _known(times: Sequence[float | None]) -> list[float] | None:
    """The times if all are known and each is later than the one before, else None."""
    found = [time for time in times if time is not None]
    return found if len(found) == len(times) and _rises(found) else None


def _rises(times: Sequence[float]) -> bool:
    return all(time < later for time, later in pairwise(times))


def fetch_times(snapshots: Sequence[Snapshot]) -> list[float] | None:
    """When the texts were taken, in seconds; None if one is unknown or they do not rise."""
    return _known([snapshot.taken_at for snapshot in snapshots])


def same_phase(snapshots: Sequence[Snapshot]) -> bool:
    """True if each text was taken right after a forced collection (`?gc=1`): HeapAlloc is then the live heap."""
    forced = [s.memstats.num_forced_gc if s.memstats else None for s in snapshots]
    return all(a is not None and b is not None and b > a for a, b in pairwise(forced))


def forced_times(snapshots: Sequence[Snapshot]) -> list[float] | None:
    """The times of the collections that `?gc=1` forced, which are nearly the times of the texts; else None."""
    return collection_times(snapshots) if same_phase(snapshots) else None
