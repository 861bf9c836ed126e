"""Decodes dumps that are written as base64 (with gzip, too), hexadecimal or decimal numbers, or as part of a URL.

    stack: Z29yb3V0aW5lIDEgW3J1bm5pbmddOgptYWluLm1haW4oKQo=
    log.Println(debug.Stack()) prints [103 111 114 111 117 116 105 110 101 32 49]
    text=goroutine%201%20%5Brunning%5D%3A%0Amain.main%28%29

An encoded dump is found by what "routine" and "runtime" look like in each encoding. Searching takes time. So only the
beginning of an input is searched for all of them; behind it for fewer, and only in a limited number of pieces.
"""

import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from debugtext.pieces.stems import lacks
from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.anchors import NEEDLES
from debugtext.unwrapping.lines.rows import numbers_of, piece_of
from debugtext.unwrapping.notations.unpacked import from_base64, from_decimal, from_hexadecimal, from_url

SEARCHED = 1 << 21
"""How many characters of an input are searched for all encodings."""
SEARCHED_BEHIND = 64 << 20
"""How many characters behind those are decoded, of pieces that seem to hold an encoded dump."""
MOST_RUNS = 1000
MOST_DECODED = 64 << 20
"""No more is decoded of one piece, so that packed data cannot fill the memory."""


@dataclass(frozen=True, slots=True)
class _Notation:
    """An encoding: `needles` are words of Go's in it, `run` matches a whole encoded text."""

    needles: tuple[str, ...]
    run: re.Pattern[str]
    decoded: Callable[[str], str]


_BEHIND = (("cm91dGluZ", "JvdXRpbm", "b3V0aW5l", "H4sI"), ("726f7574696e65",), (), ("goroutine%20",))
"""The needles for each encoding far behind; decimal bytes are printed to a terminal, and hardly ever logged."""
_LETTERS = "[A-Za-z0-9+/_-]"
_NOTATIONS = (
    _Notation(  # a word has three spellings, by its place in a group of four letters; H4sI begins what gzip packed
        ("cm91dGluZ", "JvdXRpbm", "b3V0aW5l", "cnVudGltZ", "J1bnRpbW", "ydW50aW1l", "H4sI"),
        re.compile(rf"{_LETTERS}{{40,}}(?:\n[ \t]{{0,40}}{_LETTERS}{{40,}})*(?:\n[ \t]{{0,40}}{_LETTERS}{{1,100}})?=*"),
        from_base64,
    ),
    _Notation(
        ("726f7574696e65", "72756e74696d65"),
        re.compile(r"(?:[0-9a-f]{2}){20,}(?:\n[ \t]{0,40}(?:[0-9a-f]{2}){20,})*(?:\n[ \t]{0,40}(?:[0-9a-f]{2})+)?"),
        from_hexadecimal,
    ),
    _Notation(
        (
            *("117 116 105 110 101", "117,116,105,110,101", "117, 116, 105, 110, 101"),  # utine
            *("110 116 105 109 101", "110,116,105,109,101", "110, 116, 105, 109, 101"),  # ntime
        ),
        re.compile(r"[0-9]{1,3}(?:(?:, ?|[ \n])[0-9]{1,3}){20,}"),
        from_decimal,
    ),
    # only the beginning of a word can begin an encoded text
    _Notation(("%0A", "%0a"), re.compile(r"(?<![^\s\"'<>&?=])[^\s\"'<>&?=]*%0[Aa][^\s\"'<>&?]*"), from_url),
)
_ELSEWHERE = (
    *("goroutine=20", "profile:=20", "=20+0x"),
    *("goroutine\\u00a0", "profile:\\u00a0", "\\u00a0+0x"),
)
"""Needles of encodings that other steps decode: mails and strings in which all spaces are written out."""


def may_hold_dump(text: str) -> bool:
    """Whether encoded words of Go's are in a text."""
    needles = (*_ELSEWHERE, *(needle for notation in _NOTATIONS for needle in notation.needles))
    return any(not lacks(text, needle) and needle in text for needle in needles)


def may_hold_dump_behind(text: str) -> bool:
    """Whether one of the fewer needles is in a text that are searched for far behind in an input."""
    return any(not lacks(text, needle) and needle in text for needles in _BEHIND for needle in needles)


class Encoded:
    """Decodes the dumps of one input, and counts how much of it was searched."""

    def __init__(self) -> None:
        self._left = SEARCHED
        self._left_behind = SEARCHED_BEHIND

    def shows(self, text: str) -> bool:
        """Whether a text without needles may hold an encoded dump."""
        if any(needle in text for needle in NEEDLES):
            return False
        return may_hold_dump(text) if self._left > 0 else self._left_behind > 0 and may_hold_dump_behind(text)

    def take_out(self, piece: Piece) -> Piece:
        """The piece with its encoded dumps decoded, on lines of their own; the same piece if it has none."""
        if "&#" in piece.text:  # the entities of a page are removed first
            return piece
        if self._left > 0:
            shown = [notation.needles for notation in _NOTATIONS]
        elif self._left_behind > 0 and may_hold_dump_behind(piece.text):
            self._left_behind -= len(piece.text)
            shown = [*_BEHIND]
        else:
            return piece
        self._left -= len(piece.text)
        for notation, needles in zip(_NOTATIONS, shown, strict=True):
            if any(needle in piece.text for needle in needles):
                piece = _decoded(piece, list(_runs(piece.text, notation)))
        return piece


def _runs(text: str, notation: _Notation) -> Iterator[tuple[int, int, str]]:
    """The start, the end and the decoded text of each encoded dump."""
    count = size = 0
    for match in notation.run.finditer(text):
        if count >= MOST_RUNS or size > MOST_DECODED:
            break
        if not any(text.find(needle, match.start(), match.end()) >= 0 for needle in notation.needles):
            continue
        count += 1
        decoded = notation.decoded(match[0])
        size += len(decoded)
        if any(needle in decoded for needle in NEEDLES):
            yield match.start(), match.end(), decoded


def _decoded(piece: Piece, runs: list[tuple[int, int, str]]) -> Piece:
    """The piece with the decoded texts in place of the encoded ones."""
    if not runs:
        return piece
    numbers = numbers_of(piece)
    text, position, line = piece.text, 0, 0
    parts: list[str] = []
    made = array("Q")
    for start, end, decoded in runs:
        before = text[position:start]
        first = line + before.count("\n")
        lines, last = decoded.count("\n") + 1, first + text.count("\n", start, end)
        made.extend(numbers[line : first + 1])
        made.extend(numbers[first + (last - first) * index // lines] for index in range(lines))
        parts += [before, "\n", decoded, "\n"]
        position, line = end, last
    made.extend(numbers[line:])
    return piece_of("".join(parts) + text[position:], made)
