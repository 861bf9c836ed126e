"""Goroutines of a traceback: state, labels, stack; stored compactly, so that 100,000 of them need little memory."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, repeat
from operator import add, mul
from typing import overload

from debugtext.records.frames import Stack

Labels = tuple[tuple[str, str], ...]
Arguments = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """The parts of the text between the brackets of a goroutine header.

    `status` is the status or wait reason in the runtime's words (`chan receive (nil chan)`, `select`, `running`;
    runtime/runtime2.go waitReasonStrings). `waiting_minutes` is None if no time is printed: Go prints whole minutes
    >= 1, counted from the first garbage collection after the goroutine blocked, so None does not mean "not stuck".
    """

    status: str
    waiting_minutes: int | None = None
    leaked: bool = False
    scan: bool = False
    durable: bool = False
    locked_to_thread: bool = False
    bubble: int | None = None

    def without_wait(self) -> "State":
        """The state without its minutes; goroutines are grouped by it."""
        return self if self.waiting_minutes is None else replace(self, waiting_minutes=None)


@dataclass(frozen=True, slots=True)
class Header:
    """A goroutine header line without the id; `gp`, `m` and `mp` are printed by level 2 tracebacks since Go 1.22."""

    state: State
    labels: Labels = ()
    gp: int | None = None
    m: int | None = None
    mp: int | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """The details in which goroutines of the same shape differ; they are read from the text only when needed.

    `arguments` has for each frame the arguments as printed (`("0xc000012345", "{0x1?, 0x2}")`; `("...",)` for an
    inlined frame, `()` for a C frame). `frame_pointers` has (fp, sp) for each frame, if they are printed (level 2
    tracebacks).
    """

    text: str = ""
    arguments: tuple[Arguments, ...] = ()
    frame_pointers: tuple[tuple[int, int] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Goroutine:
    """One goroutine of a dump; `line` is the line of its header in the original input, from 1.

    `stack` is shared with every goroutine of the same shape. `parent_id` is the `in goroutine N` of its creator
    (Go 1.21+). `arguments` and `details` are in the order of `stack.frames`.
    """

    id: int
    header: Header
    stack: Stack
    line: int
    parent_id: int | None = None
    read_details: Callable[[], Details] = field(default=Details, compare=False, repr=False)

    @property
    def state(self) -> State:
        """Status, wait and flags."""
        return self.header.state

    @property
    def labels(self) -> Labels:
        """The profiler labels, as pairs of key and value."""
        return self.header.labels

    @property
    def details(self) -> Details:
        """The goroutine's own text, arguments and frame pointers, read from the input again."""
        return self.read_details()

    @property
    def arguments(self) -> tuple[Arguments, ...]:
        """The arguments of each frame as printed."""
        return self.read_details().arguments


@dataclass(frozen=True, slots=True)
class GoroutineGroup:
    """Goroutines with the same stack and state.

    `state` is None in debug=1 profiles, which do not print it. `waits` are the minutes of the goroutines for which a
    waiting time is printed, in ascending order.
    """

    stack: Stack
    state: State | None
    count: int
    line: int
    labels: Labels = ()
    waits: tuple[int, ...] = ()
    find_members: Callable[[], tuple[int, ...]] = field(default=tuple, compare=False, repr=False)

    @property
    def members(self) -> tuple[int, ...]:
        """The indexes of the goroutines (or samples) in the sequence that was grouped; computed when needed."""
        return self.find_members()


def _no_details(_: int) -> Details:
    return Details()


