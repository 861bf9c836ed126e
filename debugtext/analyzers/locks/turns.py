"""Whether a lock goes round: its holder is at work, and goroutines that wait for it get it in turn."""

from dataclasses import replace

from debugtext.analyzers.amounts import FEW
from debugtext.analyzers.locks.holders import Holder
from debugtext.analyzers.locks.tangles import Tangle, tangles_of
from debugtext.analyzers.stacks.operations import AT_WORK, SURE_MINUTES, Operation
from debugtext.analyzers.subject import Subject

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
    count = _waits_anew(subject, tangle)
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
    is_back = any(waiter.goroutine == former for waiter in tangle.lock.waiters)
    was_next = any(waiter.goroutine == holder.goroutine for waiter in earlier.lock.waiters)
    return former if is_back or (was_next and tangle.lock.is_a_mutex) else None


def _tangles_before(subject: Subject) -> dict[int, Tangle]:
    """The awaited locks of the input before the newest, by their addresses."""
    earlier = replace(subject, readings=subject.readings[:-1])
    return {one.lock.address: one for one in tangles_of(earlier) if one.lock.address is not None}


def _waits_anew(subject: Subject, tangle: Tangle) -> int:
    """How many waiters have waited at most half as long as one that was started later; 0 if they are few.

    Each comes to the queue when it needs the lock, and whoever got it comes again: so old goroutines have new waits.
    """
    if tangle.lock.oldest_minutes < SURE_MINUTES:
        return 0
    waits: dict[int, int] = {}
    for place in {id(waiter.place): waiter.place for waiter in tangle.lock.waiters}.values():
        waits |= subject.members(place.capture).waits(place)
    waits = {waiter.goroutine: waits.get(waiter.goroutine, 0) for waiter in tangle.lock.waiters if waiter.goroutine}
    oldest = max(waits.values(), default=0)
    last = max((number for number, minutes in waits.items() if minutes == oldest), default=0)
    count = sum(number < last and 2 * minutes <= oldest for number, minutes in waits.items())
    return count if count >= max(FEW, _PART_THAT_WAITS_ANEW * len(waits)) else 0
