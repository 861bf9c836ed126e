"""Goroutines that take turns: what some wait for at one line, others have got, who are further down in the function."""

from collections.abc import Iterable, Iterator

from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.places import Place
from debugtext.records.captures import Capture


def let_through(subject: Subject, crowd: Crowd) -> int:
    """How many goroutines stand further down in the function in which a crowd waits, and have waited for less long.

    A semaphore, a limiter or a pool lets some through at a time. Those that have waited as long as the crowd may hold
    what it waits for, and be stuck; those that wait in the same way are of the crowd.
    """
    if not crowd.first.own:
        return 0
    oldest = crowd.waits[-1] if crowd.waits else 0
    others = (place for place in further_down(subject, crowd.first) if place.operation is not crowd.operation)
    return sum(place.count for place in others if not oldest or place.oldest_minutes < oldest)


def further_down(subject: Subject, waiting: Place) -> Iterator[Place]:
    """The goroutines of own code that are at a later line of the function in which another one waits."""
    front = waiting.front
    if front is None or front.line is None:
        return
    for place in within(subject, waiting.capture, front.function):
        lines = (frame.line for frame in place.stack.frames if frame.function == front.function)
        if any(line is not None and line > front.line for line in lines):
            yield place


def within(subject: Subject, capture: Capture, function: str) -> list[Place]:
    """The goroutines of own code with a function on their stacks."""
    found = subject.once(f"within {id(capture)}", lambda _: _by_function(subject.company(capture).places))
    return found.get(function, [])


def _by_function(places: Iterable[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places:
        for function in dict.fromkeys(place.stack.functions) if place.own else ():
            found.setdefault(function, []).append(place)
    return found
