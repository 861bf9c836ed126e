"""Which own code called the function that a finding names: the caller often tells more than a helper's name."""

from collections.abc import Iterable, Iterator

from debugtext.analyzers.subject import Subject
from debugtext.records.frames import Frame, Stack
from debugtext.stacks.places import Place
from debugtext.stacks.wording import named_with_line


def called_by(subject: Subject, stack: Stack, front: Frame | None) -> dict[str, object]:
    """The evidence `called_by`: the nearest own caller, with its line; callers in package main tell nothing."""
    caller = next(_callers(subject, stack, front), None)
    return {"called_by": [named_with_line(caller)]} if caller and caller.line else {}


def called_from_elsewhere(subject: Subject, places: Iterable[Place]) -> dict[str, object]:
    """The same for goroutines that wait in a helper: the caller in another own package, if all came through it."""
    found = (_caller_in_other_package(subject, place) for place in places)
    caller = next(found, None)
    is_same = caller is not None and all(other == caller for other in found)
    return {"called_by": [named_with_line(caller)]} if caller and is_same else {}


def _caller_in_other_package(subject: Subject, place: Place) -> Frame | None:
    callers = _callers(subject, place.stack, place.front)
    return next((frame for frame in callers if place.front and frame.package != place.front.package), None)


def _callers(subject: Subject, stack: Stack, front: Frame | None) -> Iterator[Frame]:
    frames = stack.frames
    below = frames[frames.index(front) + 1 :] if front in frames else ()
    own = (frame for frame in below if subject.ownership.is_own(frame) and frame.package != "main")
    return (frame for frame in own if front is not None and frame.function != front.function)
