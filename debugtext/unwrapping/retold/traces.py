"""Gives the stacks of goroutines that `go tool pprof -traces` prints the form of a goroutine profile.

     35510   runtime.gopark
             runtime.chanrecv (inline)
             example.com/shop.(*Cart).wait

    runtime.gopark(proc.go:337)
    runtime.chansend(chan.go:257)
    example.com/shop.(*Cart).put(cart.go:101)

The latter is what editors copy from a debugger. Rulers, a heading and the number may have been left out: people list
the functions of a stack, too. Of other profiles no stack begins where goroutines are parked.
"""

from debugtext.text import Piece
from debugtext.unwrapping.lines.go_lines import pasted
from debugtext.unwrapping.lines.rows import Written, rewritten

PARKED = "runtime.gopark"
UNKNOWN = "goroutine 0 []:"
"""Neither its number nor its state is in such a text."""
LONGEST = 1000
MOST_FRAMES = 200
FEWEST_FRAMES = 3


def with_traces(piece: Piece) -> Piece:
    """The piece with such stacks as records of a profile; itself if there are none."""
    if PARKED not in piece.text:
        return piece
    return rewritten(piece, _record)


def _record(lines: list[str], index: int) -> Written | None:
    """The record of the stack that begins here: its sample and its frames; None if none does."""
    if PARKED not in lines[index]:
        return None
    count, column, functions = "1", -1, list[str]()
    for line in lines[index : index + MOST_FRAMES]:
        match = pasted("TRACE_LINE").fullmatch(line.rstrip()) if len(line) <= LONGEST else None
        if match is None or (functions and (match["trace_count"] or match.start("trace_function") != column)):
            break
        count, column = match["trace_count"] or count, match.start("trace_function")
        functions.append(match["trace_function"])
    if len(functions) < FEWEST_FRAMES or functions[0] != PARKED:
        return _goroutine(lines, index)
    record = [f"{count} @ 0x0", *(f"#\t0x0\t{function}+0x0" for function in functions)]
    return Written(record, (0, *range(len(functions))), len(functions))


def _goroutine(lines: list[str], index: int) -> Written | None:
    """The goroutine whose frames have their locations behind them, from this line on; None if it has few."""
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
