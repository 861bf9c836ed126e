"""Takes apart lines in which a sign stands wherever a line has ended: a bar, an arrow, `<br>`, whatever others write.

    panic: boom | | goroutine 1 [running]: | main.main() | /src/main.go:5 +0x1d
    goroutine profile: total 2⏎2 @ 0x43a6c5⏎#	0x43a6c4	main.main+0x25	/src/main.go:41

What the sign is tells a heading and the call behind it, which a location behind the call has to prove; or a frame.
"""

import re

from debugtext.formats._crash_lines import terminal_of
from debugtext.text import Piece
from debugtext.unwrapping.lines.plain_headlines import HEADLINES
from debugtext.unwrapping.lines.rows import Written, rewritten

LONGEST_PLACE = 400

# a comma stands between arguments, too; what is escaped others turn back
_SIGN = r"(?:[^\w\n\\]{0,3}(?:br|BR|LF|NL|CR|CRLF)\b[^\w\n\\]{1,4}|[^\w\n,\\\"'#^%&(]{1,8})"
_SIGNED = re.compile(
    rf"(?:goroutine [0-9]{{1,18}} \[[^\]\n]{{1,120}}\]:(?P<sign>{_SIGN})(?=[A-Za-z_]))"
    rf"|WARNING: DATA RACE(?P<race_sign>{_SIGN})(?=(?:Previous )?(?:[Rr]ead|[Ww]rite) at 0x)"
    rf"|@(?: 0x[0-9a-f]{{1,16}})+(?P<frame_sign>{_SIGN})(?=#[ \t]{{1,8}}(?:0x[0-9a-f]{{1,16}}[ \t]|labels: ))"
)
_PLACE = re.compile(r"\.(?:go|s):[0-9]")


def without_signs(piece: Piece) -> Piece:
    """The piece with such lines taken apart; itself if it has none."""
    return piece if _SIGNED.search(piece.text) is None else rewritten(piece, _parts)


def _parts(lines: list[str], index: int) -> Written | None:
    line = lines[index]
    match = _SIGNED.search(line)
    sign = match[match.lastgroup or 0] if match else ""
    if match is None or sign.isspace() or not (match["frame_sign"] or _has_place(line, match.end(), sign)):
        return None
    first, *parts = line.split(sign)
    parts = [*_without_lead(first), *parts]
    return Written(parts, [0] * len(parts), 1)


def _has_place(line: str, start: int, sign: str) -> bool:
    """Whether a call ends behind this place, and its location follows behind the sign."""
    call_end = line.find(f"){sign}", start)
    place = call_end + 1 + len(sign)
    return call_end >= 0 and _PLACE.search(line, place, min(place + LONGEST_PLACE, len(line))) is not None


def _without_lead(line: str) -> list[str]:
    """What a log says before a crash's headline, and the headline; a log's time belongs to it."""
    column = 0 if terminal_of(line) else max(line.find(word) for word in HEADLINES)
    return [line[:column], line[column:]] if column > 0 else [line]
