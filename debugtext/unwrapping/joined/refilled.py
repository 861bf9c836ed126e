"""Restores the lines of a goleak report that was re-wrapped into a narrow paragraph, as in a commit message.

    goleak: Errors on successful test run: found
    unexpected goroutines: [Goroutine 7 in state chan
    receive, with example.com/depot/internal/yard
    .New.func1 on top of the stack: goroutine 7 [chan
    receive]:

Such lines were cut at spaces, and within names at a dot, a slash or a colon.
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.joined.flattened import split
from debugtext.unwrapping.lines.go_lines import LEAKED
from debugtext.unwrapping.lines.rows import Written, rewritten

MOST_LINES = 200
_BEGINNING = re.compile(r"found\s+unexpected\s+goroutines:\s+\[Goroutine\s+[0-9]{1,18}\s+in\s+state\s")
_BLOCK = re.compile(r"found unexpected goroutines: \[Goroutine [0-9]{1,18} in state ")
_WITHIN_NAME = re.compile(r"(?<=[./]) (?=[A-Za-z(])|(?<=[\w\])]) (?=\.[A-Za-z(])|(?<=\.go:) (?=[0-9])")
_PARTS = re.compile(r" (?=\[?Goroutine [0-9]{1,18} in state )|(?<= on top of the stack:) | (?=\](?: |$))|(?<= \]) ")


def with_refilled(piece: Piece) -> Piece:
    """The piece with such reports as goleak prints them; the same piece if it has none."""
    if "Goroutine" not in piece.text or not _BEGINNING.search(piece.text):
        return piece
    return rewritten(piece, _report)


def _report(lines: list[str], index: int) -> Written | None:
    """The report that begins on this line or the next, up to a blank line; None if none does, or lines are whole."""
    if "found" not in lines[index]:
        return None
    end = next((at for at in range(index, min(index + MOST_LINES, len(lines))) if not lines[at].strip()), len(lines))
    text = _WITHIN_NAME.sub("", " ".join(line.strip() for line in lines[index:end]))
    if end - index < 2 or not _BLOCK.search(text) or _BLOCK.search(lines[index]):  # noqa: PLR2004 - cut in two
        return None
    written: list[str] = []
    for part in _PARTS.split(text):
        written += [line for _, line in split(part, LEAKED)] or [part]
    last = end - index - 1
    return Written(written, tuple(min(at, last) for at in range(len(written))), end - index)
