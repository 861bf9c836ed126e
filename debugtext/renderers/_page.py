"""What every section of the table output is given: the screen, the colours, and whose code is whose."""

from collections.abc import Callable
from dataclasses import dataclass

from debugtext.records.frames import Frame, Stack
from debugtext.renderers._layout import function_and_place, wrapped
from debugtext.renderers._style import Style
from debugtext.renderers.words import counted

INDENT = "  "
ROOTS = {"runtime.goexit", "runtime.goexit.abi0", "runtime.main"}
RUNTIME_LOCKS = ("runtime.lock", "runtime.unlock")
CUT = "; cut off, the rest is missing"


@dataclass(frozen=True, slots=True)
class Page:
    """How to show a section: `width` in characters, `full` = shorten nothing, `view` = the kind that was asked for.

    `own_frame` and `front_frame` are the report's.
    """

    width: int
    full: bool
    view: str
    style: Style
    own_frame: Callable[[Stack], Frame | None]
    front_frame: Callable[[Stack], Frame | None]

    def frame_to_show(self, stack: Stack) -> Frame | None:
        """The frame that tells a stack from others: the user's own, or a dependency's.

        Where all is standard library, the outermost frame says what a goroutine is for (`http.(*conn).serve`); but the
        one that writes the dump is to be known as such, and of the runtime's own work the part that took its lock.
        """
        front = self.front_frame(stack)
        if front is not None and (front is self.own_frame(stack) or "." in front.package.partition("/")[0]):
            return front
        if stack.frames and stack.frames[0].function.startswith(RUNTIME_LOCKS):
            return next((frame for frame in stack.frames if not frame.function.startswith(RUNTIME_LOCKS)), front)
        writer = next((frame for frame in stack.frames if frame.package == "runtime/pprof"), None)
        return writer or next(iter(without_root(stack.frames)[::-1]), None) or front

    def place_of(self, stack: Stack, width: int) -> str:
        """That frame with its file and line, in so many characters unless everything is shown."""
        frame = self.frame_to_show(stack)
        if frame is not None:
            return function_and_place(frame, width, full=self.full)
        if stack.unavailable:
            return "(stack unavailable)"
        address = next(filter(None, stack.addresses), None)
        return "(no stack recorded)" if address is None else f"{address:#x} (no name for it)"

    def rest(self, what: str) -> str:
        """The line that says what was left out."""
        return self.style.dim(f"… and {what} (--full shows all)")

    def table(self, lines: list[str], left_out: int, what: str) -> list[str]:
        """A table with its heading dimmed, and the line that says how many things were left out."""
        if not lines:
            return []
        rest = [self.rest(counted(left_out, f"more {what}"))] if left_out else []
        return [self.style.dim(lines[0]), *lines[1:], *rest]

    def heading(self, text: str) -> list[str]:
        """The first line of a section, or its first lines."""
        return [self.style.bold(line) for line in wrapped(text, self.width, INDENT, first="")]


def without_root(frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames without those that stand below every goroutine and tell nothing."""
    end = len(frames)
    while end and frames[end - 1].function in ROOTS:
        end -= 1
    return frames[:end]


def rows_that_fit(rows: int, room: int) -> int:
    """How many rows of one line fit: below their heading, and above the line about the others if there are any."""
    return rows if rows + 1 <= room else max(room - 2, 0)


def fair_shares(needs: list[int], room: int) -> list[int]:
    """So many lines for each that all get the same, but none more than it needs."""
    shares = [0] * len(needs)
    order = sorted(range(len(needs)), key=lambda index: needs[index])
    for position, index in enumerate(order):
        shares[index] = min(needs[index], max(room, 0) // (len(needs) - position))
        room -= shares[index]
    return shares
