"""Joins long lines that a log has wrapped: only the first part has the log's prefix.

Oct 01 22:57:16 host app[7]: main.(*conn).Write(0x1076ca80, 0x106ef00
0, 0x1000, 0x0)
Oct 01 22:57:16 host app[7]: /src/main.go:304 +
0x1ec
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.rows import Joins, Rows

_WORDS = r"[0-9a-fx{}, .?_]"
# a call whose arguments do not end, and a location whose offset is missing
_OPEN = re.compile(rf"[\w)]\({_WORDS}*$|[0-9] \+$")
_REST = re.compile(rf"{_WORDS}{{1,500}}\)?")
_BROKEN = re.compile(rf"(?m)(?:[(,x0-9a-f ]|[0-9] \+)\n{_WORDS}{{1,500}}\)?$")


def with_continuations(piece: Piece) -> Piece:
    """The piece with such lines joined; the same piece if there are none."""
    if not _BROKEN.search(piece.text):
        return piece
    rows, joins = Rows.of(piece), Joins()
    last, is_open, joined = 0, False, False
    for line, number in zip(rows.lines, rows.numbers, strict=True):
        if is_open and _REST.fullmatch(line):
            joins.extend(last, line)
            is_open, joined = not line.endswith(")"), True
        else:
            last = joins.add(line, number)
            is_open = _OPEN.search(line) is not None
    return joins.rows(ends_line=rows.ends_line).piece() if joined else piece
