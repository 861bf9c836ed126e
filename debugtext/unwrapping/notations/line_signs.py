"""Splits lines in which a sign stands for each line end: a bar, an arrow, `<br>`, or anything else.

    panic: boom | | goroutine 1 [running]: | main.main() | /src/main.go:5 +0x1d
    goroutine profile: total 2⏎2 @ 0x43a6c5⏎#	0x43a6c4	main.main+0x25	/src/main.go:41

The sign is what stands between a header and its first call, if a location follows the call; or before a frame.
"""

import re

from debugtext.formats.crash_lines import terminal_of
from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.plain_headlines import HEADLINES
from debugtext.unwrapping.lines.rows import Written, rewritten

LONGEST_PLACE = 400

# no comma, which stands between arguments, too; no backslash: escapes are resolved elsewhere
_SIGN = r"(?:[^\w\n\\]{0,3}(?:br|BR|LF|NL|CR|CRLF)\b[^\w\n\\]{1,4}|[^\w\n,\\\"'#^%&(]{1,8})"
_SIGNED = re.compile(
    rf"(?:goroutine [0-9]{{1,18}} \[[^\]\n]{{1,120}}\]:(?P<sign>{_SIGN})(?=[A-Za-z_]))"
    rf"|WARNING: DATA RACE(?P<race_sign>{_SIGN})(?=(?:Previous )?(?:[Rr]ead|[Ww]rite) at 0x)"
    rf"|@(?: 0x[0-9a-f]{{1,16}})+(?P<frame_sign>{_SIGN})(?=#[ \t]{{1,8}}(?:0x[0-9a-f]{{1,16}}[ \t]|labels: ))"
)
_PLACE = re.compile(r"\.(?:go|s):[0-9]")


def without_signs(piece: Piece) -> Piece:
    """The piece with such lines split; the same piece if it has none."""
    return piece if _SIGNED.search(piece.text) is None else rewritten(piece, _parts)


def _parts(lines: list[str], index: int) -> Written | None:
    """The lines that this line holds; None if no sign separates them."""
    line = lines[index]
    match = _SIGNED.search(line)
    sign = match[match.lastgroup or 0] if match else ""
    if match is None or sign.isspace() or not (match["frame_sign"] or _has_place(line, match.end(), sign)):
        return None
    first, *parts = line.split(sign)
    parts = [*_without_lead(first), *parts]
    return Written(parts, [0] * len(parts), 1)


def _has_place(line: str, start: int, sign: str) -> bool:
    """Whether a call ends behind `start`, and its location follows behind the sign."""
    call_end = line.find(f"){sign}", start)
    place = call_end + 1 + len(sign)
    return call_end >= 0 and _PLACE.search(line, place, min(place + LONGEST_PLACE, len(line))) is not None


def _without_lead(line: str) -> list[str]:
    """A log's words before a crash's headline, and the headline; the time of package log stays with it."""
    column = 0 if terminal_of(line) else max(line.find(word) for word in HEADLINES)
    return [line[:column], line[column:]] if column > 0 else [line]
