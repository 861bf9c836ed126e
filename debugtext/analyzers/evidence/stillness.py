"""Whether no goroutine in a text is active, so that a lock is held by a goroutine that waits too, or has gone."""

from collections.abc import Sequence

from debugtext.analyzers.crash_facts.stopped import stopped_goroutine
from debugtext.analyzers.evidence.excerpts import is_excerpt
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.counts import CountProfile
from debugtext.stacks.operations import CHANNELS, LOCKS, RECEIVES, Operation
from debugtext.stacks.ownership import Owner
from debugtext.stacks.places import Place
from debugtext.stacks.waiting import writes_profile

BLOCKING = LOCKS | CHANNELS | {Operation.WAIT_GROUP, Operation.CONDITION, Operation.SEMAPHORE, Operation.SELECT}
FOR_EVER = frozenset({Operation.NO_CASES, Operation.NIL_SEND, Operation.NIL_RECEIVE})
"""Waits that no other goroutine can end."""
_BLOCKED = BLOCKING | FOR_EVER
_MAY_WAIT_FOR_ANSWER = RECEIVES | {Operation.SELECT}
_STEPS = frozenset({"main.main", "testing.tRunner"})


def is_still(subject: Subject, capture: Capture) -> bool:
    """True if all own code is blocked and no library runs, apart from idle goroutines and the writer of the text."""
    return subject.once(_is_still, capture)


def is_all_still(subject: Subject, capture: Capture) -> bool:
    """True if, besides, no library does anything: one of its goroutines may receive what own code sends."""
    restless = (
        place for place in subject.company(capture).places if not place.idle and place.operation not in BLOCKING
    )
    others = (place for place in restless if not wrote_dump(place) and place.operation is not Operation.SYSTEM)
    return is_still(subject, capture) and not any(
        place.operation is not Operation.RUNNING or _may_hold(subject, place) for place in others
    )


def _is_still(subject: Subject, capture: Capture) -> bool:
    active = (place for place in subject.company(capture).places if not place.idle and _may_hold(subject, place))
    return all(_is_blocked(subject, place) or wrote_dump(place) for place in active)


def only_these_in_packages(subject: Subject, capture: Capture, waiting: Sequence[Place], packages: set[str]) -> bool:
    """True if all goroutines but those `waiting` for locks are outside of these packages, or wait for ever.

    Then nobody gives back the locks: that is done in the package that takes them.
    """

    def is_out_of_it(place: Place) -> bool:
        if place.group.state is None or not place.stack.frames:
            return False
        if place.operation in FOR_EVER or packages.isdisjoint(frame.package for frame in place.stack.frames):
            return True
        return place.operation in LOCKS and any(place is one for one in waiting)

    return all(map(is_out_of_it, subject.company(capture).places))


def _is_blocked(subject: Subject, place: Place) -> bool:
    """True if only other goroutines can wake it: in a library's own select or receive it may wait for an answer."""
    if place.operation not in _MAY_WAIT_FOR_ANSWER or shows_a_hang(subject, place.capture):
        return place.operation in _BLOCKED
    waiting = next((frame for frame in place.stack.frames if frame.package != "runtime"), None)
    return waiting is not None and subject.ownership.is_own(waiting)


def _may_hold(subject: Subject, place: Place) -> bool:
    """True if `place` may hold a lock of own code: it is in own code, or in a running library that may call own code.

    A goroutine that net/http has just started to watch a connection is neither.
    """
    if place.own or place.operation is not Operation.RUNNING:
        return place.own
    return any(subject.ownership.owner(frame) is not Owner.STANDARD for frame in place.stack.frames)


def shows_a_hang(subject: Subject, capture: Capture) -> bool:
    """True if a text was made because something hung: by a signal or a timeout, or picked out by somebody."""
    return capture.format == "crash" or is_excerpt(subject, capture)


def wrote_dump(place: Place) -> bool:
    """True if the goroutine has written the text: runtime.Stack leaves no frame, but its caller is printed first."""
    if place.operation is not Operation.RUNNING or place.count > 1:
        return False
    if isinstance(place.capture.body, CountProfile):
        return writes_profile(place.stack)
    first = stopped_goroutine(place.capture)
    return first is not None and first.stack == place.stack


def only_watches(place: Place) -> bool:
    """True if the goroutine that has written the text does nothing else: it is not a step of main, or of a test."""
    return wrote_dump(place) and _STEPS.isdisjoint(place.stack.functions)


def has_ended(place: Place) -> bool:
    """True if a goroutine is only in the runtime's code for its own end: the timer that asked for the dump, say."""
    return place.operation is Operation.RUNNING and place.front is None and bool(place.stack.frames)
