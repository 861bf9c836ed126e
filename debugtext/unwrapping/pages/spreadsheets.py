"""Takes a dump of many lines out of a cell of CSV, where its quotes are written twice.

time,level,stack
2026-11-21,error,"goroutine 1 [running]:
main.main()
    /src/main.go:5 +0x1d"
"""

import re
from array import array

from debugtext.text import Piece
from debugtext.unwrapping.lines.anchors import NEEDLES
from debugtext.unwrapping.lines.rows import numbers_of, piece_of

# a lone quote ends a cell, so that no quote is looked at for two cells
_CELL = re.compile(r'(?m)(?:^|(?<=[,;\t]))"([^"]*(?:""[^"]*)*)"(?= {0,8}(?:[,;\t\n]|$))')


def without_cells(piece: Piece) -> Piece:
    """The piece with such cells on lines of their own; itself if it has none."""
    text = piece.text
    if '"' not in text:
        return piece
    numbers = numbers_of(piece)
    parts: list[str] = []
    made = array("Q")
    position = line = 0
    for cell in _CELL.finditer(text):
        content = cell[1]
        if "\n" not in content or not any(needle in content for needle in NEEDLES):
            continue
        before = text[position : cell.start()]
        first = line + before.count("\n")
        made.extend(numbers[line : first + 1])
        made.extend(numbers[first : first + content.count("\n") + 1])
        parts += [before, "\n", content.replace('""', '"'), "\n"]
        position, line = cell.end(), first + content.count("\n")
    if not parts:
        return piece
    rest = text[position:]
    made.extend(numbers[line : line + rest.count("\n") + 1])
    return piece_of("".join(parts) + rest, made)
