"""Repairs the lines of a text from which all layers are taken off; the cheapest steps first, until it is plain."""

from debugtext.text import Piece
from debugtext.unwrapping.cells import with_tabs
from debugtext.unwrapping.plain import is_plain
from debugtext.unwrapping.rows import Rows
from debugtext.unwrapping.stamp_lines import without_stamp_lines


def repaired(piece: Piece) -> Piece:
    """The piece with Go's lines as Go prints them; itself if nothing can be done for it."""
    text = with_tabs(piece.text)
    if text != piece.text:
        piece = Piece(text, piece.first_line, piece.line_numbers)
        if is_plain(text):
            return piece
    piece = without_stamp_lines(piece)
    return piece
