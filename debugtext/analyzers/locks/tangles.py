"""Locks followed from holder to holder: chains, cycles, and locks that nobody holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from debugtext.analyzers.locks.candidates import Candidates
from debugtext.analyzers.locks.crossed import crossed_holders
from debugtext.analyzers.locks.holders import Holder, holder_of
from debugtext.analyzers.locks.objects import joined, with_objects
from debugtext.analyzers.locks.self_waits import may_hang
from debugtext.analyzers.locks.waiters import Lock, Waiter, locks_of
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import receiver_type
from debugtext.stacks.operations import LOCKS, Operation
from debugtext.stacks.places import Place
from debugtext.stacks.wording import goroutines, minutes

_MOST_IN_A_CHAIN, _MOST_DRAWN = 128, 8
"""So many holders of a chain are followed, and so many are shown to people."""
_BY_NONE = "nobody in this text seems to hold it"
_NOT_TOLD = "a profile does not tell which lock each of them waits for"
_Who = int | tuple[str, int]
"""A goroutine by its id; in a profile, which prints no ids, all goroutines of one stack."""


@dataclass(frozen=True, slots=True)
class Tangle:
    """One lock and its holders: the probable holder, the holder of the lock that this one waits for, and so on.

    `is_cycle`: the last holder waits for the first lock. `is_behind_cycle`: the holders lead to such a cycle of others.
    """

    lock: Lock
    holders: tuple[Holder, ...]
    is_cycle: bool
    is_behind_cycle: bool = False

    @property
    def holder(self) -> Holder | None:
        """The goroutine that seems to hold this lock; None if nobody does."""
        return self.holders[0] if self.holders else None

    @property
    def waiter(self) -> Waiter:
        """The waiter to show: the one that waits for itself, if there is one."""
        holder = self.holder
        if holder is not None and holder.again:
            return next((one for one in self.lock.waiters if _who(one) == _who(holder)), self.lock.first)
        return self.lock.first

    @property
    def place(self) -> Place:
        """Where the first waiter stands."""
        return self.lock.first.place

    @property
    def may_be_several(self) -> bool:
        """Whether the waiters may wait for several locks: they are in a profile, and in a plain function."""
        waiter = self.waiter
        return waiter.goroutine is None and self.lock.count > 1 and not receiver_type(waiter.frame.function)

    @property
    def circle(self) -> tuple[int, frozenset[_Who]] | None:
        """The capture and the goroutines of a circle: equal for all locks of the circle, None for other locks."""
        if not self.is_cycle:
            return None
        return id(self.place.capture), frozenset(map(_who, self.holders))

    @property
    def holders_beside(self) -> int:
        """How many goroutines take part besides this lock's waiters: the holder, or the holders of a circle."""
        if not self.is_cycle:
            return int(self.holder is not None)
        return len({*map(_who, self.holders)} - {*map(_who, self.lock.waiters)})

    @property
    def is_leaked(self) -> bool:
        """Whether the runtime itself calls all waiters and all holders leaked."""
        holders = all(holder.place.leaked for holder in self.holders)
        return holders and all(waiter.place.leaked for waiter in self.lock.waiters)

    def drawn(self) -> list[str]:
        """The chain as lines of text."""
        lock = self.lock
        kinds = " and ".join(sorted(operation.value for operation in lock.operations))
        where = f" at {lock.address:#x}" if lock.address is not None else ""
        lines = [f"{goroutines(lock.count)} in {kinds}{where}, called by {lock.where}"]
        for holder in self.holders[:_MOST_DRAWN]:
            who = f"goroutine {holder.goroutine}" if holder.goroutine is not None else "a goroutine"
            waits = f"{holder.place.waits_for}{minutes(holder.place.oldest_minutes)}"
            where = f" in {holder.place.function}" if holder.place.function != holder.function else ""
            itself = " itself, further up its own stack," if holder.again else ""
            lines.append(f"probably held by {who}{itself} in {holder.function}, now {waits}{where}")
        if (more := len(self.holders) - _MOST_DRAWN) > 0:
            lines.append(f"and so on, over {more:,} more goroutines")
        if self.is_cycle:
            lines.append("and so back to the first: none of them can go on")
        if (further := self.lock.further_down) and not (self.holder and self.holder.again):
            lines.append(f"{further:,} of them at a later Lock of that function: they may hold the first one")
        elif not self.holders:
            lines.append(f"{_NOT_TOLD}: they may hold one another's" if self.may_be_several else _BY_NONE)
        return lines


