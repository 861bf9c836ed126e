"""Who should receive what a crowd sends, and waits for something itself: he is why nobody receives.

A channel is mostly a field of a type, whose methods send, and one goroutine in another method of which receives. While
that one stands at something else (it sends on, a peer does not read, somebody holds a lock), senders come and stay.
"""

from collections.abc import Iterable, Iterator

from debugtext.analyzers.evidence.same_type import alone_beside, receiver_or_function, several_beside, waits_in_method
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.operations import LOCKS, RECEIVES, Operation
from debugtext.analyzers.stacks.ownership import started_with
from debugtext.analyzers.stacks.places import MAIN, Place
from debugtext.analyzers.subject import Subject
from debugtext.records.frames import Frame

_NOT_RECEIVING = LOCKS | {
    Operation.SEND, Operation.NIL_SEND, Operation.NIL_RECEIVE, Operation.WRITE, Operation.SEMAPHORE,
    Operation.CONDITION,
}  # fmt: skip
"""In these it does not receive; a receive or a select may be the very one, and a wait group often is of the senders."""
_END_OF_CHAIN = LOCKS | {Operation.WRITE}
"""Where the next one stands, who does not receive from the receiver: at somebody outside, or at a lock."""
_ADVICE = {
    Operation.SEND: "let it send in a select with a default or the context's Done, and leave whom it cannot reach",
    Operation.CONDITION: "call Signal after each change that it waits for",
    Operation.WRITE: "set a deadline for its writes, or let another goroutine write",
    **dict.fromkeys(LOCKS, "do not take a lock in the one that receives that others may hold while they send"),
}
_ADVICE_FOR_OTHERS = "let the one that receives wait for nothing else"


def absent_receivers(subject: Subject, crowd: Crowd) -> tuple[Place, ...]:
    """The one who should receive from a crowd of senders, and the one who should receive from that one, if visible."""
    if crowd.operation is not Operation.SEND or crowd.first.front is None:
        return ()
    first = _stuck_receiver(subject, crowd.first)
    if first is None:
        return ()
    return first, *(_receiver_of_receiver(subject, crowd, first) if first.operation is Operation.SEND else ())


def receiver_among_senders(crowd: Crowd) -> Frame | None:
    """The method that the one of a crowd of senders runs who should receive, and sends to itself.

    It is the only one of them that was started in another method of the type in whose method all of them send.
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


def advice_for(receiver: Place) -> str:
    """What to do about a receiver that waits itself."""
    return (
        f"{receiver.function} should receive, and waits itself: {_ADVICE.get(receiver.operation, _ADVICE_FOR_OTHERS)}."
    )


def _stuck_receiver(subject: Subject, sender: Place) -> Place | None:
    """The single goroutine that was started in other code of the senders' type or function, or with them, if stuck."""
    for beside in (alone_beside(subject, sender), _started_around_closure(subject, sender)):
        blocked = [place for place in beside if place.own and place.operation in _NOT_RECEIVING]
        elsewhere = [place for place in beside if place not in blocked and _waits_elsewhere(sender, place)]
        if len(elsewhere) == 1 and all(place.operation is Operation.SEND for place in blocked):
            return elsewhere[0]  # whoever sends beside it stands before it in the pipeline
        if len(blocked) == 1:
            return blocked[0]
    return _stuck_actor(subject, sender)


def _stuck_actor(subject: Subject, sender: Place) -> Place | None:
    """One of those that each receive from a channel of their own, where all of them send: to one another, likely."""
    actors = several_beside(subject, sender) if waits_in_method(sender) else []
    stuck = [place for places in actors for place in places if place.own and place.operation is Operation.SEND]
    if len(actors) != 1 or len(stuck) < len(actors[0]) or sum(place.count for place in stuck) >= sender.count:
        return None
    if any(receiver_or_function(place.function) != receiver_or_function(sender.function) for place in stuck):
        return None  # they send to somebody else
    return max(stuck, key=lambda place: place.count)


def _waits_elsewhere(sender: Place, place: Place) -> bool:
    """Whether one of the senders' type has waited for minutes, as they have, to receive in a method of another type."""
    receives = place.own and place.operation in RECEIVES and waits_in_method(place)
    are_late = min(place.oldest_minutes, sender.oldest_minutes) > 0
    return receives and are_late and receiver_or_function(place.function) != receiver_or_function(sender.function)


def _started_around_closure(subject: Subject, sender: Place) -> list[Place]:
    """The single goroutines that the function around a closure which sends has started too."""
    creator = sender.stack.created_by
    if creator is None or creator.function == MAIN or not sender.function.startswith(f"{creator.function}."):
        return []
    capture = sender.capture
    started = subject.per_places(capture, _alone_by_starter)
    return [place for place in started.get(creator.function, ()) if place.function != sender.function]


def _alone_by_starter(places: Iterable[Place]) -> dict[str, list[Place]]:
    """The single goroutines on their stacks, by the functions that have started them."""
    found: dict[str, list[Place]] = {}
    for place in places:
        if place.count == 1 and place.stack.created_by is not None:
            found.setdefault(place.stack.created_by.function, []).append(place)
    return found


def _receiver_of_receiver(subject: Subject, crowd: Crowd, first: Place) -> Iterator[Place]:
    """Who should receive from the receiver: the only one of its package who waits for somebody outside."""
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