class Goroutines(Sequence[Goroutine]):
    """The goroutines of a dump as columns of numbers; each `Goroutine` is made when it is needed."""

    def __init__(self) -> None:
        self.headers: list[Header] = []
        self.stacks: list[Stack] = []
        self.ids = array("Q")
        self.header_numbers = array("L")
        self.stack_numbers = array("L")
        self.parent_ids = array("q")
        self.lines = array("Q")
        self.read_details: Callable[[int], Details] = _no_details
        self._grouped: tuple[int, tuple[GoroutineGroup, ...]] | None = None

    def __getstate__(self) -> dict[str, object]:
        """The state for another process, without the details: they are read from the text, which stays in this one."""
        return {**self.__dict__, "read_details": _no_details}

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Goroutine: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Goroutine, ...]: ...
    def __getitem__(self, index: int | slice) -> Goroutine | tuple[Goroutine, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        position = range(len(self))[index]
        parent = self.parent_ids[position]
        return Goroutine(
            id=self.ids[position],
            header=self.headers[self.header_numbers[position]],
            stack=self.stacks[self.stack_numbers[position]],
            line=self.lines[position],
            parent_id=None if parent < 0 else parent,
            read_details=partial(self._read_details, position),
        )

    def _read_details(self, position: int) -> Details:
        return self.read_details(position)

    def __iter__(self) -> Iterator[Goroutine]:
        headers, stacks, read = self.headers, self.stacks, self._read_details
        rows = zip(self.ids, self.header_numbers, self.stack_numbers, self.lines, self.parent_ids, strict=True)
        for position, (id_, header, stack, line, parent) in enumerate(rows):
            parent_id = None if parent < 0 else parent
            yield Goroutine(id_, headers[header], stacks[stack], line, parent_id, partial(read, position))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash((len(self), self.ids.tobytes()))

    def __repr__(self) -> str:
        return f"<{len(self)} goroutines on {len(self.stacks)} stacks>"

    def groups(self) -> tuple[GoroutineGroup, ...]:
        """The goroutines grouped by stack and state (without the minutes), the largest group first."""
        if self._grouped is None or self._grouped[0] != len(self):
            self._grouped = (len(self), self._make_groups())
        return self._grouped[1]

    def _make_groups(self) -> tuple[GoroutineGroup, ...]:
        headers = len(self.headers)
        pairs = self._pairs(headers)
        counts = Counter(pairs)
        first_members = dict(zip(reversed(pairs), range(len(pairs) - 1, -1, -1), strict=True))
        states: dict[State, int] = {}
        state_numbers = [states.setdefault(header.state.without_wait(), len(states)) for header in self.headers]
        merged: dict[tuple[int, int], list[int]] = {}
        for pair in counts:
            stack, header = divmod(pair, headers)
            merged.setdefault((stack, state_numbers[header]), []).append(pair)
        of_number = list(states)
        groups = [
            self._group(stack, of_number[state], {part: counts[part] for part in parts}, first_members)
            for (stack, state), parts in merged.items()
        ]
        return tuple(sorted(groups, key=lambda group: (-group.count, group.line)))

    def _pairs(self, headers: int) -> list[int]:
        """The stack and header of each goroutine as one number, which is counted faster than a tuple."""
        return list(map(add, map(mul, self.stack_numbers, repeat(headers)), self.header_numbers))

    def _group(self, stack: int, state: State, counts: dict[int, int], first_members: dict[int, int]) -> GoroutineGroup:
        first = min(first_members[pair] for pair in counts)
        headers = len(self.headers)
        waits = [(self.headers[pair % headers].state.waiting_minutes, count) for pair, count in counts.items()]
        return GoroutineGroup(
            stack=self.stacks[stack],
            state=state,
            count=sum(counts.values()),
            line=self.lines[first],
            labels=self.headers[self.header_numbers[first]].labels,
            waits=_repeated(sorted((wait, count) for wait, count in waits if wait is not None)),
            find_members=partial(self._members, headers, frozenset(counts)),
        )

    def _members(self, headers: int, parts: frozenset[int]) -> tuple[int, ...]:
        return tuple(index for index, pair in enumerate(self._pairs(headers)) if pair in parts)


def _repeated(counted: list[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(chain.from_iterable(repeat(value, times) for value, times in counted))


@dataclass(frozen=True, slots=True)
class GoroutineDump:
    """A traceback of many goroutines: debug=2, runtime.Stack, SIGQUIT, a crash (runtime/traceback.go)."""

    goroutines: Sequence[Goroutine]

    def groups(self) -> tuple[GoroutineGroup, ...]:
        """The goroutines grouped by stack and state, the largest group first."""
        if isinstance(self.goroutines, Goroutines):
            return self.goroutines.groups()
        return ()
