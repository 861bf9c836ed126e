"""Who is alone in other code of the type, or function, in which goroutines wait: the other end is mostly there."""

from itertools import takewhile

from debugtext.analyzers.stacks.company import SERVES
from debugtext.analyzers.stacks.ownership import started_with
from debugtext.analyzers.stacks.places import MAIN, Place
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.findings import normalised_function

MOST_PLACES = 100
"""Of a type at more places than these nothing is told: each of them would be compared with all."""


STARTERS = frozenset({"sync.(*WaitGroup).Go.func1", "golang.org/x/sync/errgroup.(*Group).Go.func1"})
"""Closures that only run what was handed to them as a goroutine: that began in the function that they call."""


def alone_beside(subject: Subject, waiting: Place) -> list[Place]:
    """The goroutines that were started there, of those functions in which only one was."""
    return [places[0] for places in _beside(subject, waiting) if sum(place.count for place in places) == 1]


def several_beside(subject: Subject, waiting: Place) -> list[list[Place]]:
    """The same of those functions in which several were: actors, each of them with a channel of its own."""
    return [places for places in _beside(subject, waiting) if sum(place.count for place in places) > 1]


def _beside(subject: Subject, waiting: Place) -> list[list[Place]]:
    by_kind = subject.once(_by_receiver_or_function, waiting.capture)
    started = by_kind.get(receiver_or_function(waiting.function), [])
    entries: dict[str, list[Place]] = {}
    for entry, place in started if len(started) <= MOST_PLACES else ():
        if not _is_one_more_waiter(waiting, place):
            entries.setdefault(entry, []).append(place)
    return list(entries.values())


def waits_in_method(place: Place) -> bool:
    """Whether a goroutine waits in a method, or in a closure in it."""
    return receiver_or_function(place.function).endswith(")")


def _is_one_more_waiter(waiting: Place, place: Place) -> bool:
    """Whether a goroutine is in the same function, too, or a request's: one more that waits."""
    return waiting.function in place.stack.functions or SERVES in place.stack.functions


def _by_receiver_or_function(subject: Subject, capture: Capture) -> dict[str, list[tuple[str, Place]]]:
    """The goroutines that were started in own code, by its type or function, each with where it was started."""
    found: dict[str, list[tuple[str, Place]]] = {}
    for place in subject.company(capture).places:
        if entry := _entry(subject, place):
            found.setdefault(receiver_or_function(entry), []).append((entry, place))
    return found


def _entry(subject: Subject, place: Place) -> str:
    """The function of own code that a goroutine was started in; empty if it was started in other code.

    A closure outside of methods was only started for what it calls.
    """
    frames = started_with(place.stack)
    if frames and frames[-1].function in STARTERS:
        frames.pop()
    if frames and frames[-1].function == MAIN:
        frames.pop()
    own = list(takewhile(subject.ownership.is_own, reversed(frames)))
    names = [normalised_function(frame.function) for frame in own[:2]]
    is_wrapper = len(names) > 1 and names[0].endswith(".func") and not receiver_or_function(names[0]).endswith(")")
    return "".join(names[1:] if is_wrapper else names[:1])


def receiver_or_function(function: str) -> str:
    """`pkg.(*T)` of a method and of the closures in it; of others the function around closures."""
    package, slash, name = normalised_function(function).rpartition("/")
    outer = name.partition(".func")[0]
    head, dot, _ = outer.rpartition(".")
    return f"{package}{slash}{head if dot and head.endswith(')') else outer}"
