"""Goroutines in other code of the type, or function, in which a crowd waits: the other end is mostly there."""

from itertools import takewhile

from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.findings import normalised_function
from debugtext.stacks.company import SERVES
from debugtext.stacks.ownership import started_with
from debugtext.stacks.places import MAIN, Place

MOST_PLACES = 100
"""Types at more places than this are skipped: each place would be compared with all others."""

STARTERS = frozenset({"sync.(*WaitGroup).Go.func1", "golang.org/x/sync/errgroup.(*Group).Go.func1"})
"""Closures that only run, in a goroutine, the function handed to them: the goroutine's work begins in that function."""


def alone_beside(subject: Subject, waiting: Place) -> list[Place]:
    """The places beside `waiting` whose entry function was started as a single goroutine."""
    return [places[0] for places in _beside(subject, waiting) if sum(place.count for place in places) == 1]


def several_beside(subject: Subject, waiting: Place) -> list[list[Place]]:
    """The places beside `waiting` for each entry function of several goroutines: actors, each with its own channel."""
    return [places for places in _beside(subject, waiting) if sum(place.count for place in places) > 1]


def _beside(subject: Subject, waiting: Place) -> list[list[Place]]:
    """The places that were started in the type, or function, in which `waiting` waits, for each entry function."""
    by_kind = subject.once(_by_receiver_or_function, waiting.capture)
    started = by_kind.get(receiver_or_function(waiting.function), [])
    entries: dict[str, list[Place]] = {}
    for entry, place in started if len(started) <= MOST_PLACES else ():
        if not _is_one_more_waiter(waiting, place):
            entries.setdefault(entry, []).append(place)
    return list(entries.values())


def waits_in_method(place: Place) -> bool:
    """True if a goroutine waits in a method, or in a closure in a method."""
    return receiver_or_function(place.function).endswith(")")


def _is_one_more_waiter(waiting: Place, place: Place) -> bool:
    """True if `place` is in the function of `waiting` too, or handles a request: it is just one more that waits."""
    return waiting.function in place.stack.functions or SERVES in place.stack.functions


def _by_receiver_or_function(subject: Subject, capture: Capture) -> dict[str, list[tuple[str, Place]]]:
    """The places started in own code, each with its entry function, by the type or function of that entry."""
    found: dict[str, list[tuple[str, Place]]] = {}
    for place in subject.company(capture).places:
        if entry := _entry(subject, place):
            found.setdefault(receiver_or_function(entry), []).append((entry, place))
    return found


def _entry(subject: Subject, place: Place) -> str:
    """The function of own code in which a goroutine was started; empty if it was started in other code.

    A closure outside of methods was only started for what it calls: then the entry is the called function.
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
    """`pkg.(*T)` for a method and closures in it; else the function itself, or the function around a closure."""
    package, slash, name = normalised_function(function).rpartition("/")
    outer = name.partition(".func")[0]
    head, dot, _ = outer.rpartition(".")
    return f"{package}{slash}{head if dot and head.endswith(')') else outer}"
