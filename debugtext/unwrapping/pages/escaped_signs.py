r"""Removes the backslashes that converters put before signs with a meaning in Markdown.

goroutine 18 \[chan receive\]:
main.(\*Ledger).Post(0xc000012345)
        /src/ledger\_test.go:32 +0x7b
"""

import re

from debugtext.pieces.text import Piece

_SHOWN = re.compile(  # Go itself prints none of these
    r"goroutine [0-9]{1,18} \\\[|\(\\\*\w|\\\[ ?Goroutine [0-9]"
    r"|\\#[ \t]0x[0-9a-f]|: [0-9]{1,18} \\\[[0-9]{1,18}: |\\# \w{1,40} = [0-9\\]"
)
_ESCAPED = re.compile(r"(?m)^[^\\\n]*(?:\\[!#-/:-@\[-`{-~][^\\\n]*)+$")
"""A line in which every backslash stands before a sign; in Windows paths, some stand before letters."""
_BACKSLASH = re.compile(r"\\(.)")


def without_escaped_signs(piece: Piece) -> Piece:
    """The piece without such backslashes; the same piece if none is in a line of Go's."""
    text = piece.text
    if "\\" not in text or _SHOWN.search(text) is None:
        return piece
    return piece.with_text(_ESCAPED.sub(lambda line: _BACKSLASH.sub(r"\1", line[0]), text))
