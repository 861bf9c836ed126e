"""Replaces numbers that people have masked by ones that can be read.

goroutine 7 gp=... m=3 mp=0xREDACTED [select]:
[Goroutine N in state select, with main.f on top of the stack:
    /src/main.go:33 +0xADDR
    /src/main.go:XXX
    /src/main.go:12 0x4af

1234 @ 0x... 0x7ff7... (blocked on chan receive)
#   0x...   main.leak+0x...   /src/main.go:23
20 @ ... main.leak.func1 ... main.go:31
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.plain import MASKED_GP

_MASK = r"(?:[A-Z#?*]{1,12}|\.{3}|…)"
_LEAKED = re.compile(rf"(?<=Goroutine ){_MASK}(?= in state )")
_HEADER = re.compile(rf"(?m)(?<=^goroutine ){_MASK}(?= \[[^\]\n]{{1,400}}\]:$)")
_GP = re.compile(rf"(?m)^({MASKED_GP.pattern})(?:(?:gp|mp?)=[^\s\[\]]{{1,40}} ){{1,3}}(?=\[[^\]\n]{{1,400}}\][^\n]*:$)")
_LINE = re.compile(r"(?m)(?<=\.go:)(?:[A-Z]{1,8}|\.{3}|…|\?+)(?=(?: \+0x[0-9a-f]+)?$)")
_OFFSET = re.compile(r"(?m)(?<=:)([0-9]{1,9}) \+0x(?:\.{2,3}|…|[A-Zx?*]{1,8})$")
_WITHOUT_SIGN = re.compile(r"(?m)(\.(?:go|s):[0-9]{1,9}) (0x[0-9a-f]{1,6})$")
_LEFT_OUT = r"(?:0x[0-9a-f]{0,16})?(?:\.{2,3}|…)"
_SAMPLE = re.compile(
    rf"(?m)^(?P<sample>[^\n@]{{0,80}}[0-9\]] ?@(?: 0x[0-9a-f]{{1,16}})*)(?: {_LEFT_OUT})+(?P<rest>[^\n]{{0,1000}})$"
    r"(?=(?P<frames>\n[ \t]*#)?)"
)
_NAMED = re.compile(r"(?m)^[ \t]*#[ \t]*(0x[0-9a-f]{1,16})[ \t]+([A-Za-z_][^\s+.]*\.[^\s+]*)[ \t]*$")
_FRAME = re.compile(rf"(?m)^([ \t]*#[ \t]*){_LEFT_OUT}([ \t]+)(?=[A-Za-z_])")
_DISTANCE = re.compile(r"(?m)(?<=[\w)])\+0x(?:\.{2,3}|…)(?=[ \t]|$)")
_BETWEEN = re.compile(r" (?:\.{3}|…) ")
_NAME = re.compile(r"[ \t]+[A-Za-z_][\w/-]*\.[\w./*()-]*\w")
_REMARK = re.compile(r"[ \t]*(?:\([^\n]*|[←<#/—-][^\n]*)?")


def unmasked(piece: Piece) -> Piece:
    """The piece with 0 for masked ids and line numbers, and without masked offsets; itself if nothing is masked."""
    text = piece.text
    if "+0x" in text:
        text = _OFFSET.sub(r"\1", text)
    if ".go:" in text:
        text = _WITHOUT_SIGN.sub(r"\1 +\2", _LINE.sub("0", text))
    if "oroutine " in text:
        text = _HEADER.sub("0", _LEAKED.sub("0", text))
    if " gp=" in text:
        text = _GP.sub(r"\1", text)
    if "@ " in text and (".." in text or "…" in text):
        samples = _SAMPLE.sub(_sample, _DISTANCE.sub("+0x0", text))
        text = _NAMED.sub(r"#\t\1\t\2+0x0", _FRAME.sub(r"\g<1>0x0\2", samples)) if samples != text else text
    return piece.with_text(text)


def _sample(match: re.Match[str]) -> str:
    """A sample without the masked addresses, or the remark in their place; a name in their place is its only frame."""
    rest = _BETWEEN.sub(" ", match["rest"])
    if match["frames"] or _REMARK.fullmatch(rest):
        return match["sample"]
    return f"{match['sample']}{rest}{'()' if _NAME.fullmatch(rest) else ''}"
