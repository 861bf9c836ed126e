"""Decides by the goroutines that stay whether two texts are of one process, although the largest id has fallen.

The largest id falls at a restart, but also when the newest goroutine ends: the runtime hands out ids to its processors
in batches (runtime/proc.go newproc1), so an idle processor still gives out old ones. A goroutine keeps its id and its
creator. After a restart, the first goroutines get the same ids again, but they wait at other addresses: the system
places the runtime's own memory at random, and since Go 1.26 also the heap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import count
from operator import attrgetter

from debugtext.records.frames import Stack
from debugtext.records.goroutines import Arguments, Goroutine, Goroutines

_OLDEST = 20
"""How many goroutines of each snapshot are kept: enough to compare, few enough for a long series."""
_LEAST_STILL_THERE = 2
"""One goroutine that is still there proves nothing: goroutine 1 of every program is in main.main."""
_POLLED = "internal/poll.runtime_pollWait"
"""The call that waits for a file descriptor, whose record lies outside of the heap."""


@dataclass(frozen=True, slots=True)
class Resident:
    """A goroutine of a text: its stack, and the arguments of its calls."""

    stack: Stack
    arguments: tuple[Arguments, ...]

    @property
    def polled(self) -> Arguments:
        """The arguments that identify the descriptor that the goroutine waits for; empty if it waits for none."""
        return self.arguments[0] if self.arguments and self.stack.functions[:1] == (_POLLED,) else ()


Residents = Mapping[int, Resident]


def start_of(stack: Stack) -> tuple[str, str]:
    """The function that started a goroutine and the function that was started; neither changes while it lives."""
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
    """True if goroutines of the first text are still in the second: same start, waiting at the same addresses.

    If a goroutine waits for a descriptor in both texts, that descriptor alone decides.
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
    """True if a goroutine waits for the same descriptor in both texts; another process has it at another address."""
    return bool(_polled_again(_in_both(before, after)))


def _in_both(before: Residents, after: Residents) -> list[tuple[Resident, Resident]]:
    return [(before[number], after[number]) for number in before.keys() & after.keys()]


def _polled_again(both: Iterable[tuple[Resident, Resident]]) -> bool | None:
    """True if a goroutine waits for the same descriptor in both texts; None if none waits for one in both."""
    polled = [first.polled == last.polled for first, last in both if first.polled and last.polled]
    return any(polled) if polled else None
