"""Writes a block for each goroutine where people or tools have merged goroutines with the same stack.

goroutine 51..53 [sync.Mutex.Lock]:
goroutines 59, 60 [select, 3 minutes]:
goroutine 461 [semacquire, 14 minutes]: 820 times: [461,...]
goroutine 461 [semacquire, 14 minutes]: 820 times: [[461, 872, (and so on, over some lines)
goroutine 5 [chan receive] x 3551:
goroutine 5 [chan receive] (+3550 more):
3551x goroutine 5 [chan receive]:
3551 goroutines [chan receive]:
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.own_forms import COUNTED, SEVERAL
from debugtext.unwrapping.lines.rows import Written, rewritten

MOST_IDS = 1000
"""A header that lists more ids than this stays as it is."""
MOST_LINES, MOST_CHARACTERS = 250_000, 16 << 20
"""How much may be written for one piece: a count of a few digits could ask for any number."""
LONGEST = 1 << 16
"""A longer line is no header, even one that lists all ids."""

_COUNTED = re.compile(
    r"goroutines?(?: (?:(?P<id>[0-9]{1,18})|[A-Z#?*]{1,12}|\.{3}))? (?P<state>\[[^\[\]\n]{1,99}\]):? ?\(?"
    r"(?:[x\u00d7] ?(?P<factor>[0-9]{1,6})|(?P<times>[0-9]{1,6}) (?:times|instances|goroutines)"
    r"|(?:\+|and )(?P<more>[0-9]{1,6}) (?:more|others?)|)"
    r"\)?(?:: \[{1,2}(?P<ids>[0-9, .\u2026]*)\]{0,2})?:?"
)
_MORE_IDS = re.compile(r"[ \t]*[0-9]{1,18}[0-9, .\u2026]*\]{0,2}[ \t]*")
_ANYWHERE = re.compile(
    r"oroutines? [0-9]{1,12}(?:[^0-9 \n]| (?:and|&) [0-9])"
    r"|\]:? ?\(?(?:[x\u00d7] ?[0-9]|(?:\+|and )?[0-9]{1,6} [tigmo])"
)


def with_single_ids(piece: Piece) -> Piece:
    """The piece with a block for each goroutine; the same piece if no header stands for several."""
    if _ANYWHERE.search(piece.text) is None and COUNTED.search(piece.text) is None:
        return piece
    return rewritten(piece, _Writer().written)


class _Writer:
    """Repeats blocks, as long as not too much is written."""

    def __init__(self) -> None:
        self._lines_left, self._characters_left = MOST_LINES, MOST_CHARACTERS

    def written(self, lines: list[str], index: int) -> Written | None:
        """The block that begins here, once for each of its goroutines; None if it stands for one."""
        line = lines[index].strip() if len(lines[index]) <= LONGEST else ""
        before = COUNTED.match(line)
        if before is None and not line.startswith("goroutine"):
            return None
        several, counted = SEVERAL.match(line), _COUNTED.fullmatch(line, before.end() if before else 0)
        times = _times(before, counted) if counted else 0
        if several is None and not times:
            return None
        end = _end_of_block(lines, index)
        size = sum(map(len, lines[index:end])) + end - index
        most = min(self._lines_left // (end - index), self._characters_left // size)
        first = _behind_ids(lines, index, end) if counted and counted["ids"] else index + 1
        below = " ".join(lines[index + 1 : first])
        headers = _headers(several, most) if several else _copies(counted, below, times, most) if counted else []
        blocks = [each for header in headers for each in (header, *lines[first:end])]
        self._lines_left -= len(blocks)
        self._characters_left -= size * len(headers)
        return Written(blocks, [0, *range(first - index, end - index)] * len(headers), end - index)


def _end_of_block(lines: list[str], index: int) -> int:
    """The index of the line behind the next blank line."""
    return next((at + 1 for at in range(index + 1, len(lines)) if not lines[at].strip()), len(lines))


def _behind_ids(lines: list[str], index: int, end: int) -> int:
    """The index of the line behind a header and its ids, which an editor may have wrapped over further lines."""
    last = lines[index]
    while index + 1 < end and not last.rstrip(": \t").endswith("]") and _MORE_IDS.fullmatch(lines[index + 1]):
        index += 1
        last = lines[index]
    return index + 1


def _headers(several: re.Match[str], most: int) -> list[str]:
    """A header for each id; only the line as it is, if the ids are too many."""
    ids: list[int] = []
    for part in re.split(r",? and |, ?| & ", several["ids"]):
        first, *last = map(int, re.findall("[0-9]+", part))
        ids += range(first, min(last[0] if last else first, first + MOST_IDS) + 1)
    if not ids or len(ids) > min(most, MOST_IDS):
        return [several.string]
    rest = several.string[several.end() :]
    return [f"goroutine {number} {several['state']}:{rest}" for number in ids]


def _times(before: re.Match[str] | None, counted: re.Match[str]) -> int:
    """How many goroutines a header stands for; 0 if it gives no number."""
    if counted["more"]:
        return int(counted["more"]) + 1
    return int(counted["factor"] or counted["times"] or (before and (before["times"] or before["bare"])) or 0)


def _copies(counted: re.Match[str], below: str, times: int, most: int) -> list[str]:
    """As many headers as the count says, with id 0 for those not listed; only the line itself if they are too many."""
    if times > most:
        return [counted.string]
    listed = dict.fromkeys((counted["id"] or "0", *re.findall("[0-9]{1,18}", f"{counted['ids']} {below}")))
    ids = [*listed, *("0" for _ in range(times))][:times]
    return [f"goroutine {number} {counted['state']}:" for number in ids]
