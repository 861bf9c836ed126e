"""Rewrites stacks of parked goroutines, as `go tool pprof -traces` prints them, as a goroutine profile.

     35510   runtime.gopark
             runtime.chanrecv (inline)
             example.com/shop.(*Cart).wait

With `-lines`, each function has its place behind it. Rulers, heading and number may be missing: people list functions
in the same way. Stacks of other profiles are left alone: none of them begins with runtime.gopark. A whole output is
read by `trace_views.py`.
"""

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import pasted
from debugtext.unwrapping.lines.rows import Written, rewritten
from debugtext.unwrapping.retold.trace_views import is_ruler

PARKED = "runtime.gopark"
LONGEST = 1000
MOST_FRAMES = 200
FEWEST_FRAMES = 3


def with_traces(piece: Piece) -> Piece:
    """The piece with such stacks as records of a profile; the same piece if there are none."""
    if PARKED not in piece.text:
        return piece
    return rewritten(piece, _record)


def _record(lines: list[str], index: int) -> Written | None:
    """The sample and frames of the stack that begins on this line; None if none does."""
    if PARKED not in lines[index]:
        return None
    count, column, functions, frames = "", -1, list[str](), list[str]()
    for line in lines[index : index + MOST_FRAMES]:
        match = pasted("TRACE_LINE").fullmatch(line.rstrip()) if len(line) <= LONGEST else None
        if match is None or (functions and (match["trace_count"] or match.start("trace_function") != column)):
            break
        if match["trace_file"] and not (count or match["trace_count"]):
            break  # a debugger's stack, see debuggers.py
        count, column = match["trace_count"] or count, match.start("trace_function")
        functions.append(match["trace_function"])
        place = f"\t{match['trace_file']}:{match['trace_line']}" if match["trace_file"] else ""
        frames.append(f"#\t0x0\t{functions[-1]}+0x0{place}")
    if len(functions) < FEWEST_FRAMES or functions[0] != PARKED:
        return None
    end = index + len(frames)
    taken = len(frames) + (end < len(lines) and is_ruler(lines[end]))
    return Written([f"{count or 1} @ 0x0", *frames, ""], (0, *range(len(frames)), taken - 1), taken)
