"""Goroutines that stay: whether those of two texts are of one process, although ids have become smaller.

The largest id sinks at a restart, but also when the newest goroutine ends: the runtime hands ids out in batches to its
processors (runtime/proc.go newproc1), so that an idle one gives out old ones. A goroutine keeps its id, and who started
it. After a restart the first ones get the same ids again; what they wait at lies elsewhere: the system places the
runtime's own memory at random, since Go 1.26 also the heap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import count
from operator import attrgetter

from debugtext.records.frames import Stack
from debugtext.records.goroutines import Arguments, Goroutine, Goroutines

_OLDEST = 20
"""They tell enough, and are kept of each snapshot of a long series."""
_LEAST_STILL_THERE = 2
"""Goroutine 1 of any program stands in main.main: another one has to be there as well."""
_POLLED = "internal/poll.runtime_pollWait"
"""Waits for a descriptor whose record lies outside of the heap."""


@dataclass(frozen=True, slots=True)
class Resident:
    """A goroutine of a text: its stack, and the words of its calls."""

    stack: Stack
    arguments: tuple[Arguments, ...]

    @property
    def polled(self) -> Arguments:
        """Which descriptor it waits for; nothing if for none."""
        return self.arguments[0] if self.arguments and self.stack.functions[:1] == (_POLLED,) else ()


Residents = Mapping[int, Resident]


def start_of(stack: Stack) -> tuple[str, str]:
    """Who started a goroutine, with which function: neither changes as long as it lives."""
    return stack.created_by.function if stack.created_by else "", next(reversed(stack.functions), "")


def residents(goroutines: Iterable[Goroutine]) -> Residents:
    """The oldest goroutines of a text, by their ids."""
    if isinstance(goroutines, Goroutines):
        positions = nsmallest(_OLDEST, zip(goroutines.ids, count(), strict=False))
        oldest: Iterable[Goroutine] = (goroutines[position] for _, position in positions)
    else:
        oldest = nsmallest(_OLDEST, goroutines, key=attrgetter("id"))
    return {one.id: Resident(one.stack, one.arguments) for one in oldest}


def stayed(before: Residents, after: Residents) -> bool:
    """Whether goroutines of the first text are in the second: started where they were, waiting at the same addresses.

    A descriptor alone proves it, or that it is another process.
    """
    both = _in_both(before, after)
    if any(start_of(first.stack) != start_of(last.stack) for first, last in both):
        return False
    polled = _polled_again(both)
    if polled is not None:
        return polled
    still = [(first, last) for first, last in both if first.stack.functions == last.stack.functions]
    waits_as_before = sum(first.arguments == last.arguments for first, last in still)
    return len(still) >= _LEAST_STILL_THERE and 2 * waits_as_before > len(still)


def polled_again(before: Residents, after: Residents) -> bool:
    """Whether a goroutine waits for the same descriptor in both texts, which no other process has there."""
    return bool(_polled_again(_in_both(before, after)))


def _in_both(before: Residents, after: Residents) -> list[tuple[Resident, Resident]]:
    return [(before[number], after[number]) for number in before.keys() & after.keys()]


def _polled_again(both: Iterable[tuple[Resident, Resident]]) -> bool | None:
    """None where no goroutine waits for a descriptor in both."""
    polled = [first.polled == last.polled for first, last in both if first.polled and last.polled]
    return any(polled) if polled else None
