"""Pipelines at rest: stages that take what a source hands on, and for each stage one who closes what it gives.

`go func() { wg.Wait(); close(out) }()` is written for workers that are to end when there is no more to take. While the
source is there, and waits for its next round, they all wait: for as long as it does, and none of them for ever.
"""

from collections import Counter
from collections.abc import Iterable

from debugtext.analyzers.amounts import MANY
from debugtext.analyzers.evidence.same_type import receiver_or_function
from debugtext.analyzers.stacks.company import SERVES
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.operations import RECEIVES, Operation
from debugtext.analyzers.stacks.ownership import started_with
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture

_Package = str


def has_closer(subject: Subject, place: Place) -> bool:
    """Whether few closures beside it, or goroutines of another method of its type, wait for a WaitGroup.

    They are there for one who ranges over what the others send; a leak leaves one for each call.
    """
    closers = subject.per_places(place.capture, _closers)
    return place.front is not None and 0 < closers[receiver_or_function(place.function)] < MANY


def rests_in_a_pipeline(subject: Subject, crowd: Crowd) -> bool:
    """Whether it is a stage with a closer, or the closers of one, and a single source in their package waits too."""
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
    """The functions or types in which one goroutine of own code selects, by their packages; none of requests."""
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
    """The functions or types in which goroutines wait for what is handed to them."""
    return {receiver_or_function(place.function) for place in places if place.operation in RECEIVES and place.own}


def _closers(places: Iterable[Place]) -> Counter[str]:
    """How many wait for a WaitGroup in closures or methods that were started for it, by the function or type."""
    found: Counter[str] = Counter()
    for place in places:
        if place.operation is not Operation.WAIT_GROUP:
            continue
        entries = [frame.function for frame in started_with(place.stack)[-1:]]
        if ".func" in place.function or [place.function] == entries:
            found[receiver_or_function(place.function)] += place.count
    return found
