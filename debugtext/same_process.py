"""Several dumps in one text that surely are of one process, one after the other: by what only one process can have.

What a heap record has ever allocated never becomes less, and no other process has the same stacks with the same and
larger numbers (runtime/mprof.go). A goroutine keeps its id, and who started it, as long as it lives.
"""

from collections import Counter
from itertools import pairwise

from debugtext.dumps_in import snapshots_in
from debugtext.growth.residents import polled_again, residents, start_of
from debugtext.records.captures import Capture, Reading
from debugtext.records.goroutines import GoroutineDump, Goroutines
from debugtext.records.heap import HeapProfile

_LEAST_IN_BOTH = 3
"""So many stacks, or goroutines, have to be in both."""
_MOST_SNAPSHOTS = 200
"""Of more snapshots, who wants to know says so: `debugtext trend`."""


def snapshots_of_one_process(reading: Reading) -> tuple[Reading, ...]:
    """The text cut into snapshots, if each surely goes on with the process of the one before; else nothing."""
    if len(reading.captures) < 2:  # noqa: PLR2004
        return ()
    found = snapshots_in(reading)
    if not 1 < len(found) <= _MOST_SNAPSHOTS:
        return ()
    return found if all(_goes_on(before, after) for before, after in pairwise(found)) else ()


def _goes_on(before: Reading, after: Reading) -> bool:
    """Whether something proves it, and nothing that could refutes it."""
    proofs = [proof for one in before.captures for other in after.captures if (proof := _proof(one, other)) is not None]
    return bool(proofs) and all(proofs)


def _proof(before: Capture, after: Capture) -> bool | None:
    """Whether two captures are of one process; None of those that cannot tell."""
    if isinstance(before.body, HeapProfile) and isinstance(after.body, HeapProfile):
        return _has_allocated_more(before.body, after.body)
    if isinstance(before.body, GoroutineDump) and isinstance(after.body, GoroutineDump):
        return _shows_same(before.body.goroutines, after.body.goroutines)
    return None


def _has_allocated_more(before: HeapProfile, after: HeapProfile) -> bool:
    first, last = _allocated(before), _allocated(after)
    return (
        len(first) >= _LEAST_IN_BOTH and first != last and all(last[stack] >= count for stack, count in first.items())
    )


def _allocated(profile: HeapProfile) -> Counter[tuple[int, ...]]:
    """How many objects each stack has ever allocated."""
    counts: Counter[tuple[int, ...]] = Counter()
    for sample in profile.samples:
        if sample.stack.addresses:
            counts[sample.stack.addresses] += sample.alloc.objects
    return counts


def _shows_same(before: object, after: object) -> bool:
    """Whether enough goroutines are in both, each started where it was, and the newest one is no older.

    An older one may be the newest that is left, if one waits for the same descriptor all the time.
    """
    if not isinstance(before, Goroutines) or not isinstance(after, Goroutines):
        return False
    first, last = _starts(before), _starts(after)
    both = first.keys() & last.keys()
    if len(both) < _LEAST_IN_BOTH or any(first[number] != last[number] for number in both):
        return False
    return max(last) >= max(first) or polled_again(residents(before), residents(after))


def _starts(goroutines: Goroutines) -> dict[int, tuple[str, str]]:
    """Who started each, with which function, by its id."""
    starts = [start_of(stack) for stack in goroutines.stacks]
    return {number: starts[stack] for number, stack in zip(goroutines.ids, goroutines.stack_numbers, strict=True)}
