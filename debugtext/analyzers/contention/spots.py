"""How long goroutines waited in which functions: in one block or mutex text, or between two texts of one process."""

from dataclasses import dataclass, replace

from debugtext.analyzers.subject import Subject
from debugtext.records.contention import ContentionProfile, ContentionSample
from debugtext.records.frames import Frame, Stack
from debugtext.stacks.lock_types import only_locks
from debugtext.stacks.places import words_of

_LOCKS = frozenset({
    "sync.(*Mutex).Lock", "sync.(*RWMutex).Lock", "sync.(*RWMutex).RLock", "internal/sync.(*Mutex).Lock",
})  # fmt: skip
_FRAMES_OF_A_LOCK = 4
"""How many frames from the top of a stack may belong to a Lock."""


@dataclass(frozen=True, slots=True)
class Spot:
    """All delay in one function. `stack` is the first that leads there; `is_lock`: goroutines waited for a lock."""

    front: Frame
    stack: Stack
    is_lock: bool
    seconds: float = 0.0
    count: int = 0

    @property
    def mean_ms(self) -> float:
        """The mean length of a wait, in milliseconds."""
        return self.seconds * 1000 / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class Hottest:
    """The spot with the most delay, its share of the delay in all spots, and its share of all delay in the text.

    `is_added`: only the delay between the first and the last text is counted; `waiting` is then the average number of
    goroutines waiting there at any moment, if the time between the texts is known.
    """

    spot: Spot
    share: float
    share_of_all: float
    is_added: bool
    waiting: float | None


def hottest(subject: Subject, profile: ContentionProfile) -> Hottest | None:
    """The spot with the most delay: in all of the text, or since the first of several texts of one process."""
    spots = _spots_of(subject, profile)
    first = _first(subject, profile.kind)
    more = None if first is None else _added(_spots_of(subject, first), spots)
    spots = spots if more is None else more
    if not spots:
        return None
    spot = max(spots.values(), key=lambda spot: spot.seconds)
    total = sum(spot.seconds for spot in spots.values())
    of_all = _seconds(profile) - (0.0 if first is None or more is None else _seconds(first))
    apart = None if more is None else subject.seconds_apart
    return Hottest(
        spot,
        share=spot.seconds / total if total else 0.0,
        share_of_all=spot.seconds / max(total, of_all) if total else 0.0,
        is_added=more is not None,
        waiting=spot.seconds / apart if apart else None,
    )


def _seconds(profile: ContentionProfile) -> float:
    """The sum of all delay in a profile, in seconds."""
    return sum(profile.delay_ns(sample.cycles) for sample in profile.samples) / 1e9


def _spots_of(subject: Subject, profile: ContentionProfile) -> dict[str, Spot]:
    """The spots of one text by function. From a block text only locks: at channels, many goroutines just rest.

    A text of a single record is one that somebody picked, so it counts whatever it waits for.
    """
    picked = len(profile.samples) == 1
    found: dict[str, Spot] = {}
    for sample in profile.samples:
        front, is_lock = _front(subject, sample.stack), profile.kind == "mutex" or _is_for_a_lock(sample)
        if front is None or not (is_lock or (picked and _is_worth_telling(subject, front))):
            continue
        spot = found.get(front.function) or Spot(front, sample.stack, is_lock)
        seconds = spot.seconds + profile.delay_ns(sample.cycles) / 1e9
        found[front.function] = replace(spot, seconds=seconds, count=spot.count + sample.count)
    return found


def _front(subject: Subject, stack: Stack) -> Frame | None:
    """The frame to open, not a method that only locks or unlocks: then its caller."""
    telling = Stack(tuple(frame for frame in stack.frames if not only_locks(frame.function)))
    return subject.ownership.front_frame(telling) or subject.ownership.front_frame(stack)


def _is_for_a_lock(sample: ContentionSample) -> bool:
    """Whether a record of a block text is about a lock."""
    return not _LOCKS.isdisjoint(sample.stack.functions[:_FRAMES_OF_A_LOCK])


def _is_worth_telling(subject: Subject, front: Frame) -> bool:
    """Whether a record that somebody copied alone may be trouble: own code, and not a worker or loop by its name."""
    return subject.ownership.is_own(front) and not subject.knowledge.is_resident(words_of(front.function))


def _first(subject: Subject, kind: str) -> ContentionProfile | None:
    """The profile of this kind in the first of several texts."""
    bodies = (capture.body for capture in subject.readings[0].captures) if len(subject.readings) > 1 else ()
    return next((body for body in bodies if isinstance(body, ContentionProfile) and body.kind == kind), None)


def _added(before: dict[str, Spot], after: dict[str, Spot]) -> dict[str, Spot] | None:
    """The delay added between two texts, by function; None if they are not of one process.

    The runtime only ever adds to these numbers (runtime/mprof.go saveBlockEventStack): if one has become smaller, the
    process was restarted.
    """
    if any(name not in after or after[name].count < spot.count for name, spot in before.items()):
        return None
    more = {name: _without(spot, before.get(name)) for name, spot in after.items()}
    return {name: spot for name, spot in more.items() if spot.count}


def _without(spot: Spot, earlier: Spot | None) -> Spot:
    """The spot with only the delay that was added since the earlier text."""
    if earlier is None:
        return spot
    return replace(spot, seconds=max(spot.seconds - earlier.seconds, 0.0), count=spot.count - earlier.count)
