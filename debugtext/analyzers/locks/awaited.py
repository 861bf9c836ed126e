"""Who waits for whom, as a tree of records: the lock that holds everything up on top, its waiters below."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from debugtext.analyzers.locks.holders import Holder
from debugtext.analyzers.locks.tangles import Web, webs_of
from debugtext.analyzers.locks.waiters import Waiter
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import Location, location_of
from debugtext.records.locks import AwaitedLock, LockHolder, LockWaiters

_MOST_LOCKS_IN_A_ROW = 12
"""Deeper chains of locks are cut off: they would not be readable."""
_Key = tuple[str, Location | None, str, int | None]


def awaited_locks(subject: Subject) -> tuple[AwaitedLock, ...]:
    """The trees of all locks of the newest input for which goroutines wait: circles first, then the largest."""
    found = [lock for web in subject.once(webs_of) for lock in _Drawing(web).roots()]
    return tuple(sorted(found, key=lambda lock: (not lock.is_circle, -lock.total)))


@dataclass(frozen=True)
class _Drawing:
    """The trees of one capture, in which each lock appears once."""

    web: Web

    @cached_property
    def hanging(self) -> dict[int, dict[int | None, list[int]]]:
        """For each lock, the goroutines that wait for it and hold other locks, with the indexes of these locks."""
        found: dict[int, dict[int | None, list[int]]] = {}
        for index, holder in enumerate(self.web.holders):
            following = self.web.following(index)
            if holder is not None and following is not None:
                found.setdefault(following, {}).setdefault(holder.goroutine, []).append(index)
        return found

    def roots(self) -> Iterator[AwaitedLock]:
        """The locks whose holder waits for no other lock, and one lock of each circle."""
        seen: set[int] = set()
        for start in range(len(self.web.locks)):
            path: list[int] = []
            current: int | None = start
            while current is not None and current not in seen:
                seen.add(current)
                path.append(current)
                current = self.web.following(current)
            if current is None:
                yield self._lock(path[-1], path[-1])
            elif current in path:
                root = min(path[path.index(current) :])
                yield self._lock(root, root, is_circle=True)

    def _lock(self, index: int, root: int, depth: int = 0, *, is_circle: bool = False) -> AwaitedLock:
        lock, holder = self.web.locks[index], self.web.holders[index]
        place = lock.first.place
        return AwaitedLock(
            lock.address,
            lock.count,
            tuple(self._waiters(index, root, depth)),
            _lock_holder(holder) if holder else None,
            is_circle,
            place.input,
            place.group.line,
        )

    def _waiters(self, index: int, root: int, depth: int) -> Iterator[LockWaiters]:
        """The waiters of a lock, grouped by place; one that holds other locks stands alone, above their waiters."""
        lock = self.web.locks[index]
        held = self.hanging.get(index, {})
        groups: dict[_Key, list[Waiter]] = {}
        for waiter in lock.waiters:
            own = waiter.goroutine if waiter.goroutine in held else None
            key = (waiter.frame.function, location_of(waiter.frame), waiter.place.operation.value, own)
            groups.setdefault(key, []).append(waiter)
        counts = {key: sum(waiter.count for waiter in group) for key, group in groups.items()}
        counts[max(counts, key=lambda key: counts[key])] += max(0, lock.count - sum(counts.values()))
        for key, group in sorted(groups.items(), key=lambda item: (item[0][3] is None, -counts[item[0]])):
            function, location, operation, goroutine = key
            inside = held.get(goroutine, ()) if goroutine is not None else ()
            yield LockWaiters(
                counts[key],
                function,
                operation,
                max(waiter.place.oldest_minutes for waiter in group),
                group[0].goroutine,
                tuple(
                    self._lock(one, root, depth + 1) for one in inside if one != root and depth < _MOST_LOCKS_IN_A_ROW
                ),
                closes_circle=root in inside,
                location=location,
            )


def _lock_holder(holder: Holder) -> LockHolder:
    place = holder.place
    return LockHolder(
        holder.goroutine,
        holder.function,
        place.operation.value,
        place.function,
        place.oldest_minutes,
        holder.again,
        holder.by_address,
        location_of(place.stack.frames[holder.frame]),
    )
