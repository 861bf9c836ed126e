"""The page that each section of the table output is laid out for: its width, its colours, and which frames to show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from debugtext.records.frames import Frame, Stack
from debugtext.renderers.frames_shown import frame_to_show, without_frames
from debugtext.renderers.layout import first_lines, function_and_place, wrapped
from debugtext.renderers.tables.style import Style
from debugtext.renderers.words import counted

_T = TypeVar("_T")
INDENT = "  "
EVERY_LINE = 1 << 30
"""A room that no section fills."""
CUT = "; cut off, the rest is missing"


@dataclass(frozen=True, slots=True)
class Page:
    """How to show a section.

    `width`: in characters. `full`: shorten nothing. `view`: the kind of profile that the user asked for. `own_frame`
    and `front_frame` are those of the report. `ranks`: see `group_order.ranks_of_stacks`.
    """

    width: int
    full: bool
    view: str
    style: Style
    own_frame: Callable[[Stack], Frame | None]
    front_frame: Callable[[Stack], Frame | None]
    ranks: Mapping[int, int] = field(default_factory=dict)

    def frame_to_show(self, stack: Stack) -> Frame | None:
        """The frame that is shown for a whole stack."""
        return frame_to_show(stack, self.own_frame, self.front_frame)

    def place_of(self, stack: Stack, width: int) -> str:
        """The frame to show with its file and line, in at most `width` columns unless everything is shown."""
        frame = self.frame_to_show(stack)
        return without_frames(stack) if frame is None else function_and_place(frame, width, full=self.full)

    def rest(self, what: str) -> str:
        """The line that says what was left out, and how to see it."""
        return self.style.dim(f"… and {what} (--full shows all)")

    def table(self, lines: list[str], left_out: int, what: str) -> list[str]:
        """The table with its heading dimmed, and a line that says how many things were left out, if any were."""
        rest = [self.rest(counted(left_out, f"more {what}" if lines else what))] if left_out else []
        return [*map(self.style.dim, lines[:1]), *lines[1:], *rest]

    def heading(self, text: str, room: int = EVERY_LINE) -> list[str]:
        """The heading of a section, on at most `room` lines."""
        lines = first_lines(wrapped(text, self.width, INDENT, first=""), max(room, 1), self.width)
        return [self.style.bold(line) for line in lines]


def rows_that_fit(rows: int, room: int) -> int:
    """How many of `rows` one-line rows fit below the heading, and above the line about the others if there are any."""
    return rows if rows + 1 <= room else max(room - 2, 0)


def first_or_all(items: Sequence[_T], most: int) -> Sequence[_T]:
    """The first `most` items; all if only one more follows, because the line "1 more" would take its place."""
    return items if len(items) <= most + 1 else items[:most]


def fair_shares(needs: list[int], room: int) -> list[int]:
    """How many of the `room` lines each block gets: all the same number, but none more than it needs."""
    shares = [0] * len(needs)
    order = sorted(range(len(needs)), key=lambda index: needs[index])
    for position, index in enumerate(order):
        shares[index] = min(needs[index], max(room, 0) // (len(needs) - position))
        room -= shares[index]
    return shares
