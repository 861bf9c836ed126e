"""Whether the goroutines that wait for a lock have moved from one input to the next."""

from debugtext.analyzers.amounts import FEW, MANY
from debugtext.analyzers.evidence.across_inputs import count_stayed, ids_of, is_a_moment_apart, same_place, spot_of
from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.evidence.stillness import is_still
from debugtext.analyzers.locks.holders import Holder
from debugtext.analyzers.locks.tangles import Tangle
from debugtext.analyzers.subject import Subject
from debugtext.records.crashes import Crash
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import LOCKS
from debugtext.stacks.places import Place

_GREW = 1.5
"""A queue in profiles has grown if it is so many times as long as before."""


def stands(subject: Subject, tangle: Tangle) -> bool:
    """Whether no goroutine that waited in an earlier input has got the lock since, as far as the texts show."""
    if len(subject.readings) == 1 or _was_passed(subject, tangle):
        return False
    places = {id(waiter.place): waiter.place for waiter in tangle.lock.waiters}
    crowd = Crowd(tuple(place for place in places.values() if spot_of(place) == spot_of(tangle.place)))
    return count_stayed(subject, crowd) >= crowd.count or _only_grew(subject, tangle)


def _was_passed(subject: Subject, tangle: Tangle) -> bool:
    """Whether the profile before shows a goroutine at work past this Lock, further down in the function.

    Profiles do not name goroutines: if a few wait each time, they may be others each time.
    """
    lock = tangle.waiter.frame
    if tangle.waiter.goroutine is not None or tangle.lock.count >= FEW or not lock.line:
        return False
    at_work = (place for places in subject.earlier_places[-1:] for place in places if place.operation not in LOCKS)
    frames = (frame for place in at_work for frame in place.stack.frames if frame.function == lock.function)
    return any((frame.line or 0) > lock.line for frame in frames)


def keeps(subject: Subject, tangle: Tangle) -> bool:
    """Whether the holder stands at the same place in all inputs with a queue, and no waiter has got the lock.

    Profiles do not name goroutines: there it is enough that one goroutine stands at that place each time.
    """
    holder = tangle.holder
    if holder is None or is_a_moment_apart(subject) or not stands(subject, tangle):
        return False
    queues = [number for number in range(len(subject.earlier_places)) if same_place(subject, number, tangle.place)]
    return all(_is_there(subject, holder, same_place(subject, number, holder.place)) for number in queues)


def _is_there(subject: Subject, holder: Holder, places: list[Place]) -> bool:
    """Whether the holder stood at one of the places of an earlier input; in profiles, whether one goroutine did."""
    if holder.goroutine is None:
        return holder.place.count == _count(places) == 1
    return any(holder.goroutine in ids_of(subject, place) for place in places)


def may_be_load(subject: Subject, tangle: Tangle) -> bool:
    """Whether the queue may be a moment of load: nothing says for how long it waits, and others may be active."""
    capture = tangle.place.capture
    if tangle.lock.oldest_minutes or isinstance(capture.body, Crash) or stands(subject, tangle):
        return False
    return is_excerpt(subject, capture) or not is_still(subject, capture)


def waiters_before(subject: Subject, tangle: Tangle) -> int:
    """How many waited at the same places in the earliest input in which anybody did."""
    places = {spot_of(waiter.place): waiter.place for waiter in tangle.lock.waiters}.values()
    inputs = range(len(subject.earlier_places))
    counts = (sum(_count(same_place(subject, number, place)) for place in places) for number in inputs)
    return next(filter(None, counts), 0)


def _only_grew(subject: Subject, tangle: Tangle) -> bool:
    """Whether all that waited at first still do. For profiles, which name no goroutine: whether the queue has grown.

    It is compared with the first profile that shows many waiters, so that more texts do not make it less sure.
    """
    inputs = _before(subject, tangle.place)
    before = {number for places in inputs[:1] for place in places for number in ids_of(subject, place)}
    if before:
        now = {waiter.goroutine for waiter in tangle.lock.waiters}
        return len(before) >= FEW and before <= now
    many = next((count for count in map(_count, inputs) if count >= MANY), 0)
    return 0 < many * _GREW <= tangle.lock.count


def _before(subject: Subject, place: Place) -> list[list[Place]]:
    """The same place in each earlier input in which anybody waited there, oldest first."""
    inputs = (same_place(subject, number, place) for number in range(len(subject.earlier_places)))
    return [places for places in inputs if places]


def _count(places: list[Place]) -> int:
    """How many goroutines stand at some places."""
    return sum(place.count for place in places)
