"""Who should receive what a crowd sends, and waits for something itself: he is why nobody receives.

A channel is mostly a field of a type, whose methods send, and one goroutine in another method of which receives. While
that one stands at something else (it sends on, a peer does not read, somebody holds a lock), senders come and stay.
"""

from collections.abc import Iterable, Iterator
from itertools import takewhile

from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.company import SERVES
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.stacks.waiting import LOCKS, Operation
from debugtext.records.findings import normalised_function

_BLOCKED = LOCKS | {
    Operation.SEND, Operation.NIL_SEND, Operation.NIL_RECEIVE, Operation.WRITE, Operation.SEMAPHORE,
    Operation.CONDITION,
}  # fmt: skip
"""In these it does not receive; a receive or a select may be the very one, and a wait group often is of the senders."""
_ENDS = LOCKS | {Operation.WRITE}
"""Where the next one stands, who does not receive from the receiver: at somebody outside, or at a lock."""
_ADVICE = {
    Operation.SEND: "let it send in a select with a default or the context's Done, and leave whom it cannot reach",
    Operation.CONDITION: "call Signal after each change that it waits for",
    Operation.WRITE: "set a deadline for its writes, or let another goroutine write",
    **dict.fromkeys(LOCKS, "do not take a lock in the one that receives that others may hold while they send"),
}
_ANY = "let the one that receives wait for nothing else"


def absent_receivers(subject: Subject, crowd: Crowd) -> tuple[Place, ...]:
    """The one who should receive from a crowd of senders, and the one who should receive from that one, if visible."""
    if crowd.operation is not Operation.SEND or crowd.first.front is None:
        return ()
    first = _receiver(subject, crowd.first)
    if first is None:
        return ()
    return first, *(_next(subject, crowd, first) if first.operation is Operation.SEND else ())


def advice_for(receiver: Place) -> str:
    """What to do about a receiver that waits itself."""
    return f"{receiver.function} should receive, and waits itself: {_ADVICE.get(receiver.operation, _ANY)}."


def _receiver(subject: Subject, sender: Place) -> Place | None:
    """The single goroutine that was started in other code of the senders' type or function, if it is blocked."""
    capture = sender.capture
    by_kind = subject.once(f"entries {id(capture)}", lambda _: _by_kind(subject, subject.company(capture).places))
    entries: dict[str, list[Place]] = {}
    for entry, place in by_kind.get(_kind(sender.function), ()):
        if not _is_beside(sender, place):
            entries.setdefault(entry, []).append(place)
    alone = [places[0] for places in entries.values() if sum(place.count for place in places) == 1]
    blocked = [place for place in alone if place.own and place.operation in _BLOCKED]
    return blocked[0] if len(blocked) == 1 else None


def _by_kind(subject: Subject, places: Iterable[Place]) -> dict[str, list[tuple[str, Place]]]:
    """The goroutines that were started in own code, by its type or function, each with where it was started."""
    found: dict[str, list[tuple[str, Place]]] = {}
    for place in places:
        if entry := _entry(subject, place):
            found.setdefault(_kind(entry), []).append((entry, place))
    return found


def _is_beside(sender: Place, place: Place) -> bool:
    """Whether a goroutine is in the function that sends, too, or a request's: one more sender."""
    return sender.function in place.stack.functions or SERVES in place.stack.functions


def _entry(subject: Subject, place: Place) -> str:
    """The function of own code that a goroutine was started in; empty if it was started in other code.

    A closure outside of methods was only started for what it calls.
    """
    frames = [one for one in place.stack.frames if one.package != "runtime" and ".gowrap" not in one.function]
    if frames and frames[-1].function == "main.main":
        frames.pop()
    own = list(takewhile(subject.ownership.is_own, reversed(frames)))
    names = [normalised_function(frame.function) for frame in own[:2]]
    is_wrapper = len(names) > 1 and names[0].endswith(".func") and not _kind(names[0]).endswith(")")
    return "".join(names[1:] if is_wrapper else names[:1])


def _next(subject: Subject, crowd: Crowd, first: Place) -> Iterator[Place]:
    """Who should receive from the receiver: the only one of its package who waits for somebody outside."""
    told = {place.function for place in (first, *crowd.places)}
    outside = [
        place
        for place in subject.company(first.capture).places
        if place.operation in _ENDS
        and place.own
        and place.front is not None
        and first.front is not None
        and place.front.package == first.front.package
        and place.function not in told
    ]
    if len(outside) == 1:
        yield outside[0]


def _kind(function: str) -> str:
    """`pkg.(*T)` of a method and of the closures in it; of others the function around closures."""
    package, slash, name = normalised_function(function).rpartition("/")
    outer = name.partition(".func")[0]
    head, dot, _ = outer.rpartition(".")
    return f"{package}{slash}{head if dot and head.endswith(')') else outer}"
