"""Finds the goroutine that should receive what a crowd of goroutines sends, but is blocked itself.

A channel is mostly a field of a type: some methods send on it, and one goroutine, in another method, receives. While
that goroutine is blocked elsewhere (it sends on, a peer does not read, somebody holds a lock), senders pile up.
"""

from collections.abc import Iterable, Iterator

from debugtext.analyzers.evidence.same_type import alone_beside, receiver_or_function, several_beside, waits_in_method
from debugtext.analyzers.subject import Subject
from debugtext.records.findings import normalised_function
from debugtext.records.frames import Frame
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import LOCKS, RECEIVES, Operation
from debugtext.stacks.ownership import started_with
from debugtext.stacks.places import MAIN, Place

_NOT_RECEIVING = LOCKS | {
    Operation.SEND, Operation.NIL_SEND, Operation.NIL_RECEIVE, Operation.WRITE, Operation.SEMAPHORE,
    Operation.CONDITION,
}  # fmt: skip
"""What a receiver does while it fails to receive.

Left out: a receive or a select may be on the very channel of the senders, and a WaitGroup often counts the senders.
"""
_END_OF_CHAIN = LOCKS | {Operation.WRITE}
"""What the receiver's own receiver waits for: a peer outside of the program, or a lock."""
_ADVICE = {
    Operation.SEND: "let it send in a select with a default or the context's Done, and leave whom it cannot reach",
    Operation.CONDITION: "call Signal after each change that it waits for",
    Operation.WRITE: "set a deadline for its writes, or let another goroutine write",
    **dict.fromkeys(LOCKS, "do not take a lock in the one that receives that others may hold while they send"),
}
_OTHER_ADVICE = "let the one that receives wait for nothing else"


def absent_receivers(subject: Subject, crowd: Crowd) -> tuple[Place, ...]:
    """The goroutine that should receive from a crowd of senders, and its own receiver, as far as they are visible."""
    if crowd.operation is not Operation.SEND or crowd.first.front is None:
        return ()
    first = _stuck_receiver(subject, crowd.first)
    if first is None:
        return ()
    return first, *(_receiver_of_receiver(subject, crowd, first) if first.operation is Operation.SEND else ())


def receiver_among_senders(crowd: Crowd) -> Frame | None:
    """The method in which a receiver was started that is itself among the senders, and so sends to itself.

    It is the only goroutine of the crowd that was started in another method of the type in whose method all send.
    """
    kind = receiver_or_function(crowd.first.function)
    if crowd.operation is not Operation.SEND or crowd.count == 1 or not kind.endswith(")"):
        return None
    begun = [(place.count, frame) for place in crowd.places for frame in started_with(place.stack)[-1:]]
    inside = [
        one
        for one in begun
        if receiver_or_function(one[1].function) == kind and one[1].function != crowd.first.function
    ]
    return inside[0][1] if len(inside) == 1 and inside[0][0] == 1 else None


def sending_actors(crowd: Crowd) -> tuple[Frame, Frame] | None:
    """Where actors that all send to one another call the sending method, and the method in which they were started.

    All goroutines of the crowd were started in one other method of the type in whose method they send. None if not so.
    """
    kind = receiver_or_function(crowd.first.function)
    if crowd.operation is not Operation.SEND or crowd.count == 1 or not kind.endswith(")"):
        return None
    begun = [frame for place in crowd.places for frame in started_with(place.stack)[-1:]]
    if len(begun) < len(crowd.places) or len({normalised_function(frame.function) for frame in begun}) > 1:
        return None
    first = begun[0]
    if receiver_or_function(first.function) != kind or first.function == crowd.first.function:
        return None
    frames = crowd.first.stack.frames
    at = next((i for i, frame in enumerate(frames) if frame.function == crowd.first.function), None)
    return None if at is None else (frames[at + 1], first)


def advice_for(receiver: Place) -> str:
    """The advice about a receiver that is blocked itself."""
    return f"{receiver.function} should receive, and waits itself: {_ADVICE.get(receiver.operation, _OTHER_ADVICE)}."


def _stuck_receiver(subject: Subject, sender: Place) -> Place | None:
    """The goroutine that should receive from `sender`, if it is stuck; else a stuck actor.

    It is the only stuck one among the single goroutines beside the senders. These were started in other code of the
    senders' type or function, or by the function around the senders' closure.
    """
    for beside in (alone_beside(subject, sender), _started_around_closure(subject, sender)):
        blocked = [place for place in beside if place.own and place.operation in _NOT_RECEIVING]
        elsewhere = [place for place in beside if place not in blocked and _waits_elsewhere(sender, place)]
        if len(elsewhere) == 1 and all(place.operation is Operation.SEND for place in blocked):
            return elsewhere[0]  # the others, which send, are earlier stages of its pipeline
        if len(blocked) == 1:
            return blocked[0]
    return stuck_actor(subject, sender)


def stuck_actor(subject: Subject, sender: Place) -> Place | None:
    """The largest group of actors of the senders' type, if all these actors send: probably to one another.

    Actors are several goroutines started in one function, each of which receives from a channel of its own.
    """
    actors = several_beside(subject, sender) if waits_in_method(sender) else []
    stuck = [place for places in actors for place in places if place.own and place.operation is Operation.SEND]
    if len(actors) != 1 or len(stuck) < len(actors[0]) or sum(place.count for place in stuck) >= sender.count:
        return None
    if any(receiver_or_function(place.function) != receiver_or_function(sender.function) for place in stuck):
        return None  # they send to somebody else
    return max(stuck, key=lambda place: place.count)


def _waits_elsewhere(sender: Place, place: Place) -> bool:
    """True if `place` has waited for minutes, as the senders have, to receive in a method of another type."""
    receives = place.own and place.operation in RECEIVES and waits_in_method(place)
    are_late = min(place.oldest_minutes, sender.oldest_minutes) > 0
    return receives and are_late and receiver_or_function(place.function) != receiver_or_function(sender.function)


def _started_around_closure(subject: Subject, sender: Place) -> list[Place]:
    """The single goroutines that were also started by the function around the closure in which `sender` sends."""
    creator = sender.stack.created_by
    if creator is None or creator.function == MAIN or not sender.function.startswith(f"{creator.function}."):
        return []
    capture = sender.capture
    started = subject.per_places(capture, _alone_by_starter)
    return [place for place in started.get(creator.function, ()) if place.function != sender.function]


def _alone_by_starter(places: Iterable[Place]) -> dict[str, list[Place]]:
    """The places with one goroutine each, by the function that started the goroutine."""
    found: dict[str, list[Place]] = {}
    for place in places:
        if place.count == 1 and place.stack.created_by is not None:
            found.setdefault(place.stack.created_by.function, []).append(place)
    return found


def _receiver_of_receiver(subject: Subject, crowd: Crowd, first: Place) -> Iterator[Place]:
    """The goroutine that should receive from `first`: the only other in its package that writes or awaits a lock."""
    named = {place.function for place in (first, *crowd.places)}
    outside = [
        place
        for place in subject.company(first.capture).places
        if place.operation in _END_OF_CHAIN
        and place.own
        and place.front is not None
        and first.front is not None
        and place.front.package == first.front.package
        and place.function not in named
    ]
    if len(outside) == 1:
        yield outside[0]
