"""The page's locks: each with its holder, below it who waits for it, below them the locks that they hold."""

from collections.abc import Sequence

from debugtext.records.locks import AwaitedLock, LockHolder, LockWaiters
from debugtext.renderers.untrusted import one_line
from debugtext.renderers.words import minutes_in_words

MOST_LOCKS = 40
MOST_WAITERS = 12


def lock_data(locks: Sequence[AwaitedLock]) -> list[dict[str, object]]:
    """The first locks of the report, circles and those with most waiting goroutines, as plain data."""
    return [_lock(lock) for lock in locks[:MOST_LOCKS]]


def _lock(lock: AwaitedLock) -> dict[str, object]:
    rest = lock.waiters[MOST_WAITERS:]
    return {
        "name": f"lock at {lock.address:#x}" if lock.address is not None else "a lock",
        "count": lock.count,
        "total": lock.total,
        "circle": lock.is_circle,
        "holder": _holder(lock.holder) if lock.holder else None,
        "waiters": [_waiters(group) for group in lock.waiters[:MOST_WAITERS]],
        "more": sum(group.count for group in rest),
    }


def _holder(holder: LockHolder) -> dict[str, object]:
    return {
        "goroutine": holder.goroutine,
        "function": one_line(holder.function),
        "place": one_line(holder.location.short_place) if holder.location else "",
        "now": one_line(holder.now),
        "inside": one_line(holder.in_function) if holder.in_function != holder.function else "",
        "wait": _wait(holder.minutes),
        "again": holder.again,
    }


def _waiters(group: LockWaiters) -> dict[str, object]:
    return {
        "count": group.count,
        "goroutine": group.goroutine,
        "function": one_line(group.function),
        "place": one_line(group.location.short_place) if group.location else "",
        "operation": one_line(group.operation),
        "wait": _wait(group.minutes),
        "holds": [_lock(lock) for lock in group.holds],
        "closes": group.closes_circle,
    }


def _wait(minutes: int) -> str:
    return minutes_in_words(minutes) if minutes else ""
