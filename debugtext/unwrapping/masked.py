"""Puts something that can be read in the place of numbers that people have masked.

[Goroutine N in state select, with main.f on top of the stack:
    /src/main.go:33 +0xADDR
    /src/main.go:XXX
"""

import re

from debugtext.text import Piece

_MASK = r"(?:[A-Z#?*]{1,12}|\.{3}|…)"
_LEAKED = re.compile(rf"(?<=Goroutine ){_MASK}(?= in state )")
_HEADER = re.compile(rf"(?m)(?<=^goroutine ){_MASK}(?= \[[^\]\n]{{1,400}}\]:$)")
_LINE = re.compile(r"(?m)(?<=\.go:)(?:[A-Z]{1,8}|\.{3}|…|\?+)(?=(?: \+0x[0-9a-f]+)?$)")
_OFFSET = re.compile(r"(?m)(?<=:)([0-9]{1,9}) \+0x(?:\.{2,3}|…|[A-Zx?*]{1,8})$")


def unmasked(piece: Piece) -> Piece:
    """The piece with goroutines and lines of the number 0 and without masked offsets; itself if nothing is masked."""
    text = piece.text
    if "+0x" in text:
        text = _OFFSET.sub(r"\1", text)
    if ".go:" in text:
        text = _LINE.sub("0", text)
    if "oroutine " in text:
        text = _HEADER.sub("0", _LEAKED.sub("0", text))
    return piece.with_text(text)
