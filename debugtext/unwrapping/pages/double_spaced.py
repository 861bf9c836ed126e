"""Drops the blank line that a mail program or editor has put behind every line."""

from array import array

from debugtext.text import Piece
from debugtext.unwrapping.lines.anchors import anchors
from debugtext.unwrapping.lines.rows import Rows, piece_of

FEWEST = 3


def single_spaced(piece: Piece) -> Piece:
    """The piece without the blank lines between its lines; itself if not all lines are apart."""
    text = piece.text.strip("\n")
    if text.count("\n\n") < FEWEST or text.count("\n\n") * 2 + 1 < text.count("\n"):
        return piece
    if next(anchors(text), None) is None:
        return piece
    rows = Rows.of(piece)
    lines: list[str] = []
    numbers = array("Q")
    blank = 0
    for line, number in zip((*rows.lines, "end"), (*rows.numbers, 0), strict=True):
        if not line:
            blank += 1
            continue
        if not blank and lines and number:
            return piece  # two lines stand together
        kept = blank // 2 if lines else blank
        lines += [""] * kept
        numbers.extend([number or rows.numbers[-1]] * kept)
        if number:
            lines.append(line)
            numbers.append(number)
        blank = 0
    return piece_of("\n".join(lines) + "\n", numbers)
