"""Workers that hand more work to the pool in which they run, and wait for a free worker: all wait for one another.

`errgroup.(*Group).Go` with a limit takes a slot before it starts anything (golang.org/x/sync/errgroup/errgroup.go),
and gives the slot back when the function has returned.
"""

from debugtext.analyzers.evidence.let_through import hands_work_to_own_pool
from debugtext.analyzers.subject import Subject
from debugtext.records.captures import Capture
from debugtext.records.frames import Frame
from debugtext.stacks.crowds import Crowd
from debugtext.stacks.operations import Operation
from debugtext.stacks.ownership import Owner, started_with
from debugtext.stacks.places import Place

_WAITS_FOR_WORKER = frozenset({Operation.SEND, Operation.SEMAPHORE})
"""How a caller of a pool waits for a free worker, or for room in the pool's queue."""
_Entry = tuple[str, str, str]
"""The library's package, the function in which its worker began, and the own function that the worker runs.

The last is empty if the worker runs none yet.
"""


def fill_their_own_pool(subject: Subject, crowd: Crowd) -> bool:
    """True if all of a crowd run in workers of the library that they ask for another worker, and no worker is free.

    No worker is free if all that run the same own functions wait in the crowd: none of them gives its slot back before
    it has got another. But the pool they ask may be another than the one in which they run. So at least half must run
    a closure of the function that asks, which then calls itself through the pool; and there must be no worker besides
    with such a closure, or with nothing to run yet, as it might give back a slot.
    """
    if crowd.operation not in _WAITS_FOR_WORKER or not crowd.first.own or crowd.count < 2:  # noqa: PLR2004
        return False
    entries = {_entry_if_it_asks_its_library(subject, place) for place in crowd.places}
    if None in entries:
        return False
    capture = crowd.first.capture
    workers = subject.once(_workers, capture)
    asking = tuple(f"{place.function}." for place in crowd.places)
    handed_on = sum(place.count for place in crowd.places if hands_work_to_own_pool(place))
    if handed_on * 2 < crowd.count:  # they may ask another pool, whose workers cannot be told by name
        return False
    packages = {package for package, _, _ in filter(None, entries)}
    there = (
        count
        for (package, function, own), count in workers.items()
        if (package, function, own) in entries or (package in packages and (not own or own.startswith(asking)))
    )
    return sum(there) == crowd.count


def _workers(subject: Subject, capture: Capture) -> dict[_Entry, int]:
    """The number of goroutines that began in a library, by their entries."""
    found: dict[_Entry, int] = {}
    for place in subject.company(capture).places:
        if (entry := _entry(subject, _frames_at_start(place))) is not None:
            found[entry] = found.get(entry, 0) + place.count
    return found


def _frames_at_start(place: Place) -> list[Frame]:
    """The frames from a goroutine's start on; if it was only just made, the compiler's wrapper alone."""
    return started_with(place.stack) or [frame for frame in place.stack.frames if frame.package != "runtime"]


def _entry_if_it_asks_its_library(subject: Subject, place: Place) -> _Entry | None:
    """The entry of a worker whose own code has called its own library and waits there; None for others."""
    frames = started_with(place.stack)
    entry = _entry(subject, frames)
    if entry is None or not entry[-1] or place.front is None or place.front not in frames:
        return None
    above = frames[frames.index(place.front) - 1 : frames.index(place.front)]
    return entry if above and above[0].package == frames[-1].package else None


def _entry(subject: Subject, frames: list[Frame]) -> _Entry | None:
    """The entry of a goroutine with these frames; None if it did not begin in a library."""
    if not frames or subject.ownership.owner(frames[-1]) is not Owner.DEPENDENCY:
        return None
    own = next((frame.function for frame in reversed(frames) if subject.ownership.is_own(frame)), "")
    return frames[-1].package, frames[-1].function, own
