"""Which goroutine should call Done, if a test waits for a sync.WaitGroup: one that it started and gave the group."""

from collections.abc import Iterator, Sequence

from debugtext.analyzers.subject import Subject
from debugtext.stacks.arguments import sure_pointer
from debugtext.stacks.operations import Operation
from debugtext.stacks.places import Place

_WAIT = "sync.(*WaitGroup).Wait"


def owing(subject: Subject, test: Place, blocked: Sequence[Place]) -> Place | None:
    """The blocked place that the test started and gave the WaitGroup for which it waits, if there is exactly one."""
    group = _group_of(subject, test)
    if group is None:
        return None
    started = [place for place in blocked if _is_started_by(place, test) and group in _addresses(subject, place)]
    return started[0] if len(started) == 1 else None


def _group_of(subject: Subject, test: Place) -> int | None:
    """The address of the WaitGroup that a single goroutine waits for, if the text surely has it."""
    functions = test.stack.functions
    if test.operation is not Operation.WAIT_GROUP or test.count > 1 or _WAIT not in functions:
        return None
    at = functions.index(_WAIT)
    words = (arguments[at] for _, arguments in subject.members(test.capture).sampled(test) if at < len(arguments))
    return sure_pointer(next(words, ()))


def _is_started_by(place: Place, test: Place) -> bool:
    creator = place.stack.created_by
    return place is not test and creator is not None and creator.function in test.stack.functions


def _addresses(subject: Subject, place: Place) -> Iterator[int | None]:
    """The arguments that a place's own functions were surely given, as far as they can be addresses."""
    frames = place.stack.frames
    for _, arguments in subject.members(place.capture).sampled(place):
        for frame, words in zip(frames, arguments, strict=False):
            if subject.ownership.is_own(frame):
                yield from (sure_pointer((word,)) for word in words)
