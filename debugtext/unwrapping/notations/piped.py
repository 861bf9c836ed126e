r"""Rewrites the escapes of TeamCity's messages, which begin with a bar, as usual ones with a backslash.

##teamcity[testStdOut name='TestX' out='goroutine 1 |[running|]:|n' flowId='1']
##teamcity[testFailed name='TestX' details='panic: can|'t|n|ngoroutine 1 |[running|]:|nmain.main()|n']
"""

import re
from itertools import islice

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import is_sure
from debugtext.unwrapping.notations.escapes import unescaped

MOST_LOOKED_AT = 200
LONGEST_LOOKED_AT = 4_000
_STRING = re.compile(r"(?<==)'([^'|\n]*(?:\|[^\n][^'|\n]*)*)'")
_ESCAPE = re.compile(r"\|(?:0x(?P<code>[0-9a-fA-F]{4})|(?P<sign>.))|\\")
_SPELLED = {"n": "\\n", "r": "\\r", "'": "\\'", "x": "\\u0085", "l": "\\u2028", "p": "\\u2029"}


def with_backslashes(piece: Piece) -> Piece:
    """The piece with usual escapes in its strings; itself if no string with bars holds a line of Go's."""
    text = piece.text
    if not any(sign in text for sign in ("|n", "|]")) or "='" not in text:
        return piece
    strings = (string[1] for string in _STRING.finditer(text) if "|" in string[1])
    if not any(map(_holds_go_line, islice(strings, MOST_LOOKED_AT))):
        return piece
    return piece.with_text(_STRING.sub(lambda string: f"'{_escaped(string[1])}'", text))


def _holds_go_line(content: str) -> bool:
    """Whether a string holds a line of Go's once its escapes are resolved."""
    lines = unescaped(_escaped(content[:LONGEST_LOOKED_AT])).split("\n")
    return any(map(is_sure, lines))


def _escaped(content: str) -> str:
    return _ESCAPE.sub(_backslashed, content)


def _backslashed(escape: re.Match[str]) -> str:
    if escape["code"]:
        return f"\\u{escape['code']}"
    sign = escape["sign"]
    return _SPELLED.get(sign, sign) if sign else "\\\\"
