"""Finds the own function that holds most of the memory in a heap text, or has allocated most."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from debugtext.analyzers.subject import Subject
from debugtext.records.frames import Frame, Stack, split_package
from debugtext.records.heap import HeapProfile
from debugtext.sizes import bytes_in_words
from debugtext.stacks.ownership import Owner
from debugtext.stacks.places import words_of
from debugtext.stacks.wording import percent

_FEW_LEFT_OUT = 0.01
"""An excerpt that lacks no more than this part of the bytes is taken for the whole profile."""
_FAR_MORE, _MANY_TIMES = 2, 4
"""How many times the profile HeapAlloc must be for the profile to be called a part of the live heap.

HeapAlloc includes the garbage since the last collection, which with GOGC=100 is up to as much as what is alive.
"""


@dataclass(frozen=True, slots=True)
class Holding:
    """The bytes of one function at all of its stacks, the largest of these stacks, and the bytes of all functions.

    `total` includes the records that an excerpt leaves out, if its header counts them.
    """

    bytes: int
    total: int
    front: Frame
    stack: Stack

    @property
    def share(self) -> float:
        """The function's part of all bytes, 0..1."""
        return self.bytes / self.total if self.total else 0.0


def largest_holding(subject: Subject, profile: HeapProfile, kind_name: str) -> Holding:
    """The own function with the most of a kind (`inuse_space`, `alloc_space`), without those that run at the start.

    In a text without own functions (the user's code is vendored, or cut off), a library's function takes their place.
    """
    kind = next(kind for kind in profile.sample_kinds if kind.name == kind_name)
    stacks = [(stack, value) for stack, value in profile.weighted_stacks(kind) if value]
    total = sum(value for _, value in stacks) + _left_out_bytes(profile, kind_name)
    own = _largest(stacks, subject.ownership.own_frame, total)
    return own if own.bytes else _largest(stacks, lambda stack: _of_library(subject, stack), total)


def holders(subject: Subject, profile: HeapProfile, least: float) -> list[str]:
    """The own functions that hold at least the part `least` of the live heap, in words, the largest first."""
    kind = next(kind for kind in profile.sample_kinds if kind.name == "inuse_space")
    sums: Counter[str] = Counter()
    for stack, value in profile.weighted_stacks(kind):
        front = subject.ownership.own_frame(stack)
        sums[front.function if front else ""] += value
    total = sum(sums.values())
    named = [(function, held) for function, held in sums.most_common() if function and held >= least * total > 0]
    return [f"{function}: {bytes_in_words(held)}, {percent(held / total)}" for function, held in named]


def part_of_heap(profile: HeapProfile, held: int, total: int) -> str:
    """`62% of the live heap`; `62% of the profile, 5% of the live heap` if the records show little of the heap."""
    share = percent(held / total)
    live = (profile.memstats and profile.memstats.heap_alloc_bytes) or 0
    is_part = _left_out_bytes(profile, "inuse_space") > _FEW_LEFT_OUT * total or live >= _MANY_TIMES * total
    if not is_part:
        return f"{share} of the live heap"
    of_all = f", {percent(held / live)} of the live heap" if live >= _FAR_MORE * total else ""
    return f"{share} of the profile{of_all}"


def _left_out_bytes(profile: HeapProfile, kind_name: str) -> int:
    """The bytes that an excerpt's header counts and no record has. They are raw: less than they are samples of."""
    side = kind_name.partition("_")[0]
    header = profile.header_alloc if side == "alloc" else profile.header_inuse
    shown = sum(map(attrgetter(f"{side}.bytes"), profile.samples))
    return max(0, header.bytes - shown) if header is not None else 0


def _of_library(subject: Subject, stack: Stack) -> Frame | None:
    """The innermost frame of a dependency; not of the standard library, which has tables of its own."""
    return next((frame for frame in stack.frames if subject.ownership.owner(frame) is Owner.DEPENDENCY), None)


def _largest(stacks: Sequence[tuple[Stack, int]], front_of: Callable[[Stack], Frame | None], total: int) -> Holding:
    """The function with the most bytes; `front_of` gives the frame of a stack that its bytes are counted for."""
    sums: dict[str, int] = {}
    largest: dict[str, tuple[int, Frame, Stack]] = {}
    for stack, value in stacks:
        front = front_of(stack)
        if front is None:
            continue
        sums[front.function] = sums.get(front.function, 0) + value
        if value >= largest.get(front.function, (value, front, stack))[0]:
            largest[front.function] = (value, front, stack)
    lasting = [function for function in sums if not is_start_up(function)]
    if not lasting:
        return Holding(0, total, Frame(""), Stack())
    most = max(lasting, key=lambda function: sums[function])
    return Holding(sums[most], total, *largest[most][1:])


def is_start_up(function: str) -> bool:
    """Whether a function runs once, when the program starts (`init`, `glob..`): it fills tables and leaks nothing."""
    name = split_package(function)[1]
    is_named_so = name.startswith("init") and words_of(function)[:1] == ("init",)  # `initTables`, not `initiate`
    return name.partition(".")[0] in ("init", "glob") or is_named_so
