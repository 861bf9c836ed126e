r"""Undoes what web pages and editors do to single words: removes links and pictures, restores written tabs.

/src/testing.go:2373 +0x[21](https://github.com/o/r/actions/runs/1/job/2#step:6:22)d
[shop.(*Cart).Put(0x1](http://shop.(*Cart).Put(0x1)?)
goroutine 8 [sleep]: ![1](img/1.png)
#011/usr/local/go/src/context/context.go:259 +0x51d
\t/src/main.go:5 +0x1d
"""

import re
from itertools import islice

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import FRAME, PLACE, token_of
from debugtext.unwrapping.lines.shapes import as_printed

MOST_LOOKED_AT = 100

_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(https?://[^()\s]{0,2000}\)")
# a function's name that was taken for an address
_NAME_LINK = re.compile(r"\[([^\[\]\n]{1,400})\]\(https?://\1\)")
_IMAGE = re.compile(r"[ \t]?!\[[^\[\]\n]{0,200}\]\([^()\s]{1,2000}\)")
_VISIBLE_TABS = ("#011", "^I", "␉", "→\t")
# as editors show tabs
_DRAWN_TABS = re.compile(r"(?m)^#?(?:→|»|>-{1,7})[^\n]{0,4000}$")
_DRAWN_TAB = re.compile(r"(?:→|»|>-{1,7}) *")
_WRITTEN_TAB = re.compile(r"\\t|\\x09|<0x09>")
# only at a line's beginning and behind a frame's cells: elsewhere, `\t` may be part of a Windows path
_WRITTEN_TABS = re.compile(rf"(?m)^#?(?:{_WRITTEN_TAB.pattern})+[^\n]*$")
_CELL_END = re.compile(rf"(?:^#|(?<=[t9>])0x[0-9a-f]{{1,16}}|\+0x[0-9a-f]{{1,16}}|^)(?:{_WRITTEN_TAB.pattern})+")


def without_links(piece: Piece) -> Piece:
    """The piece with the texts of links, without pictures, and with tabs; the same piece if it has none of these."""
    text = piece.text
    if "](http" in text:
        text = _LINK.sub(r"\1", _NAME_LINK.sub(r"\1", text))
    if "![" in text:
        text = _IMAGE.sub("", text)
    for spelled in _VISIBLE_TABS:
        if spelled in text:
            text = text.replace(spelled, "\t")
    if any(drawn in text for drawn in ("\n→", "\n»", "\n>-", "\n#→", "\n#»", "\n#>-")):
        text = _DRAWN_TABS.sub(_with_drawn_tabs, text)
    if any(written in text for written in ("\n\\t", "\n#\\t", "\n\\x09", "\n#\\x09", "<0x09>")):
        tabbed = map(_with_written_tabs, islice(_WRITTEN_TABS.finditer(text), MOST_LOOKED_AT))
        if any(token_of(line) in (PLACE, FRAME) for line in tabbed):
            text = _WRITTEN_TABS.sub(_with_written_tabs, text)
    return piece.with_text(text)


def _with_written_tabs(line: re.Match[str]) -> str:
    """A line with real tabs; the lines of a panic's message may have some, too."""
    return _CELL_END.sub(lambda cell: _WRITTEN_TAB.sub("\t", cell[0]), line[0])


def _with_drawn_tabs(line: re.Match[str]) -> str:
    """A location or a frame with real tabs; any other line as it is."""
    tabbed = _DRAWN_TAB.sub("\t", line[0])
    return tabbed if token_of(tabbed) or as_printed(tabbed, FRAME) else line[0]