@dataclass(frozen=True, slots=True)
class Web:
    """The awaited locks of one capture, the most awaited first, each with its probable holder.

    `awaited` gives the index of the lock for which a goroutine waits.
    """

    locks: Sequence[Lock]
    holders: Sequence[Holder | None]
    awaited: dict[_Who, int]

    def following(self, index: int) -> int | None:
        """The index of the lock for which the holder of a lock waits; None if it waits for none, or for its own."""
        holder = self.holders[index]
        if holder is None or holder.again or holder.place.operation not in LOCKS:
            return None
        return self.awaited.get(_who(holder))


def tangles_of(subject: Subject) -> list[Tangle]:
    """All locks of the newest input for which goroutines wait, the most awaited first."""
    return [_followed(index, web) for web in subject.once(webs_of) for index in range(len(web.locks))]


def webs_of(subject: Subject) -> list[Web]:
    """The locks of the newest input, capture by capture."""
    found = []
    for _, capture in subject.captures():
        places = subject.company(capture).places
        if not places or not may_hang(subject, capture):
            continue
        locks = joined(with_objects(subject, places, locks_of(subject, places)))
        candidates = Candidates(subject, places)
        holders = [holder_of(subject, lock, candidates) for lock in locks]
        found.append(Web(locks, crossed_holders(subject, locks, holders), _awaited(locks)))
    return found


def _followed(start: int, web: Web) -> Tangle:
    """Follows a lock to its holder, on to the lock for which that one waits, and so on."""
    locks = web.locks
    chain: list[Holder] = []
    seen = [start]
    current: int | None = start
    while current is not None and len(chain) < _MOST_IN_A_CHAIN:
        holder = web.holders[current]
        if holder is None:
            break
        chain.append(holder)
        if holder.again:
            return Tangle(locks[start], tuple(chain), is_cycle=False)
        current = web.following(current)
        if current in seen:
            return Tangle(locks[start], tuple(chain), current == start, is_behind_cycle=current != start)
        if current is not None:
            seen.append(current)
    return Tangle(locks[start], tuple(chain), is_cycle=False)


def _awaited(locks: Sequence[Lock]) -> dict[_Who, int]:
    """The index of the lock for which each goroutine waits."""
    found: dict[_Who, int] = {}
    for index, lock in enumerate(locks):
        for waiter in lock.waiters:
            found.setdefault(_who(waiter), index)
    return found


def _who(goroutine: Holder | Waiter) -> _Who:
    """The goroutine that holds a lock, or waits for one."""
    return goroutine.goroutine if goroutine.goroutine is not None else ("of", id(goroutine.place))


def is_writer_waiting(lock: Lock) -> bool:
    """Whether a writer waits for an RWMutex, so that new readers queue up behind it."""
    return Operation.WRITE_LOCK in lock.operations and Operation.READ_LOCK in lock.operations


def reader_before_writer(lock: Lock) -> Waiter | None:
    """The only one of several waiting readers that was started before all waiting writers; else None.

    Later readers wait behind the writers. This one may have read-locked before them, and now does so again.
    """
    writers = [waiter.goroutine or 0 for waiter in lock.waiters if waiter.place.operation is Operation.WRITE_LOCK]
    readers = [waiter for waiter in lock.waiters if waiter.place.operation is Operation.READ_LOCK]
    earlier = [reader for reader in readers if reader.goroutine and reader.goroutine < min(writers, default=0)]
    return earlier[0] if len(earlier) == 1 < len(readers) else None
