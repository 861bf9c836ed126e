r"""Puts the stack of a bare block together of its lines, each distinct one read once, by the grammar's terminals.

    example.com/app.(*Node).walk)
        /src/app/tree.go:40 +0x118
    created by example.com/app.start
        /src/app/s.go:5 +0x9

Goroutines that recurse, or that came by different ways, may all have stacks of their own, and yet only some hundred
lines. Such lines are the same wherever they stand: a call and its location are a frame, a creator is the last of a
stack. Ancestors, frames of C code and what is damaged are left to Lark.
"""

from collections.abc import Callable

from debugtext.formats._bare_blocks import INLINED, Key
from debugtext.formats._dump_lines import terminal_of
from debugtext.formats._place_lines import creator_of, elision_of, frame_of
from debugtext.records.frames import Elision, Frame, Stack

MOST_REMEMBERED = 20_000
"""A text of a few mebibytes may hold more: every frame another."""

Lines = tuple[str, ...]


class _Frames(dict[Lines, Frame | None]):
    """The frame of two lines, as this reads them; None of lines that are none."""

    def __init__(self, read: Callable[[str, str], Frame | None]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, lines: Lines) -> Frame | None:
        """Reads two lines that were not seen before."""
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        is_place = len(lines) > 1 and terminal_of(lines[1]) == "LOCATION"
        frame = self[lines] = self._read(lines[0], lines[1] + "\n") if is_place else None
        return frame


def _called(line: str, location: str) -> Frame | None:
    """The frame of a bare call, whose arguments are put back: which ones they were makes no difference."""
    call = line if line.endswith(f"({INLINED})") else f"{line[:-1]}()"
    return frame_of(call + "\n", location) if line.endswith(")") and terminal_of(call) == "CALL" else None


def _creator(line: str, location: str) -> Frame | None:
    """The creator without a parent; one that is in its line was not found by the key."""
    creator, parent_id = creator_of(line + "\n", location) if terminal_of(line) == "CREATED_BY" else (None, None)
    return creator if parent_id is None else None


_frames, _creators = _Frames(_called), _Frames(_creator)


def put_together(key: Key, parent: str) -> Stack | None:
    """The stack of a shape; None if it has other lines than most. `parent`: the digits of the id that it has lost."""
    before, place = key
    lines = (f"{before}\n{place}" if parent else before).split("\n")
    last = tuple(lines[-2:])
    creator = _creators[last] if last[0].startswith("created by ") else None
    if creator is not None:
        del lines[-2:]
    elif parent:
        return None
    frames: list[Frame] = []
    elisions: list[Elision] = []
    rest = iter(lines)
    for line in rest:
        if line.startswith("...") and terminal_of(line) == "ELIDED":
            elisions.append(elision_of(line + "\n", len(frames)))
            continue
        frame = _frames[line, next(rest, "")]
        if frame is None:
            return None
        frames.append(frame)
    return Stack(tuple(frames), created_by=creator, elisions=tuple(elisions))
