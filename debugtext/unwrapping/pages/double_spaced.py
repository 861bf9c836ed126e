"""Drops the blank lines that a mail program or an editor has added behind every line."""

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.anchors import anchors
from debugtext.unwrapping.lines.rows import Rows

FEWEST = 3
"""So many blank lines are needed: a short text may have some of its own."""


def single_spaced(piece: Piece) -> Piece:
    """The piece without the added blank lines; the same piece if some lines have none between them."""
    text = piece.text.strip("\n")
    if text.count("\n\n") < FEWEST or text.count("\n\n") * 2 + 1 < text.count("\n"):
        return piece
    if next(anchors(text), None) is None:
        return piece
    rows = Rows.of(piece)
    parts: list[list[str]] = []
    blank, is_first = 0, True
    for line in rows.lines:
        if not line:
            blank += 1
            parts.append([])
            continue
        if not blank and not is_first:
            return piece  # no blank line between two lines
        parts.append([*[""] * (blank if is_first else blank // 2), line])
        blank, is_first = 0, False
    if blank:
        parts[-1] = [""] * (blank // 2)
    return Rows(rows.lines, rows.numbers).with_parts(parts.__getitem__).piece()
