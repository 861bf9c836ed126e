"""Drops the lines that a log viewer puts before each line, where others put a prefix into it.

2023-11-30 12:57:31.618
main.main()
2023-11-30 12:57:31.619
    /src/main.go:41 +0x3f4
"""

import re
from array import array
from collections import Counter
from itertools import pairwise

from debugtext.text import Piece
from debugtext.unwrapping.go_lines import is_sure
from debugtext.unwrapping.rows import Rows, piece_of
from debugtext.unwrapping.templates import TIMES

FEWEST = 2
LONGEST = 200
_NUMBER = re.compile(r"\d+")


def without_stamp_lines(piece: Piece) -> Piece:
    """The piece without every second line, if those all look alike and are not Go's."""
    rows = Rows.of(piece)
    shapes = [_NUMBER.sub("0", line.strip()) if 0 < len(line) <= LONGEST else "" for line in rows.lines]
    counts = Counter(shapes)
    del counts[""]
    stamp, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    if count < FEWEST or "0" not in stamp:
        return piece
    places = [index for index, shape in enumerate(shapes) if shape == stamp]
    in_turn = sum(after - before == 2 for before, after in pairwise(places))  # noqa: PLR2004
    if in_turn * 3 < count * 2 or not TIMES.search(rows.lines[places[0]]) or is_sure(rows.lines[places[0]]):
        return piece
    if not any(is_sure(line) for line, shape in zip(rows.lines, shapes, strict=True) if shape and shape != stamp):
        return piece
    kept = [index for index, shape in enumerate(shapes) if shape != stamp]
    numbers = array("Q", (rows.numbers[index] for index in kept))
    text = "\n".join(rows.lines[index] for index in kept) + ("\n" if rows.ends_line else "")
    return piece_of(text, numbers, piece.first_line)
