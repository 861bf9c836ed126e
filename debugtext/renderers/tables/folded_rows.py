"""Puts table rows together that would print the same, because their stacks differ only in frames not shown."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from debugtext.records.frames import Frame, Stack
from debugtext.renderers.frames_shown import without_frames
from debugtext.renderers.layout import display_width

_T = TypeVar("_T")


def alike(rows: Iterable[_T], print_of: Callable[[_T], Hashable]) -> Iterable[list[_T]]:
    """The rows in lists of those with the same `print_of`, in the order of each list's first row."""
    together: dict[Hashable, list[_T]] = {}
    for row in rows:
        together.setdefault(print_of(row), []).append(row)
    return together.values()


def place_printed(stack: Stack, frame: Frame | None) -> Hashable:
    """What a row prints of a stack: the frame that is shown, and the `go` statement that started the goroutine."""
    creator = stack.created_by
    started = (creator.function, creator.file, creator.line) if creator else None
    shown = without_frames(stack) if frame is None else (frame.function, frame.file, frame.line)
    return shown, started


def with_stacks(place: str, stacks: int, width: int) -> str:
    """`main.f m.go:7 (11 stacks)`; the place alone if there is one stack, or no room."""
    with_count = f"{place} ({stacks:,} stacks)"
    return with_count if stacks > 1 and display_width(with_count) <= width else place
