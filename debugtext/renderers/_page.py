"""What every section of the table output is given: the screen, the colours, and whose code is whose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from debugtext.records.frames import Frame, Stack
from debugtext.renderers._layout import first_lines, function_and_place, wrapped
from debugtext.renderers._style import Style
from debugtext.renderers.frames_shown import frame_to_show, without_frames
from debugtext.renderers.words import counted

_T = TypeVar("_T")
INDENT = "  "
EVERY_LINE = 1 << 30
CUT = "; cut off, the rest is missing"


@dataclass(frozen=True, slots=True)
class Page:
    """How to show a section: `width` in characters, `full` = shorten nothing, `view` = the kind that was asked for.

    `own_frame` and `front_frame` are the report's; `ranks` are those of the stacks that its findings are about.
    """

    width: int
    full: bool
    view: str
    style: Style
    own_frame: Callable[[Stack], Frame | None]
    front_frame: Callable[[Stack], Frame | None]
    ranks: Mapping[int, int] = field(default_factory=dict)

    def frame_to_show(self, stack: Stack) -> Frame | None:
        """The frame that tells a stack from others."""
        return frame_to_show(stack, self.own_frame, self.front_frame)

    def place_of(self, stack: Stack, width: int) -> str:
        """That frame with its file and line, in so many characters unless everything is shown."""
        frame = self.frame_to_show(stack)
        return without_frames(stack) if frame is None else function_and_place(frame, width, full=self.full)

    def rest(self, what: str) -> str:
        """The line that says what was left out."""
        return self.style.dim(f"… and {what} (--full shows all)")

    def table(self, lines: list[str], left_out: int, what: str) -> list[str]:
        """A table with its heading dimmed, and the line that says how many things were left out."""
        rest = [self.rest(counted(left_out, f"more {what}" if lines else what))] if left_out else []
        return [*map(self.style.dim, lines[:1]), *lines[1:], *rest]

    def heading(self, text: str, room: int = EVERY_LINE) -> list[str]:
        """The first line of a section, or its first lines, as far as there is room."""
        lines = first_lines(wrapped(text, self.width, INDENT, first=""), max(room, 1), self.width)
        return [self.style.bold(line) for line in lines]


def rows_that_fit(rows: int, room: int) -> int:
    """How many rows of one line fit: below their heading, and above the line about the others if there are any."""
    return rows if rows + 1 <= room else max(room - 2, 0)


def first_or_all(items: Sequence[_T], most: int) -> Sequence[_T]:
    """The first ones, but all where only one more follows: a line that counts it would take its place."""
    return items if len(items) <= most + 1 else items[:most]


def fair_shares(needs: list[int], room: int) -> list[int]:
    """So many lines for each that all get the same, but none more than it needs."""
    shares = [0] * len(needs)
    order = sorted(range(len(needs)), key=lambda index: needs[index])
    for position, index in enumerate(order):
        shares[index] = min(needs[index], max(room, 0) // (len(needs) - position))
        room -= shares[index]
    return shares
