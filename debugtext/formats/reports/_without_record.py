r"""Reads frames of a debug=1 goroutine profile that were copied without the line of their record.

    #	0x102c50807	sync.runtime_Semacquire+0x37	/usr/local/go/src/runtime/sema.go:56
    #	0x102c63a53	sync.(*WaitGroup).Wait+0xa3	/usr/local/go/src/sync/waitgroup.go:130

The frames of all debug=1 profiles look alike; a goroutine's are recognised by the function in which it waits. Each
stack counts as one goroutine.
"""

from debugtext.formats.grammar import terminal
from debugtext.formats.limits import LONGEST_LINE
from debugtext.formats.stack_lines import FrameLines, unplaced_frame
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture, Problem
from debugtext.records.counts import CountProfile, CountSample
from debugtext.records.frames import Frame, Stack

BEGINNINGS = ("#\t0x", "# 0x")
WAITING = (
    *("sync.runtime_Sema", "sync.runtime_notifyListWait", "internal/sync.runtime_Sema", "time.Sleep"),
    *("internal/poll.runtime_pollWait", "os/signal.signal_recv"),
)
"""Functions in which goroutines wait, and which no heap profile shows; contention profiles begin at their callers."""
UNCOUNTED = "frames without the record above them: how many goroutines stand there is not known"
UNREAD = "a frame that cannot be read: left out"


def begins_waiting(line: str) -> bool:
    """Whether a line is the innermost frame of a waiting goroutine."""
    if not line.startswith(BEGINNINGS) or len(line) > LONGEST_LINE:
        return False
    match = terminal("go_tokens", "FRAME").fullmatch(line)
    return match is not None and match["frame_function"].startswith(WAITING)


def read_without_record(cursor: Cursor) -> Capture | None:
    """Reads the stacks from the cursor on, one after the other; None if no caller stands below the first frame."""
    lines, at = cursor.lines(), cursor.index_at(cursor.position)
    start, end, frame_lines = at, at, FrameLines()
    samples, problems = list[CountSample](), list[Problem]()
    while at < len(lines) - 1 and begins_waiting(lines[at]) and _frame(frame_lines, lines[at + 1]):
        first, frames = at, list[Frame]()
        problems.append(Problem(cursor.piece.line_at(at), UNCOUNTED, "a record like 1 @ 0x1", lines[at][:120]))
        while at < len(lines) and lines[at].startswith(BEGINNINGS):
            if frame := _frame(frame_lines, lines[at]):
                frames.append(frame)
            else:
                problems.append(Problem(cursor.piece.line_at(at), UNREAD, "a frame", lines[at][:120]))
            at += 1
        samples.append(CountSample(1, Stack(tuple(frames)), cursor.piece.line_at(first)))
        end = at
        while at < len(lines) and not lines[at].strip():
            at += 1
    cursor.skip_lines(max(end - start, 1))
    if not samples:
        return None
    first_line, last_line = cursor.piece.lines_at([start, end - 1])
    profile = CountProfile("goroutine", None, tuple(samples))
    return Capture("goroutine-profile", first_line, last_line, profile, tuple(problems))


def _frame(frame_lines: FrameLines, line: str) -> Frame | None:
    """The frame in a line; None for an address alone, and for a damaged line."""
    try:
        return unplaced_frame(line) or frame_lines[line]
    except KeyError:
        return None
