"""Pipelines at rest: stages take what a source hands on, and for each stage a goroutine closes its output channel.

`go func() { wg.Wait(); close(out) }()` is written for workers that are to end when there is no more to take. While the
source waits for its next round, the whole pipeline waits: as long as the source does, and none of it for ever.
"""

from collections import Counter
from collections.abc import Iterable

from debugtext.analyzers.amounts import MANY
from debugtext.analyzers.evidence.same_type import receiver_or_function
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.stacks.company import SERVES
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import RECEIVES, Operation
from debugtext.stacks.ownership import started_with
from debugtext.stacks.places import Place

_Package = str


def has_closer(subject: Subject, place: Place) -> bool:
    """True if a few goroutines in closures beside `place`, or in methods of its type, wait for a WaitGroup.

    They will close the channel of a stage, over which a receiver ranges. A leak leaves one such goroutine a call.
    """
    closers = subject.per_places(place.capture, _closers)
    return place.front is not None and 0 < closers[receiver_or_function(place.function)] < MANY


def rests_in_a_pipeline(subject: Subject, crowd: Crowd) -> bool:
    """True if the crowd is a stage with a closer, or the closers of a stage, and a source in its package waits too."""
    front = crowd.first.front
    if front is None or not crowd.first.own or not has_closer(subject, crowd.first):
        return False
    capture, kind = crowd.first.capture, receiver_or_function(crowd.first.function)
    if crowd.operation is Operation.WAIT_GROUP:
        takers = subject.per_places(capture, _takers)
        is_stage = kind in takers
    else:
        is_stage = crowd.operation in RECEIVES
    return is_stage and bool(_sources(subject, capture).get(front.package, set()) - {kind})


def _sources(subject: Subject, capture: Capture) -> dict[_Package, set[str]]:
    """The functions or types in which exactly one own goroutine selects, by package; request handlers are left out."""
    return subject.per_places(capture, _selecting_alone)


def _selecting_alone(places: Iterable[Place]) -> dict[_Package, set[str]]:
    counts = Counter[tuple[_Package, str]]()
    for place in places:
        if place.operation is Operation.SELECT and place.own and place.front and SERVES not in place.stack.functions:
            counts[place.front.package, receiver_or_function(place.function)] += place.count
    found: dict[_Package, set[str]] = {}
    for (package, kind), count in counts.items():
        if count == 1:
            found.setdefault(package, set()).add(kind)
    return found


def _takers(places: Iterable[Place]) -> set[str]:
    """The functions or types in which goroutines of own code receive."""
    return {receiver_or_function(place.function) for place in places if place.operation in RECEIVES and place.own}


def _closers(places: Iterable[Place]) -> Counter[str]:
    """How many goroutines wait for a WaitGroup in a closure or method that was started for it, by function or type."""
    found: Counter[str] = Counter()
    for place in places:
        if place.operation is not Operation.WAIT_GROUP:
            continue
        entries = [frame.function for frame in started_with(place.stack)[-1:]]
        if ".func" in place.function or [place.function] == entries:
            found[receiver_or_function(place.function)] += place.count
    return found
