"""Whether a lock goes round: its holder is at work, and goroutines that wait for it get it in turn."""

from dataclasses import replace

from debugtext.analyzers.amounts import FEW
from debugtext.analyzers.locks.holders import Holder
from debugtext.analyzers.locks.tangles import Tangle, tangles_of
from debugtext.analyzers.locks.waiters import Lock
from debugtext.analyzers.subject import Subject
from debugtext.stacks.operations import AT_WORK, SURE_MINUTES, Operation

_PART_THAT_WAITS_ANEW = 0.1
"""So large a part of the waiters must have come to the queue after goroutines that are younger than they."""


def goes_round(subject: Subject, tangle: Tangle) -> str:
    """What shows that the lock is given back and taken again, in words; empty if nothing does, or the holder stands."""
    holder = tangle.holder
    if holder is None or holder.goroutine is None or not _is_at_work(subject, tangle, holder):
        return ""
    if len(subject.readings) > 1:
        former = _former_holder(subject, tangle, holder)
        return f"it goes round: goroutine {former} held it in the input before" if former else ""
    count = _waits_anew(subject, tangle, holder)
    return f"it seems to go round: {count:,} have waited less long than goroutines started after them" if count else ""


def _is_at_work(subject: Subject, tangle: Tangle, holder: Holder) -> bool:
    """Whether the holder goes on by itself, and has not stood long.

    It may wait in a select for an answer, if the waiters have printed minutes and the holder has none.
    """
    if holder.again or subject.members(holder.place.capture).waits(holder.place).get(holder.goroutine or 0):
        return False
    is_new = tangle.lock.oldest_minutes >= SURE_MINUTES and holder.place.operation is Operation.SELECT
    return is_new or holder.place.operation in AT_WORK


def _former_holder(subject: Subject, tangle: Tangle, holder: Holder) -> int | None:
    """The goroutine that held the lock of this address in the input before; None if it still does, or is not seen.

    One of both holders must stand in the queue of the other input: else the inputs may be of two processes. Readers
    share an RWMutex, so a former holder of that must have come back to the queue.
    """
    earlier = subject.once(_tangles_before).get(tangle.lock.address or 0)
    former = earlier.holder.goroutine if earlier and earlier.holder else None
    if earlier is None or former is None or former == holder.goroutine:
        return None
    is_back = former in _waits_of(subject, tangle.lock)
    was_next = holder.goroutine in _waits_of(subject, earlier.lock)
    return former if is_back or (was_next and tangle.lock.is_a_mutex) else None


def _tangles_before(subject: Subject) -> dict[int, Tangle]:
    """The awaited locks of the input before the newest, by their addresses."""
    earlier = replace(subject, readings=subject.readings[:-1])
    return {one.lock.address: one for one in tangles_of(earlier) if one.lock.address is not None}


def _waits_anew(subject: Subject, tangle: Tangle, holder: Holder) -> int:
    """How many waiters have waited at most half as long as one that was started later; 0 if they are few.

    Whoever got the lock comes again: so old goroutines have new waits. But workers may also come for the first time at
    different times. So it counts only if the holder is one of them: it has taken the lock in a function of theirs.
    """
    if tangle.lock.oldest_minutes < SURE_MINUTES or tangle.lock.callers.keys().isdisjoint(holder.place.stack.functions):
        return 0
    waits = _waits_of(subject, tangle.lock)
    oldest = max(waits.values(), default=0)
    last = max((number for number, minutes in waits.items() if minutes == oldest), default=0)
    count = sum(number < last and 2 * minutes <= oldest for number, minutes in waits.items())
    return count if count >= max(FEW, _PART_THAT_WAITS_ANEW * len(waits)) else 0


def _waits_of(subject: Subject, lock: Lock) -> dict[int, int]:
    """For the id of each goroutine that waits for the lock, its printed minutes, or 0 if none are printed.

    In large dumps the waiters are only some of them; then all at their places count, if no other lock is awaited there.
    """
    places = {id(waiter.place): waiter.place for waiter in lock.waiters}.values()
    waits: dict[int, int] = {}
    for place in places:
        waits |= subject.members(place.capture).waits(place)
    if lock.count >= len(waits):
        return waits
    return {number: waits[number] for waiter in lock.waiters if (number := waiter.goroutine) in waits}
