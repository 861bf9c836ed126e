"""Turns back what mail programs do to letters: `=09` for a tab, `=` at the end of a line that goes on in the next one.

goroutine 1 [running]:
main.main()
=09/src/main.go:5 +0x1d
"""

import re

from debugtext.text import Piece
from debugtext.unwrapping.lines.rows import Joins, Rows

_USUAL = ("=\n", "=09", "=3D")
_SPELLED = re.compile(r"=(?:[0-9A-F]{2}|\n)")
_SHORT = re.compile(r"(?m)^[^\n]{0,60}=$")  # full lines alone are cut
_BYTES = re.compile(r"(?:=[0-9A-F]{2})+")


def without_quoted_printable(piece: Piece) -> Piece:
    """The piece as it was written; itself if a sign of equality in it stands for itself."""
    text = piece.text
    if not any(spelled in text for spelled in _USUAL) or _SPELLED.subn("", text)[1] < text.count("="):
        return piece
    if _SHORT.search(text):
        return piece
    rows = Rows.of(piece)
    joins = Joins()
    open_line = -1
    for line, number in zip(rows.lines, rows.numbers, strict=True):
        goes_on = line.endswith("=")
        written = line.removesuffix("=")
        if open_line >= 0:
            joins.extend(open_line, written)
        else:
            open_line = joins.add(written, number)
        open_line = open_line if goes_on else -1
    whole = joins.rows(ends_line=rows.ends_line)
    return Rows([_BYTES.sub(_shown, line) for line in whole.lines], whole.numbers, whole.ends_line).piece()


def _shown(spelled: re.Match[str]) -> str:
    return bytes.fromhex(spelled[0].replace("=", "")).decode("utf-8", "surrogateescape").replace("\n", " ")
