"""Drops the line with a time that some log viewers show above each line.

2023-11-30 12:57:31.618
main.main()
2023-11-30 12:57:31.619
    /src/main.go:41 +0x3f4
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.anchors import anchors
from debugtext.unwrapping.lines.go_lines import is_sure
from debugtext.unwrapping.lines.rows import Rows
from debugtext.unwrapping.logs.templates import TIMES

LONGEST = 200
LONGEST_REST = 32
MOST_TRIES = 8
_NUMBER = re.compile(r"[0-9]+")


class StampLines:
    """Remembers the shape of such lines, once it was found."""

    def __init__(self) -> None:
        self._stamp = ""

    def drop(self, piece: Piece) -> Piece:
        """The piece without the lines that hold only a time; the same piece if they do not stand above each line."""
        self._stamp = self._stamp or _stamp_of(piece.text)
        if not self._stamp:
            return piece
        rows = Rows.of(piece)
        kept = rows.with_parts(lambda index: [] if _shape(rows.lines[index]) == self._stamp else None)
        return piece if len(kept.lines) == len(rows.lines) else kept.piece()


def _shape(line: str) -> str:
    return _NUMBER.sub("0", line.strip()) if len(line) <= LONGEST else ""


def _stamp_of(text: str) -> str:
    """The shape of the lines above and below an anchor; '' unless they hold only a time."""
    for tries, anchor in enumerate(anchors(text)):
        if tries > MOST_TRIES:
            break
        if anchor.column:
            continue
        before = text[max(0, anchor.line_start - 2 * LONGEST) : max(anchor.line_start - 1, 0)].rpartition("\n")[2]
        if not _is_stamp(before):
            continue
        shape = _shape(before)
        behind = [
            line for line in text[anchor.line_start : anchor.line_start + 20 * LONGEST].split("\n")[1:4:2] if line
        ]
        if behind and all(_shape(line) == shape for line in behind):
            return shape
    return ""


def _is_stamp(line: str) -> bool:
    """Whether a line is a time, perhaps with a word or two."""
    rest = TIMES.sub("", line)
    return len(rest) < len(line) and len(rest.strip()) < LONGEST_REST and not is_sure(line)
