"""What the number of a crowd alone tells: people choose the size of a pool, in tens, eights or powers of two."""

from collections import Counter
from collections.abc import Iterable

from debugtext.analyzers.rule import Subject
from debugtext.analyzers.stacks.crowds import Crowd
from debugtext.analyzers.stacks.ownership import started_with
from debugtext.analyzers.stacks.places import Place
from debugtext.records.frames import Stack

_THOUSANDS, _EXCESSIVE = 1000, 10_000
_POOL_SIZES, _CHOSEN = (8, 10), (100, 64)
_ROUND = 100


def is_round_number(count: int) -> bool:
    """Whether there are thousands in a number that is hardly chance's."""
    return count >= _THOUSANDS and not count % _ROUND


def may_be_pool_size(count: int) -> bool:
    """Whether it is a number as people give to a pool: so many tens, or eights."""
    return not all(count % size for size in _POOL_SIZES)


def is_size_of_pool(count: int) -> bool:
    """Whether somebody may have chosen the number: in hundreds or in powers of two, and no more than anybody parks."""
    return count < _EXCESSIVE and not all(count % chosen for chosen in _CHOSEN)


def started_alike(subject: Subject, crowd: Crowd) -> int:
    """How many goroutines began in the function in which these did."""
    capture = crowd.first.capture
    counts = subject.once(f"started alike {id(capture)}", lambda _: _by_entry(subject.company(capture).places))
    return counts[_entry(crowd.first.stack)]


def _by_entry(places: Iterable[Place]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for place in places:
        counts[_entry(place.stack)] += place.count
    return counts


def _entry(stack: Stack) -> str:
    return next((frame.function for frame in started_with(stack)[-1:]), "")
