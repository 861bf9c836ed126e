"""Goroutines that take turns: what some wait for at one line, others have got, who are further down in the function."""

from collections.abc import Iterable

from debugtext.analyzers._rule import Subject
from debugtext.analyzers.crowds import Crowd
from debugtext.analyzers.places import Place


def let_through(subject: Subject, crowd: Crowd) -> int:
    """How many goroutines stand further down in the function in which a crowd waits, and have waited for less long.

    A semaphore, a limiter or a pool lets some through at a time. Those that have waited as long as the crowd may hold
    what it waits for, and be stuck; those that wait in the same way are of the crowd.
    """
    front, capture = crowd.first.front, crowd.first.capture
    if front is None or front.line is None or not crowd.first.own:
        return 0
    within = subject.once(f"within {id(capture)}", lambda _: _by_function(subject.company(capture).places))
    oldest = crowd.waits[-1] if crowd.waits else 0
    return sum(
        place.count
        for place, line in within.get(front.function, ())
        if line > front.line and place.operation is not crowd.operation
        if not oldest or place.oldest_minutes < oldest
    )


def _by_function(places: Iterable[Place]) -> dict[str, list[tuple[Place, int]]]:
    """The goroutines whose own code has called something further, by the functions and lines of the calls."""
    found: dict[str, list[tuple[Place, int]]] = {}
    for place in places:
        for frame in place.stack.frames if place.own else ():
            if frame.line is not None:
                found.setdefault(frame.function, []).append((place, frame.line))
    return found
