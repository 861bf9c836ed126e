"""Rows of a table that would print the same, as one: their stacks differ in frames that are not shown."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from debugtext.records.frames import Frame, Stack
from debugtext.renderers._layout import display_width

_T = TypeVar("_T")
MOST_COMPARED = 500
"""Rows behind those stay as they are: of 100,000 stacks a screen shows a dozen."""


def alike(rows: Sequence[_T], print_of: Callable[[_T], Hashable]) -> Iterator[list[_T]]:
    """The first rows, those that print the same together, in the order of the first of each."""
    together: dict[Hashable, list[_T]] = {}
    for row in rows[:MOST_COMPARED]:
        together.setdefault(print_of(row), []).append(row)
    yield from together.values()


def place_printed(stack: Stack, frame: Frame | None) -> Hashable:
    """What a row tells of the place: of a stack without a frame to show, all of it."""
    creator = stack.created_by
    started = (creator.function, creator.file, creator.line) if creator else None
    return stack if frame is None else (frame.function, frame.file, frame.line, started)


def with_stacks(place: str, stacks: int, width: int) -> str:
    """`main.f m.go:7 (11 stacks)`, where there is room for it."""
    told = f"{place} ({stacks:,} stacks)"
    return told if stacks > 1 and display_width(told) <= width else place
