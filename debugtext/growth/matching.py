"""Finds the stacks of two readings that are the same place in the program, also after a restart or a rebuild.

Addresses, offsets and lines change with every build, and the compiler numbers closures in source order: a new closure
above turns `main.serve.func1` into `main.serve.func2`. So stacks match by function names and creator. Where names
differ only in such numbers, the machine code decides (a closure that nobody edited keeps its offsets), then the line,
then the name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import merge
from itertools import groupby

from debugtext.records.findings import normalised_function
from debugtext.records.frames import Frame, Stack

Names = tuple[str, ...]
RENUMBERED, SAME = 2, 7
"""The likeness of two sites whose names differ in numbers alone, if neither offsets nor lines confirm it; the most."""
MOST_PAIRS = 100_000
"""Of more closures of one function than that makes pairs, only those whose names are equal are matched."""


@dataclass(slots=True)
class _Site:
    """A place in one reading: stacks with the same names; offsets and lines of their numbered frames (closures)."""

    names: Names
    creator: str
    offsets: set[tuple[int | None, ...]] = field(default_factory=set)
    lines: set[tuple[int | None, ...]] = field(default_factory=set)
    stacks: list[Stack] = field(default_factory=list)
    identity: int = -1


class Matcher:
    """Gives every stack a number that stays the same from one reading to the next; feed it readings in time order."""

    def __init__(self) -> None:
        self._known: dict[Names, list[_Site]] = {}
        self._identities: dict[int, tuple[Stack, int]] = {}
        self._last: Sequence[Stack] = ()
        self._count = 0

    def identify(self, stacks: Sequence[Stack]) -> list[int]:
        """The number of each stack; stacks of one place in the program share it."""
        try:
            return [self._identities[id(stack)][1] for stack in stacks]
        except KeyError:
            both = _Both(self._last, stacks)
            for bucket, sites in _buckets(stacks).items():
                self._pair(bucket, sites, both)
            self._last = stacks
        return [self._identities[id(stack)][1] for stack in stacks]

    def _pair(self, bucket: Names, sites: list[_Site], both: "_Both") -> None:
        known = self._known.setdefault(bucket, [])
        free = {id(old): old for old in known}
        for likeness, old, new in _most_likely_first(known, sites):
            if new.identity >= 0 or id(old) not in free:
                continue
            if likeness == RENUMBERED and both.are_elsewhere(old, new):
                continue
            new.identity = old.identity
            del free[id(old)]
        for new in sites:
            if new.identity < 0:
                new.identity = self._count
                self._count += 1
            self._identities.update((id(stack), (stack, new.identity)) for stack in new.stacks)
        known[:] = [*free.values(), *sites]


class _Both:
    """Two readings, one after the other, as lists of stacks."""

    def __init__(self, before: Sequence[Stack], after: Sequence[Stack]) -> None:
        self._before, self._after = before, after

    def are_elsewhere(self, old: _Site, new: _Site) -> bool:
        """True if two closures are on different lines of a file that did not change between the readings.

        Then they are two places; else, the lines may have moved in an edit.
        """
        if old.lines & new.lines:
            return False
        stacks = (*old.stacks, *new.stacks)
        return not self._unchanged.isdisjoint(
            frame.file for stack in stacks for frame in _renamed(stack, old.names, new.names)
        )

    @cached_property
    def _unchanged(self) -> frozenset[str]:
        """The files of which both readings have a frame with the same offset and line: they did not change."""
        return frozenset(file for file, *_ in _places(self._before) & _places(self._after))


def _most_likely_first(known: Sequence[_Site], sites: Sequence[_Site]) -> Iterator[tuple[int, _Site, _Site]]:
    """The pairs of sites that may be the same, with their likeness, the likeliest first.

    Of very many sites, only those whose names are equal make pairs.
    """
    before = {(old.names, old.creator): old for old in known}
    of_equal_names = [
        (_likeness(old, new), old, new) for new in sites if (old := before.get((new.names, new.creator))) is not None
    ]
    sure = [pair for pair in of_equal_names if pair[0] == SAME]
    yield from sure
    paired = {id(site) for _, *pair in sure for site in pair}
    known, sites = ([site for site in every if id(site) not in paired] for every in (known, sites))
    pairs = of_equal_names
    if len(known) * len(sites) <= MOST_PAIRS:
        pairs = [(_likeness(old, new), old, new) for old, new in _of_one_creator(known, sites)]
    yield from sorted(pairs, key=lambda pair: -pair[0])


def _buckets(stacks: Iterable[Stack]) -> dict[Names, list[_Site]]:
    """The sites of a reading by their names without the compiler's numbers: `f.func1` and `f.func2` are together."""
    sites: dict[tuple[Names, str], _Site] = {}
    for stack in stacks:
        frames = _frames(stack)
        names = tuple(frame.function for frame in frames) or tuple(map(hex, stack.addresses))
        creator = stack.created_by.function if stack.created_by else ""
        site = sites.setdefault((names, creator), _Site(names, creator))
        numbered = [f for f in frames if f.function[-1:].isdigit() and normalised_function(f.function) != f.function]
        site.offsets.add(tuple(frame.offset for frame in numbered))
        site.lines.add(tuple(frame.line for frame in numbered))
        site.stacks.append(stack)
    buckets: dict[Names, list[_Site]] = {}
    for (names, _), site in sites.items():
        buckets.setdefault(tuple(map(normalised_function, names)), []).append(site)
    return buckets


def _frames(stack: Stack) -> list[Frame]:
    """The frames, with a recursive call only once: the depth of a recursion does not make it another place."""
    return [next(run) for _, run in groupby(stack.frames, key=lambda frame: frame.function)]


def _of_one_creator(known: Sequence[_Site], sites: Sequence[_Site]) -> Iterator[tuple[_Site, _Site]]:
    """The pairs of sites that may be the same: their creators match apart from numbers, or one of them is unknown.

    A debug=1 profile does not print the creator; a dump of the same program does.
    """
    by_creator: dict[str, list[int]] = {}
    for number, new in enumerate(sites):
        by_creator.setdefault(normalised_function(new.creator), []).append(number)
    for old in known:
        same, unknown = by_creator.get(normalised_function(old.creator), []), by_creator.get("", [])
        numbers = merge(same, unknown) if old.creator else range(len(sites))
        yield from ((old, sites[number]) for number in numbers)


def _likeness(old: _Site, new: _Site) -> int:
    """How likely two sites are the same place; their names and creators differ in the compiler's numbers at most."""
    if old.names == new.names:
        likeness = 6 if old.lines & new.lines or old.offsets & new.offsets else 3
        return likeness + (old.creator == new.creator)
    unedited = any(offset is not None for offsets in old.offsets & new.offsets for offset in offsets)
    return 5 if unedited else RENUMBERED


def _renamed(stack: Stack, old: Names, new: Names) -> Iterator[Frame]:
    """The frames of the functions whose names differ between the two sites."""
    differing = {name for pair in zip(old, new, strict=False) if pair[0] != pair[1] for name in pair}
    return (frame for frame in stack.frames if frame.function in differing)


def _places(stacks: Iterable[Stack]) -> set[tuple[str, str, int, int | None]]:
    """File, function, offset and line of all frames that have an offset."""
    return {
        (frame.file, frame.function, frame.offset, frame.line)
        for stack in stacks
        for frame in (*stack.frames, *((stack.created_by,) if stack.created_by else ()))
        if frame.file and frame.offset is not None
    }
