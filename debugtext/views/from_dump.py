"""Goroutines of a traceback as samples: numbers of goroutines and waits; state, wait and creator as labels."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import Goroutine, GoroutineDump, Goroutines, Header, Labels
from debugtext.records.samples import SampleKind
from debugtext.views.samples import Location, Sample, SampleTable

GOROUTINE = SampleKind("goroutine", "count")
WAIT = SampleKind("wait", "nanoseconds")
NANOSECONDS_PER_MINUTE = 60 * 10**9
Key = tuple[int, str, Labels]


@dataclass(slots=True)
class _Members:
    """The goroutines of one stack, state and set of labels, while they are counted."""

    stack: Stack
    state: str
    labels: Labels
    count: int = 0
    waited_minutes: int = 0
    waits: set[int] = field(default_factory=set)


def dump_table(dump: GoroutineDump, locations: Callable[[Stack], tuple[Location, ...]]) -> SampleTable:
    """One sample for each stack, state and set of labels, the largest first.

    `wait` is the sum of the printed minutes. It is a lower bound, because Go prints whole minutes, and counts them from
    the first garbage collection after the goroutine blocked (runtime/traceback.go goroutineheader).
    """
    members: dict[Key, _Members] = {}
    for stack, header, count in _counted(dump.goroutines):
        state = header.state.status + (" (leaked)" if header.state.leaked else "")
        key = (id(stack), state, header.labels)
        if key not in members:
            members[key] = _Members(stack, state, header.labels)
        group = members[key]
        group.count += count
        minutes = header.state.waiting_minutes
        if minutes is not None:
            group.waited_minutes += count * minutes
            group.waits.add(minutes)
    samples = (
        Sample(locations(group.stack), (group.count, group.waited_minutes * NANOSECONDS_PER_MINUTE), _labels(group))
        for group in sorted(members.values(), key=lambda group: -group.count)
    )
    return SampleTable((GOROUTINE, WAIT), tuple(samples), GOROUTINE)


def _counted(goroutines: Sequence[Goroutine]) -> Iterator[tuple[Stack, Header, int]]:
    """Each pair of stack and header with the number of its goroutines."""
    if isinstance(goroutines, Goroutines):
        counts: dict[tuple[int, int], int] = {}
        for numbers in zip(goroutines.stack_numbers, goroutines.header_numbers, strict=True):
            counts[numbers] = counts.get(numbers, 0) + 1
        for (stack, header), count in counts.items():
            yield goroutines.stacks[stack], goroutines.headers[header], count
        return
    for goroutine in goroutines:
        yield goroutine.stack, goroutine.header, 1


def _labels(group: _Members) -> Labels:
    """The program's own labels, then `state`, `wait` and `created by`, unless the program uses these names itself."""
    own = {key for key, _ in group.labels}
    known = (
        ("state", group.state),
        ("wait", _range(group.waits)),
        ("created by", _place(group.stack.created_by)),
    )
    return (*group.labels, *((key, value) for key, value in known if value and key not in own))


def _range(waits: set[int]) -> str:
    if not waits:
        return ""
    least, most = min(waits), max(waits)
    return f"{least} minutes" if least == most else f"{least}..{most} minutes"


def _place(frame: Frame | None) -> str:
    if frame is None:
        return ""
    return f"{frame.function} {frame.place}".rstrip()
