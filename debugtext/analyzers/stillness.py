"""Whether nobody in a text is active, so that who waits for a lock waits for one who waits too, or has gone."""

from debugtext.analyzers._rule import Subject
from debugtext.analyzers.places import Place
from debugtext.analyzers.stopped import stopped_goroutine
from debugtext.analyzers.waiting import CHANNELS, LOCKS, Operation
from debugtext.records.captures import Capture

BLOCKING = LOCKS | CHANNELS | {Operation.WAIT_GROUP, Operation.CONDITION, Operation.SEMAPHORE, Operation.SELECT}


def is_still(subject: Subject, capture: Capture) -> bool:
    """Whether all own code is blocked, and nothing else runs, but for who idles and who writes the text."""
    return subject.once(f"still {id(capture)}", lambda _: _is_still(subject, capture))


def _is_still(subject: Subject, capture: Capture) -> bool:
    restless = (place for place in subject.company(capture).places if not place.idle)
    active = (place for place in restless if place.own or place.operation is Operation.RUNNING)
    return all(place.operation in BLOCKING or wrote_dump(place) or has_ended(place) for place in active)


def wrote_dump(place: Place) -> bool:
    """Whether a goroutine has written the dump that begins with it: runtime.Stack leaves no frame of its own."""
    if place.operation is not Operation.RUNNING or place.count > 1:
        return False
    first = stopped_goroutine(place.capture)
    return first is not None and first.stack == place.stack


def has_ended(place: Place) -> bool:
    """Whether a goroutine is only in the runtime's code for its own end: the timer that asked for the dump, say."""
    return place.operation is Operation.RUNNING and place.front is None and bool(place.stack.frames)
