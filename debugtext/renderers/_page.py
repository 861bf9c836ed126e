"""What every section of the table output is given: the screen, the colours, and whose code is whose."""

from collections.abc import Callable
from dataclasses import dataclass

from debugtext.records.frames import Frame, Stack
from debugtext.renderers._layout import wrapped
from debugtext.renderers._style import Style
from debugtext.renderers.words import counted

INDENT = "  "
CUT = "; cut off, the rest is missing"


@dataclass(frozen=True, slots=True)
class Page:
    """How to show a section: `width` in characters, `full` = shorten nothing, `view` = the kind that was asked for.

    `own_frame` gives the first frame of the user's own code on a stack, None where there is none.
    """

    width: int
    full: bool
    view: str
    style: Style
    own_frame: Callable[[Stack], Frame | None]

    def frame_to_show(self, stack: Stack) -> Frame | None:
        """The frame that tells a stack from others: the user's own, else the creator's place, else the innermost."""
        return self.own_frame(stack) or next(iter(stack.frames), None)

    def rest(self, what: str) -> str:
        """The line that says what was left out."""
        return self.style.dim(f"… and {what} (--full shows all)")

    def table(self, lines: list[str], left_out: int, what: str) -> list[str]:
        """A table with its heading dimmed, and the line that says how many things were left out."""
        if not lines:
            return []
        rest = [self.rest(counted(left_out, f"more {what}"))] if left_out else []
        return [self.style.dim(lines[0]), *lines[1:], *rest]

    def heading(self, text: str) -> str:
        """The first line of a section."""
        return "\n".join(self.style.bold(line) for line in wrapped(text, self.width, INDENT, first=""))


def rows_that_fit(rows: int, room: int) -> int:
    """How many rows of one line fit: below their heading, and above the line about the others if there are any."""
    return rows if rows + 1 <= room else max(room - 2, 0)
