r"""Joins lines that an editor has wrapped at a column, with a backslash at each end, as Emacs does in a terminal.

#   0x4ad296	io.(*pipe).Read+0xe6  /usr/local/go/sr\
    c/io/pipe.go:50
"""

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.rows import Joins, Rows

NARROWEST = 60
"""Shorter lines that end in a backslash are a shell's or C's, not wrapped by a terminal."""


def without_backslashes(piece: Piece) -> Piece:
    """The piece with such lines joined; itself if their lengths differ, or none has an address."""
    if "\\\n" not in piece.text:
        return piece
    rows = Rows.of(piece)
    wrapped = [line for line in rows.lines if line.endswith("\\")]
    lengths = {len(line) for line in wrapped}
    if len(lengths) != 1 or min(lengths) < NARROWEST or not any("0x" in line for line in wrapped):
        return piece
    joins = Joins()
    goes_on = False
    for line, number in zip(rows.lines, rows.numbers, strict=True):
        bare = line.removesuffix("\\")
        if goes_on:
            joins.extend(len(joins.lines) - 1, bare)
        else:
            joins.add(bare, number)
        goes_on = line.endswith("\\")
    return joins.rows(ends_line=rows.ends_line).piece()
