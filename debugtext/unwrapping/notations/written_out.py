r"""Splits lines in which line ends are written out: `\n` outside of quotes, syslog's `#012`, `^J`, `%0A`.

containerd: goroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d
::error file=main.go::goroutine 1 [running]:%0Amain.main()%0A	/src/main.go:5 +0x1d
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.anchors import LOCATION, anchors
from debugtext.unwrapping.lines.go_lines import HEADER, token_of
from debugtext.unwrapping.lines.rows import Rows
from debugtext.unwrapping.notations.escapes import unescaped

FEWEST = 2
MOST_TIMES = 3
_SPELLINGS = {"#012": "#011", "^J": "^I", "%0A": "%09"}
"""How line ends are written, and how tabs are in the same text."""
_ABOVE = re.compile(r"(?<!\w)(?:SIG[A-Z]{2,6}: [a-z]|runtime: goroutine stack exceeds |--- FAIL: |Type: [a-z_]{1,40}$)")


def with_line_ends(piece: Piece) -> Piece:
    """The piece with such lines split; the same piece if it has none."""
    text = piece.text
    if all(text.count(spelled) < FEWEST for spelled in ("\\n", *_SPELLINGS)):
        return piece
    starts: dict[int, int] = {}
    for anchor in anchors(text):
        if anchor.kind == LOCATION:
            continue  # the tab before it may not be Go's
        starts[anchor.line_start] = min(anchor.column, starts.get(anchor.line_start, anchor.column))
    rows = Rows.of(piece)
    parts: list[list[str]] = []
    start = 0
    for line in rows.lines:
        parts.append(_parts(line, starts[start]) if start in starts else [line])
        start += len(line) + 1
    apart = rows.with_parts(parts.__getitem__)
    return piece if len(apart.lines) == len(rows.lines) else apart.piece()


def _parts(line: str, column: int) -> list[str]:
    """The lines that a line holds; `column` is where the first one of Go's begins."""
    spelled = next((spelled for spelled in _SPELLINGS if line.count(spelled) >= FEWEST), "")
    if spelled:
        whole = line.replace(spelled, "\n").replace(_SPELLINGS[spelled], "\t")
        whole = whole.replace("%0D", "").replace("%25", "%") if spelled == "%0A" else whole
    elif line.count("\\n") >= FEWEST and token_of(line) != HEADER:  # labels of a header may hold escapes
        whole = _unescaped(line)
    else:
        return [line]
    first, *parts = whole.split("\n")
    above = _ABOVE.search(first)
    column = min(column, above.start()) if above else column
    lead = first[:column]
    return (
        [lead, first[column:], *parts] if lead.strip() and first[column:] and line.startswith(lead) else [first, *parts]
    )


def _unescaped(line: str) -> str:
    """The line without its escapes, of which it may have several layers."""
    for _ in range(MOST_TIMES):
        line = unescaped(line)
        if "\n" in line:
            break
    return line
