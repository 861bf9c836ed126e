r"""Takes apart lines in which the line ends are written out: `\n` outside of quotes, syslog's `#012`, `^J`, `%0A`.

containerd: goroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d
::error file=main.go::goroutine 1 [running]:%0Amain.main()%0A	/src/main.go:5 +0x1d
"""

import re
from array import array

from debugtext.text import Piece
from debugtext.unwrapping.lines.anchors import LOCATION, anchors
from debugtext.unwrapping.lines.go_lines import HEADER, token_of
from debugtext.unwrapping.lines.rows import Rows, piece_of
from debugtext.unwrapping.notations.escapes import unescaped

FEWEST = 2
MOST_TIMES = 3
_SPELLINGS = {"#012": "#011", "^J": "^I", "%0A": "%09"}
"""How line ends are spelled, and how tabs are beside them."""
_ABOVE = re.compile(r"(?<!\w)(?:SIG[A-Z]{2,6}: [a-z]|runtime: goroutine stack exceeds |--- FAIL: |Type: [a-z_]{1,40}$)")


def with_line_ends(piece: Piece) -> Piece:
    """The piece with such lines taken apart; itself if it has none."""
    text = piece.text
    if all(text.count(spelled) < FEWEST for spelled in ("\\n", *_SPELLINGS)):
        return piece
    starts: dict[int, int] = {}
    for anchor in anchors(text):
        if anchor.kind == LOCATION:
            continue  # the tab before it may be others'
        starts[anchor.line_start] = min(anchor.column, starts.get(anchor.line_start, anchor.column))
    rows = Rows.of(piece)
    lines: list[str] = []
    numbers = array("Q")
    start = 0
    for line, number in zip(rows.lines, rows.numbers, strict=True):
        parts = _parts(line, starts[start]) if start in starts else [line]
        lines += parts
        numbers.extend([number] * len(parts))
        start += len(line) + 1
    if len(lines) == len(rows.lines):
        return piece
    return piece_of("\n".join(lines) + ("\n" if rows.ends_line else ""), numbers, piece.first_line)


def _parts(line: str, column: int) -> list[str]:
    """The lines in a line; `column` is where the first of Go's begins."""
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
    """The lines in a line that may have been escaped more than once."""
    for _ in range(MOST_TIMES):
        line = unescaped(line)
        if "\n" in line:
            break
    return line
