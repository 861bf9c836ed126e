"""Rewrites stacks that people copy from a debugger in their editor as goroutines; waiting ones without their states.

    Goroutine 87
      runtime.gopark (/go/src/runtime/proc.go:364)
      runtime.chansend (/go/src/runtime/chan.go:259)
      main.work (/src/main.go:40)
      created at: main.main (/src/main.go:9)

    runtime.gopark(proc.go:337)
    runtime.chansend(chan.go:257)
    example.com/shop.(*Cart).put(cart.go:101)

The first form is GoLand's export of all goroutines. The second has no heading, so it is read only if it begins with
runtime.gopark: people list functions in the same way.
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import pasted
from debugtext.unwrapping.lines.rows import Written, rewritten

LONGEST = 1000
MOST_FRAMES = 200
FEWEST_FRAMES, FEWEST_WITH_HEADING = 3, 1
_PARKED = "runtime.gopark"
_HEADING = re.compile(r"[ \t]*Goroutine (?P<id>[0-9]{1,18})[ \t]*")
_CREATED = "created at: "


def with_debuggers_stacks(piece: Piece) -> Piece:
    """The piece with such stacks as goroutines; the same piece if there are none."""
    return rewritten(piece, _goroutine) if _PARKED in piece.text else piece


def _goroutine(lines: list[str], index: int) -> Written | None:
    """The goroutine that begins on this line; None if none does, or if it has too few frames."""
    heading = _HEADING.fullmatch(lines[index]) if len(lines[index]) <= LONGEST else None
    if heading is None and _PARKED not in lines[index]:
        return None
    begin = index + (heading is not None)
    frames: list[tuple[str, str]] = []
    for line in lines[begin : begin + MOST_FRAMES]:
        frame = _frame(line.strip())
        if frame is None:
            break
        frames.append(frame)
    is_parked = bool(frames) and frames[0][0].startswith(f"{_PARKED}(")
    if len(frames) < (FEWEST_WITH_HEADING if heading else FEWEST_FRAMES) or not (heading or is_parked):
        return None
    header = f"goroutine {heading['id'] if heading else 0} [{'' if is_parked else 'running'}]:"
    block = ["", header, *(line for frame in frames for line in frame), ""]
    taken = begin - index + len(frames)
    places = (begin - index + at // 2 for at in range(2 * len(frames)))
    return Written(block, (0, 0, *places, taken - 1), taken)


def _frame(text: str) -> tuple[str, str] | None:
    """The two lines of a frame that is written on one; None if it is no frame with a place."""
    match = pasted("WRITTEN_FRAME").fullmatch(text.removeprefix(_CREATED)) if len(text) <= LONGEST else None
    if match is None or not match["written_file"]:
        return None
    name = match["written_name"]
    call = f"created by {name}" if text.startswith(_CREATED) else f"{name}(...)"
    return call, f"\t{match['written_file']}:{match['written_line']}"
