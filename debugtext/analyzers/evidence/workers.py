"""Finds the goroutines that a WaitGroup waits for: those that belong to the waiter and have not returned."""

from collections.abc import Callable, Sequence
from functools import partial

from debugtext.analyzers.evidence.excerpts import shows_few
from debugtext.analyzers.evidence.same_type import STARTERS
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.frames import Frame, receiver_type
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import AT_WORK, CHANNELS, IO, LOCKS, READS, RECEIVES, Operation
from debugtext.stacks.ownership import started_with
from debugtext.stacks.places import MAIN, Place, is_old, words_of

BLOCKED = CHANNELS | LOCKS | IO | {Operation.SELECT, Operation.CONDITION, Operation.SEMAPHORE, Operation.WAIT_GROUP}
_HELD_UP = LOCKS | {Operation.SEND}
"""No goroutine waits in these by design."""
_GO = frozenset(function.rpartition(".")[0] for function in STARTERS)
"""Methods that start a goroutine for their caller."""
_OF_MAIN = ("main",)
_ALIKE_MINUTES = 1
_MOST_PLACES_SEARCHED = 500
"""Texts with more places are not searched: looking for the workers of each crowd would take too long."""
_ADVICE = {
    Operation.SEND: "receive until all are done, and Wait in a goroutine of its own, or let it give up (select, Done)",
    Operation.RECEIVE: "close or send on that channel before Wait, or let it give up (select, Done)",
    Operation.RANGE: "close that channel before Wait, as a worker that ranges over it returns only then",
    Operation.SELECT: "cancel its context, or close the channel that ends it, before Wait",
    Operation.MUTEX: "do not hold that lock while waiting for the workers, Unlock before Wait",
}
_ANY = "end what it waits for first, or give it a deadline"


def caller_of_wait(place: Place) -> Frame | None:
    """The frame that called Wait, in own code or in a library."""
    frames = place.stack.frames
    return next((frame for frame in frames if frame.package not in {"sync", "internal/sync", "runtime"}), None)


def workers_of(subject: Subject, waiter: Place) -> list[Place]:
    """The places of the goroutines that `waiter` waits for, as far as the text tells.

    The surest kind of which there are any: goroutines that a function on the waiter's stack has started; else those
    started by the same function as the waiter; else those in methods of the type that called Wait; else those shown
    without a stack in an excerpt. All but the first kind must have been blocked for as long as the waiter.
    """
    return subject.once(_workers_of, waiter)


def _workers_of(subject: Subject, waiter: Place) -> list[Place]:
    places = subject.company(waiter.capture).places
    if len(places) > _MOST_PLACES_SEARCHED:
        return []
    others = [place for place in places if place is not waiter and not place.idle]
    others = [place for place in others if place.function != waiter.function or place.operation != waiter.operation]
    others = [place for place in others if not _has_started(subject, place, waiter)]
    kinds: tuple[Callable[[Place], bool], ...] = (
        partial(_is_started, subject, waiter),
        partial(_is_beside, subject, waiter),
        partial(_is_of_type, _type_of_set(waiter), waiter),
        partial(_is_picked_out, subject, waiter),
    )
    return next((found for is_one in kinds if (found := list(filter(is_one, others)))), [])


def stuck_worker(waiter: Place, workers: Sequence[Place]) -> Place | None:
    """The worker that is blocked itself: first one in a send or at a lock, then the one with the longest wait."""
    known = [
        worker
        for worker in workers
        if worker.operation in BLOCKED and (worker.oldest_minutes or not waiter.oldest_minutes)
    ]
    return max(known, key=lambda worker: (worker.operation in _HELD_UP, worker.oldest_minutes), default=None)


def worker_at_work(waiter: Place, workers: Sequence[Place]) -> Place | None:
    """A worker that the waiter's own function has started, and that has no long wait: it gets on, and may end."""
    if not waiter.oldest_minutes:
        return None
    started = (worker for worker in workers if starter_of(worker) == waiter.function)
    return next((worker for worker in started if not worker.oldest_minutes and worker.operation not in _HELD_UP), None)


def peer_at_work(subject: Subject, waiter: Place, worker: Place) -> Place | None:
    """Another goroutine in the function of a blocked worker, if it gets on: the WaitGroup may wait for that one."""
    if not waiter.oldest_minutes:
        return None
    there = (other for other in subject.company(waiter.capture).places if other.function == worker.function)
    return next((other for other in there if other.operation in AT_WORK and not other.oldest_minutes), None)


def pool_at_work(subject: Subject, waiter: Place) -> Place | None:
    """A place of the waiter's pool, if several of the pool's goroutines get on.

    The pool's goroutines run methods of the type whose method waits, and were started by methods of that type.
    """
    there = subject.once(_busy_by_type, waiter.capture).get(_type_of_set(waiter), []) if waiter.oldest_minutes else []
    return there[0] if sum(worker.count for worker in there) > 1 else None


def _busy_by_type(subject: Subject, capture: Capture) -> dict[str, list[Place]]:
    """The places of goroutines that get on, by the type whose method they run, if one of its methods started them."""
    found: dict[str, list[Place]] = {}
    for worker in subject.company(capture).places:
        if not worker.oldest_minutes and worker.operation not in _HELD_UP and (kind := _type_of_worker(worker)):
            found.setdefault(kind, []).append(worker)
    return found


