r"""Puts the stack of a bare block together from its lines, each distinct one read once, by the grammar's terminals.

    example.com/app.(*Node).walk)
        /src/app/tree.go:40 +0x118
    created by example.com/app.start
        /src/app/s.go:5 +0x9

Goroutines that recurse, or that took different paths, may all have different stacks, made of only some hundred
distinct lines. Such a line means the same wherever it stands: a call and its location are a frame, a `created by` ends
the stack. Ancestors, frames of C code and damaged lines are left to Lark.
"""

from collections.abc import Callable

from debugtext.formats.dumps._bare_blocks import INLINED, Key
from debugtext.formats.dumps._place_lines import creator_of, elision_of, frame_of
from debugtext.formats.dumps.dump_lines import terminal_of
from debugtext.records.frames import Elision, Frame, Stack

MOST_REMEMBERED = 20_000
"""The cache is emptied at this size: in a hostile text every frame may be another."""

Lines = tuple[str, ...]


class _Frames(dict[Lines, Frame | None]):
    """A cache of the frames that `read` makes of two lines; None if the two are no frame."""

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
    """The frame of a bare call; an empty argument list is put back, as a frame does not hold arguments."""
    call = line if line.endswith(f"({INLINED})") else f"{line[:-1]}()"
    return frame_of(call + "\n", location) if line.endswith(")") and terminal_of(call) == "CALL" else None


def _creator(line: str, location: str) -> Frame | None:
    """The frame of a `created by`; None if the line still names a parent, which the key should have cut out."""
    creator, parent_id = creator_of(line + "\n", location) if terminal_of(line) == "CREATED_BY" else (None, None)
    return creator if parent_id is None else None


_frames, _creators = _Frames(_called), _Frames(_creator)


def put_together(key: Key, parent: str) -> Stack | None:
    """The stack of a shape; None if it has lines of unusual kinds. `parent`: the digits of its parent's id."""
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
