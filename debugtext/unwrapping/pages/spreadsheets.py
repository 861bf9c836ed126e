"""Takes a dump of many lines out of a cell of CSV, in which quotes are doubled.

time,level,stack
2026-11-21,error,"goroutine 1 [running]:
main.main()
    /src/main.go:5 +0x1d"

Or out of rows with a line each, of which only those with a comma in a cell have quotes.

1700000000000,goroutine 1 [chan receive]:
1700000000001,"testing.(*T).Run(0xc000012345, {0x586b3b, 0x9}, 0x593040)"
"""

import re
from array import array
from itertools import islice

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.anchors import NEEDLES, anchors
from debugtext.unwrapping.lines.rows import numbers_of, piece_of

MOST_TRIES = 20
ROWS, LONGEST_ROWS = 12, 8_000

# a single quote ends a cell, so that no quote is looked at twice
_CELL = re.compile(r'(?m)(?:^|(?<=[,;\t]))"([^"]*(?:""[^"]*)*)"(?= {0,8}(?:[,;\t\n]|$))')
_CELL_OF_ROW = re.compile(r'(?m)(?:^|(?<=,))"([^"\n]*(?:""[^"\n]*)*)"(?=,|$)')


def without_cells(piece: Piece) -> Piece:
    """The piece with such cells on lines of their own, or without quotes; the same piece if it has none."""
    if '"' not in piece.text:
        return piece
    if ',"' in piece.text or '",' in piece.text:
        columns = _columns(piece.text)
        if columns:
            return piece.with_text("\n".join(_bare(line, columns) for line in piece.text.split("\n")))
    return _with_whole_cells(piece)


def _columns(text: str) -> int:
    """The number of cells in each row, if only some rows have quotes; 0 if the text has no such rows."""
    for anchor in islice(anchors(text), MOST_TRIES):
        lines = text[anchor.line_start : anchor.line_start + LONGEST_ROWS].split("\n")[:-1]
        rows = [line for line in lines[:ROWS] if line]
        counts = {_cells(row) for row in rows}
        commas = ["," in cell for row in rows for cell in _CELL_OF_ROW.findall(row)]
        if len(counts) == 1 and counts.isdisjoint((0, 1)) and any(commas) and not all('"' in row for row in rows):
            return counts.pop()
    return 0


def _cells(row: str) -> int:
    """The number of cells in a row; 0 if a quote stands in the middle of one."""
    bare = _CELL_OF_ROW.sub("", row)
    return 0 if '"' in bare else bare.count(",") + 1


def _bare(row: str, columns: int) -> str:
    """A row without the quotes of its cells; any other line as it is."""
    if '"' not in row or _cells(row) != columns:
        return row
    return _CELL_OF_ROW.sub(lambda cell: cell[1].replace('""', '"'), row)


def _with_whole_cells(piece: Piece) -> Piece:
    """The piece with each cell of many lines on lines of its own; the same piece if it has none."""
    text = piece.text
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
