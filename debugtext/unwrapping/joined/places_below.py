"""Puts the locations of a profile's frames beside their functions, where they stand on lines of their own.

#	0x44ea07  main.spawn.func1+0x47
#		main.go:22  <- the leak
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.rows import Written, rewritten

_FUNCTION = r"#[ \t]*0x[0-9a-f]{1,16}[ \t]+[^\s+]{1,1000}\+0x[0-9a-f]{1,8}"
_PLACE = r"#[ \t]+(?P<place>[^\s:]{1,400}\.(?:go|s):[0-9]{1,9})(?:[ \t][^\n]*)?"
_APART = re.compile(rf"(?m)^{_FUNCTION}[ \t]*\n{_PLACE}$")


def with_places_beside(piece: Piece) -> Piece:
    """The piece with such frames on one line each, without remarks behind them; the same piece if it has none."""
    return rewritten(piece, _beside) if "+0x" in piece.text and _APART.search(piece.text) else piece


def _beside(lines: list[str], index: int) -> Written | None:
    frame = _APART.fullmatch("\n".join(lines[index : index + 2])) if lines[index].startswith("#") else None
    return Written([f"{lines[index].rstrip()}\t{frame['place']}"], (0,), 2) if frame else None
