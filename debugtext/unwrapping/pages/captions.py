"""Drops a header that somebody has repeated as a caption above the goroutine.

<details><summary>goroutine 115 [semacquire, 5611 minutes]</summary>

goroutine 115 [semacquire, 5611 minutes]:
main.main()
"""

import re

from debugtext.pieces.text import Piece

# Go ends a header with a colon
_CAPTION = re.compile(r"(?m)^[ \t]{0,8}(goroutine [0-9]{1,18} \[[^\]\n]{1,120}\])[ \t]{0,8}$(?=\s{1,20}\1:)")


def without_captions(piece: Piece) -> Piece:
    """The piece with such headers replaced by empty lines; the same piece if it has none."""
    text = _CAPTION.sub("", piece.text)
    return piece.with_text(text)
