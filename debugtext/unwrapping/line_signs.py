"""Takes apart lines in which a sign stands wherever a line has ended: a bar, an arrow, `<br>`, whatever others write.

    panic: boom | | goroutine 1 [running]: | main.main() | /src/main.go:5 +0x1d
    goroutine 1 [running]:⏎main.main()⏎/src/main.go:5 +0x1d

What the sign is tells a header and the call behind it; the location behind the call has to prove it.
"""

import re

from debugtext.formats._crash_lines import kind_of
from debugtext.text import Piece
from debugtext.unwrapping.plain_headlines import HEADLINES
from debugtext.unwrapping.rows import Written, rewritten

LONGEST_PLACE = 400

_SIGNED = re.compile(  # a comma stands between arguments, too; what is escaped others turn back
    r"goroutine [0-9]{1,18} \[[^\]\n]{1,120}\]:"
    r"(?P<sign>[^\w\n\\]{0,3}(?:br|BR|LF|NL|CR|CRLF)\b[^\w\n\\]{1,4}|[^\w\n,\\\"'#^%&(]{1,8})(?=[A-Za-z_])"
)
_PLACE = re.compile(r"\.(?:go|s):[0-9]")


def without_signs(piece: Piece) -> Piece:
    """The piece with such lines taken apart; itself if it has none."""
    return piece if _SIGNED.search(piece.text) is None else rewritten(piece, _parts)


def _parts(lines: list[str], index: int) -> Written | None:
    line = lines[index]
    match = _SIGNED.search(line)
    if match is None or match["sign"].isspace():
        return None
    call_end = line.find(f"){match['sign']}", match.end())
    place = call_end + 1 + len(match["sign"])
    if call_end < 0 or _PLACE.search(line, place, min(place + LONGEST_PLACE, len(line))) is None:
        return None
    first, *parts = line.split(match["sign"])
    parts = [*_without_lead(first), *parts]
    return Written(parts, [0] * len(parts), 1)


def _without_lead(line: str) -> list[str]:
    """What a log says before a crash's headline, and the headline; a log's time belongs to it."""
    column = 0 if kind_of(line) else max(line.find(word) for word in HEADLINES)
    return [line[:column], line[column:]] if column > 0 else [line]
