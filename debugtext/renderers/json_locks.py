"""What goroutines that wait for locks add to the JSON output: who waits for whom, as a tree below each lock."""

from typing import TYPE_CHECKING

from debugtext.renderers.json_captures import Fields, location_fields

if TYPE_CHECKING:
    from debugtext.records.locks import AwaitedLock, LockHolder, LockWaiters


def lock_fields(lock: "AwaitedLock") -> Fields:
    """A lock, who seems to hold it, and who waits for it; below them what they hold meanwhile.

    The address is in hexadecimal, as in the text: as a number it is more than some readers of JSON can tell apart.
    """
    return {
        "address": None if lock.address is None else f"{lock.address:#x}",
        "waiting": lock.count,
        "waiting_in_all": lock.total,
        "is_circle": lock.is_circle,
        "holder": _holder(lock.holder) if lock.holder else None,
        "waiters": [_waiters(group) for group in lock.waiters],
        "input": lock.input,
        "line": lock.line,
    }


def _holder(holder: "LockHolder") -> Fields:
    return {
        "goroutine": holder.goroutine,
        "function": holder.function,
        "location": location_fields(holder.location),
        "now": holder.now,
        "in_function": holder.in_function,
        "waiting_minutes": holder.minutes,
        "waits_for_it_itself": holder.again,
        "by_address": holder.by_address,
    }


def _waiters(group: "LockWaiters") -> Fields:
    return {
        "count": group.count,
        "goroutine": group.goroutine,
        "function": group.function,
        "location": location_fields(group.location),
        "operation": group.operation,
        "waiting_minutes": group.minutes,
        "closes_circle": group.closes_circle,
        "holds": [lock_fields(lock) for lock in group.holds],
    }
