"""Removes the marks that chats, tickets and pages put around a block, on lines of their own or glued to its ends.

```goroutine 1 [running]:
main.main()
    /src/main.go:5 +0x1d```
trace := `fatal error: all goroutines are asleep - deadlock!
{code:title=dump}
goroutine 1 [running]:
{code}
"""

import re

from debugtext.pieces.text import Piece

_MARKS = ("```", "~~~", "code", "noformat", "CDATA[", "]]>")
_FENCE = (
    r"(?:`{3,8}|~{3,8}|\{(?:code|noformat)(?:[:|][^{}\n]{0,200})?\}|\[/?code(?:=[^\[\]\n]{0,80})?\]"
    r"|<!\[CDATA\[|\]\]>)"
)
# in Markdown, the name of a language may follow the fence
_ALONE = re.compile(rf"(?m)^[ \t]*{_FENCE}[ \t]*(?:[\w+#.=-]{{0,40}}[ \t]*|[^\n`{{}}\[\]():]{{0,80}})$")
_BEGINNING = (
    r"(?:goroutine |heap profile: |panic: |fatal error: |--- |runtime: |SIG|\w+ profile: |[0-9]{4}/"
    r"|POTENTIAL DEADLOCK:|[\[ *]{0,2}Goroutine [0-9]|[0-9]{1,9}: [a-zA-Z ]{1,40}[\[\n]|Type: \w+\n|Showing nodes )"
)
_BEFORE = re.compile(rf"(?m)^([^\n]{{0,200}}?){_FENCE}[ \t]{{0,8}}(?={_BEGINNING})")
_FIRST = r"(?:goroutine (?:[0-9]{1,18} \[|profile: )|panic: |fatal error: |POTENTIAL DEADLOCK:)"
# a quotation that ends on the same line is prose; in source code, the name of a variable stands before the quote
_QUOTE = re.compile(rf"(?m)^(?:[^\n'\"`]{{0,80}}[ =:(,{{])?(['\"`\u2018\u201c])(?={_FIRST})(?![^\n]*\1)")
# in Markdown, only the first line of a quoted paragraph needs the sign
_QUOTED_ONCE = re.compile(rf"(?m)^> ?(?={_FIRST}[^\n]*\n(?!>))")
_BEHIND = re.compile(rf"(?m)(?<=\S){_FENCE}[^\n`{{}}\[\]]{{0,200}}$")


def without_fences(piece: Piece) -> Piece:
    """The piece without such marks, whose lines stay as empty ones; the same piece if it has none."""
    text = piece.text
    if _QUOTE.search(text) or _QUOTED_ONCE.search(text):
        text = _QUOTED_ONCE.sub("", _QUOTE.sub("", text))
    elif not any(mark in text for mark in _MARKS):
        return piece
    text = _BEFORE.sub("", text)
    text = _ALONE.sub("", text)
    text = _BEHIND.sub("", text)
    return piece.with_text(text)