def workers_among(subject: Subject, waiter: Place, places: Sequence[Place]) -> list[Place]:
    """Those of `places` that were started by a function on the waiter's stack, or by a method of the waiter's type."""
    kind = _type_of_set(waiter)
    return [
        worker
        for worker in places
        if _is_started(subject, waiter, worker) or (kind and _type_of_worker(worker) == kind)
    ]


def _type_of_set(waiter: Place) -> str:
    """The type whose method called Wait; empty if a plain function did."""
    caller = caller_of_wait(waiter)
    return receiver_type(caller.function) if caller else ""


def _type_of_worker(worker: Place) -> str:
    """The type of which one method has started `worker`, to run another one; empty if that is not so."""
    began = next((receiver_type(frame.function) for frame in started_with(worker.stack)[-1:]), "")
    return began if receiver_type(starter_of(worker)) == began else ""


def are_sessions(crowd: Crowd, workers: Sequence[Place]) -> bool:
    """True if several waiters have each started workers that read connections: these stay as long as their peers."""
    started = [worker for worker in workers if starter_of(worker) == crowd.first.function]
    reads = started and all(worker.operation in READS for worker in started)
    return bool(reads) and 1 < crowd.count <= sum(worker.count for worker in started)


def advice_for(worker: Place) -> str:
    """The advice about a worker that has not returned."""
    operation = Operation.MUTEX if worker.operation in LOCKS else worker.operation
    return f"This worker has not returned: {_ADVICE.get(operation, _ANY)}."


def starter_of(worker: Place) -> str:
    """The function that started `worker`, or that handed a closure to a group's Go: the one around that closure.

    Empty if no creator is printed; Go itself if what was handed over is no closure.
    """
    creator = worker.stack.created_by
    if creator is None or creator.function not in _GO:
        return creator.function if creator else ""
    handed = [frame.function for frame in started_with(worker.stack) if frame.function not in STARTERS][-1:]
    outer, closure, _ = handed[0].partition(".func") if handed else ("", "", "")
    return outer if closure else creator.function


def wait_for_more(subject: Subject, waiter: Place) -> list[Place]:
    """The waiter's workers, if all receive for as long as it waits for them, and no other own code is there.

    Whoever would close their channel has gone. Empty if their names say that they are an idle pool.
    """
    workers = workers_of(subject, waiter)
    is_long = is_old(waiter.group.waits)
    if not is_long or not all(worker.operation in RECEIVES and _waits_as_long(waiter, worker) for worker in workers):
        return []
    names = {words_of(worker.function) for worker in workers} - {_OF_MAIN}
    if any(map(subject.knowledge.is_resident, names)):
        return []
    known = {id(place) for place in (waiter, *workers)}
    others = (place for place in subject.company(waiter.capture).places if id(place) not in known)
    there = (place for place in others if place.own and not place.idle)
    return workers if all(place.operation is Operation.NO_CASES for place in there) else []


def _is_started(subject: Subject, waiter: Place, worker: Place) -> bool:
    """True if a function on the waiter's stack has started `worker`.

    The main function counts only if it is itself the one that waits: it starts more goroutines than those.
    """
    starters = {*waiter.stack.functions, waiter.function} - ({MAIN} - {waiter.function})
    starter = starter_of(worker)
    if starter in _GO:  # a method's value, which does not tell where it was handed over
        members = subject.members(waiter.capture)
        return (
            worker.own and not members.is_main(waiter) and not members.parents(worker).isdisjoint(members.ids(waiter))
        )
    return worker.own and starter in starters


def _has_started(subject: Subject, starter: Place, waiter: Place) -> bool:
    """True if `starter` has started `waiter`: it waits for the waiter's end, not the other way round."""
    creator, members = waiter.stack.created_by, subject.members(waiter.capture)
    if creator is None or creator.function not in starter.stack.functions:
        return False
    parents = members.parents(waiter)
    return not parents or not parents.isdisjoint(members.ids(starter))


def _is_beside(subject: Subject, waiter: Place, worker: Place) -> bool:
    """True if one function started both: in many pools one goroutine waits for all others, and closes their channel."""
    starters = starter_of(waiter), starter_of(worker)
    if not all(starters) or starters[0] != starters[1]:
        return False
    members = subject.members(waiter.capture)
    parents = members.parents(waiter), members.parents(worker)
    return worker.own and (not all(parents) or bool(parents[0] & parents[1])) and _waits_as_long(waiter, worker)


def _is_of_type(kind: str, waiter: Place, worker: Place) -> bool:
    """True if a method of the type `kind`, whose method called Wait, is on the worker's stack; not in package main."""
    if not kind or kind.startswith("main.") or not _waits_as_long(waiter, worker):
        return False
    return any(receiver_type(frame.function) == kind for frame in worker.stack.frames)


def _is_picked_out(subject: Subject, waiter: Place, worker: Place) -> bool:
    """True if an excerpt shows `worker` together with the waiter, but has lost its stack."""
    return not worker.stack.frames and shows_few(subject, waiter.capture) and _waits_as_long(waiter, worker)


def _waits_as_long(waiter: Place, worker: Place) -> bool:
    """True if `worker` has been blocked for as long as the waiter; if no waits are printed, in a send or at a lock."""
    if not waiter.oldest_minutes and not worker.oldest_minutes:
        return worker.operation in _HELD_UP
    return worker.operation in BLOCKED and abs(waiter.oldest_minutes - worker.oldest_minutes) <= _ALIKE_MINUTES
