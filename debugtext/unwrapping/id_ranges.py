"""Writes a goroutine out for each id where people have put those of one stack together.

goroutine 51..53 [sync.Mutex.Lock]:
goroutines 59, 60 [select, 3 minutes]:
"""

import re

from debugtext.text import Piece
from debugtext.unwrapping.rows import Written, rewritten

MOST = 1000
LONGEST = 400

_RANGE = "[0-9]{1,12}(?:(?:\\.{2,3}|[…\u2013-])[0-9]{1,12})?"
SEVERAL = re.compile(
    rf"goroutines? (?P<ids>(?={_RANGE}[^0-9 ]|[0-9]{{1,12}} (?:and|&) ){_RANGE}"
    rf"(?:(?:, ?| and | & |, and ){_RANGE}){{0,40}}) ?(?P<state>\[[^\[\]\n]{{1,99}}\]):?"
)
_ANYWHERE = re.compile(r"oroutines? [0-9]{1,12}(?:[^0-9 \n]| (?:and|&) [0-9])")


def with_single_ids(piece: Piece) -> Piece:
    """The piece with a block for each goroutine; itself if ids stand alone."""
    if _ANYWHERE.search(piece.text) is None:
        return piece
    return rewritten(piece, _single)


def _single(lines: list[str], index: int) -> Written | None:
    """The block that begins here once for each of its ids; None if it is of one."""
    line = lines[index]
    match = SEVERAL.match(line) if len(line) <= LONGEST else None
    if match is None:
        return None
    end = _end_of_block(lines, index)
    headers = _headers(match)
    blocks = [each for header in headers for each in (header, *lines[index + 1 : end])]
    return Written(blocks, [*range(end - index)] * len(headers), end - index)


def _end_of_block(lines: list[str], index: int) -> int:
    """The index behind the next blank line."""
    return next((at + 1 for at in range(index + 1, len(lines)) if not lines[at].strip()), len(lines))


def _headers(several: re.Match[str]) -> list[str]:
    """A header for each id; the line as it is where they are too many."""
    ids: list[int] = []
    for part in re.split(r",? and |, ?| & ", several["ids"]):
        first, *last = map(int, re.findall("[0-9]+", part))
        ids += range(first, min(last[0] if last else first, first + MOST) + 1)
    if not ids or len(ids) > MOST:
        return [several.string]
    rest = several.string[several.end() :]
    return [f"goroutine {number} {several['state']}:{rest}" for number in ids]
