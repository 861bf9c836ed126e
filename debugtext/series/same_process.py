"""Finds out whether several dumps in one text are surely of one process.

The number of objects ever allocated by a stack never falls, and no other process has the same stacks with numbers that
are all equal or larger (runtime/mprof.go). A goroutine keeps its id and its creator as long as it lives.
"""

from collections import Counter
from itertools import pairwise

from debugtext.growth.residents import polled_again, residents, start_of
from debugtext.records.captures import Capture, Reading
from debugtext.records.goroutines import GoroutineDump, Goroutines
from debugtext.records.heap import HeapProfile
from debugtext.series.dumps_in import snapshots_in

_LEAST_IN_BOTH = 3
"""At least this many stacks, or goroutines, must be in both dumps."""
_MOST_SNAPSHOTS = 200
"""More snapshots are not compared here: `debugtext trend` does it."""


def snapshots_of_one_process(reading: Reading) -> tuple[Reading, ...]:
    """The snapshots in the text, if each is surely of the same process as the one before; else empty."""
    if len(reading.captures) < 2:  # noqa: PLR2004
        return ()
    found = snapshots_in(reading)
    if not 1 < len(found) <= _MOST_SNAPSHOTS:
        return ()
    return found if all(_goes_on(before, after) for before, after in pairwise(found)) else ()


def _goes_on(before: Reading, after: Reading) -> bool:
    """Whether both snapshots are of one process: at least one pair of captures proves it, and none refutes it."""
    proofs = [_proof(earlier, later) for earlier in before.captures for later in after.captures]
    return any(proofs) and False not in proofs


def _proof(before: Capture, after: Capture) -> bool | None:
    """Whether two captures are of one process; None if they cannot tell."""
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
    """The number of objects that each stack has ever allocated."""
    counts: Counter[tuple[int, ...]] = Counter()
    for sample in profile.samples:
        if sample.stack.addresses:
            counts[sample.stack.addresses] += sample.alloc.objects
    return counts


def _shows_same(before: object, after: object) -> bool:
    """Whether enough goroutines are in both dumps, with equal creators, and the highest id did not fall.

    The highest id may fall, as goroutines end, if a goroutine waits for the same descriptor in both dumps.
    """
    if not isinstance(before, Goroutines) or not isinstance(after, Goroutines):
        return False
    first, last = _starts(before), _starts(after)
    both = first.keys() & last.keys()
    if len(both) < _LEAST_IN_BOTH or any(first[number] != last[number] for number in both):
        return False
    return max(last) >= max(first) or polled_again(residents(before), residents(after))


def _starts(goroutines: Goroutines) -> dict[int, tuple[str, str]]:
    """The creator and the first function of each goroutine, by its id."""
    starts = [start_of(stack) for stack in goroutines.stacks]
    return {number: starts[stack] for number, stack in zip(goroutines.ids, goroutines.stack_numbers, strict=True)}
