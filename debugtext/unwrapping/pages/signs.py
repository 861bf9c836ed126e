"""Restores the signs that Go prints, where word processors, web pages and keyboards of other scripts have others.

These are spaces of other widths or none (escaped in JSON, too), one sign for three dots, wide brackets and colons.
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import CALL, CRASH, is_sure, token_of

_ODD_BLANKS = str.maketrans(
    {
        **dict.fromkeys("\xa0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "),
        **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\xad"),
    }
)
# word processors replace three dots by one sign
_DOTS = re.compile(r"[(\[]\u2026[)\]]|^\u2026(?=[0-9a-z ]{1,24}frames elided)|(?<= frames elided)\u2026$", re.MULTILINE)
_WIDE = str.maketrans("［］【】：，（）｛｝＝", "[][]:,(){}=")  # noqa: RUF001
_WIDE_ONES = "\uff1a\uff08\uff3b\u3010"
_WIDE_AFTER = re.compile(r"(?<=[:,])(?=[^ \n])")
_HEADER = re.compile(r"goroutine [0-9]{1,18}[^\[\n［【]{0,80}[\[［【][^\]\n］】]{1,120}[\]］】][:：]?")  # noqa: RUF001
_WITH_WIDE = re.compile(f"(?m)^[^\n]*[{_WIDE_ONES}][^\n]*$")
_WRITTEN_BLANKS = ("goroutine\\u00a0", "profile:\\u00a0", "\\u00a0+0x")
_LABELS = re.compile(r"(?m)^[ \t>]*# labels: [^\n]*[\u201c\u201d][^\n]*$")
_CURLY = str.maketrans("\u201c\u201d", '""')


def with_signs(piece: Piece) -> Piece:
    """The piece with Go's signs; the same piece if it has no others."""
    text = piece.text
    if any(written in text for written in _WRITTEN_BLANKS):
        text = text.replace("\\u00a0", " ")
    if text.isascii():
        return piece.with_text(text)
    if any(chr(odd) in text for odd in _ODD_BLANKS):
        text = text.translate(_ODD_BLANKS)
    if "\u2026" in text:
        text = _DOTS.sub(lambda dots: dots[0].replace("\u2026", "..."), text)
    if "goroutine " in text:
        text = _HEADER.sub(_header, text)
    if any(wide in text for wide in _WIDE_ONES):
        text = _WITH_WIDE.sub(_narrow, text)
    if "# labels: " in text:
        text = _LABELS.sub(lambda labels: labels[0].translate(_CURLY), text)
    return piece.with_text(text)


def _narrow(line: re.Match[str]) -> str:
    """The line with narrow signs, if it is one of Go's or becomes ASCII by that; any other line as it is."""
    narrow = line[0].replace("\uff0c", ", ").translate(_WIDE)
    for printed in (narrow, line[0].replace("\uff1a", ": ").replace("\uff0c", ", ").translate(_WIDE)):
        if is_sure(printed) or token_of(printed.strip()) in (CALL, CRASH):
            return printed
    return narrow if narrow.isascii() else line[0]


def _header(header: re.Match[str]) -> str:
    """A header with narrow signs for wide ones."""
    found = header[0]
    if found.isascii():
        return found
    narrow = found.translate(_WIDE)
    if narrow == found:
        return found
    start, bracket, state = narrow.partition("[")
    state = _WIDE_AFTER.sub(" ", state) if "，" in found else state  # noqa: RUF001
    return f"{start.rstrip()} {bracket}{state}"
