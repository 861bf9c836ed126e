"""Which function of the user's own holds most of a heap text, or has allocated most."""

from dataclasses import dataclass

from debugtext.analyzers.rule import Subject
from debugtext.records.frames import Frame, Stack, split_package
from debugtext.records.heap import HeapProfile


@dataclass(frozen=True, slots=True)
class Holding:
    """The bytes of one function over all its stacks, the largest of these, and the bytes of all functions."""

    bytes: int
    total: int
    front: Frame
    stack: Stack

    @property
    def share(self) -> float:
        """Its part of all."""
        return self.bytes / self.total if self.total else 0.0


def largest_holding(subject: Subject, profile: HeapProfile, kind_name: str) -> Holding:
    """The own function with most of a kind (`inuse_space`, `alloc_space`), without what fills tables at the start."""
    kind = next(kind for kind in profile.sample_kinds if kind.name == kind_name)
    total = 0
    sums: dict[str, int] = {}
    largest: dict[str, tuple[int, Frame, Stack]] = {}
    for stack, value in profile.weighted_stacks(kind):
        if not value:
            continue
        total += value
        front = subject.ownership.own_frame(stack)
        if front is None:
            continue
        sums[front.function] = sums.get(front.function, 0) + value
        if value >= largest.get(front.function, (0, front, stack))[0]:
            largest[front.function] = (value, front, stack)
    lasting = [function for function in sums if not is_start_up(function)]
    if not lasting:
        return Holding(0, total, Frame(""), Stack())
    most = max(lasting, key=lambda function: sums[function])
    return Holding(sums[most], total, *largest[most][1:])


def is_start_up(function: str) -> bool:
    """Whether a function fills the package's variables when the program starts: tables, not leaks."""
    return split_package(function)[1].startswith(("init", "glob.."))
