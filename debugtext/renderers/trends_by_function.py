"""Puts the trends of a heap's stacks together by function, as findings do."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from debugtext.growth.whole_function import whole_function
from debugtext.records.frames import Frame, Stack

if TYPE_CHECKING:  # growth is seldom asked for
    from debugtext.records.growth import Trend


def by_function(stacks: "Sequence[Trend]", shown: Callable[[Stack], Frame | None]) -> "list[Trend]":
    """The trends, those of each growing function as one, the largest growth first; then the others unchanged."""
    if not stacks or stacks[0].kind != "inuse_space":
        return list(stacks)
    functions = [frame.function if trend.stack and (frame := shown(trend.stack)) else None for trend in stacks]
    growing: dict[str | None, list[Trend]] = {
        function: [] for trend, function in zip(stacks, functions, strict=True) if trend.grew and function
    }
    others: list[Trend] = []
    for trend, function in zip(stacks, functions, strict=True):
        growing.get(function, others).append(trend)
    return [*sorted(map(whole_function, growing.values()), key=lambda whole: -whole.growth), *others]
