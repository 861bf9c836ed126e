"""Rewrites stacks of parked goroutines, as `go tool pprof -traces` prints them, as a goroutine profile.

     35510   runtime.gopark
             runtime.chanrecv (inline)
             example.com/shop.(*Cart).wait

    runtime.gopark(proc.go:337)
    runtime.chansend(chan.go:257)
    example.com/shop.(*Cart).put(cart.go:101)

With `-lines`, each function of the first form has its place behind it. The second form is what editors copy from a
debugger. Rulers, heading and number may be missing: people list functions in the same way. Stacks of other profiles are
left alone: none of them begins with runtime.gopark. A whole output is read by `trace_views.py`.
"""

from debugtext.text import Piece
from debugtext.unwrapping.lines.go_lines import pasted
from debugtext.unwrapping.lines.rows import Written, rewritten
from debugtext.unwrapping.retold.trace_views import is_ruler

PARKED = "runtime.gopark"
UNKNOWN = "goroutine 0 []:"
"""The header of a goroutine from a debugger: the text gives neither its id nor its state."""
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
            break  # a list of frames with their places, which is a goroutine's
        count, column = match["trace_count"] or count, match.start("trace_function")
        functions.append(match["trace_function"])
        place = f"\t{match['trace_file']}:{match['trace_line']}" if match["trace_file"] else ""
        frames.append(f"#\t0x0\t{functions[-1]}+0x0{place}")
    if len(functions) < FEWEST_FRAMES or functions[0] != PARKED:
        return _goroutine(lines, index)
    end = index + len(frames)
    taken = len(frames) + (end < len(lines) and is_ruler(lines[end]))
    return Written([f"{count or 1} @ 0x0", *frames, ""], (0, *range(len(frames)), taken - 1), taken)


def _goroutine(lines: list[str], index: int) -> Written | None:
    """The goroutine that begins on this line, each frame with its location behind it; None if it has too few frames."""
    frames: list[tuple[str, str]] = []
    for line in lines[index : index + MOST_FRAMES]:
        match = pasted("WRITTEN_FRAME").fullmatch(line.strip()) if len(line) <= LONGEST else None
        if match is None or not match["written_file"]:
            break
        frames.append((f"{match['written_name']}(...)", f"\t{match['written_file']}:{match['written_line']}"))
    if len(frames) < FEWEST_FRAMES or not frames[0][0].startswith(f"{PARKED}("):
        return None
    block = ["", UNKNOWN, *(line for frame in frames for line in frame), ""]
    return Written(block, (0, 0, *(at // 2 for at in range(2 * len(frames))), len(frames) - 1), len(frames))
