r"""Resolves the escapes of JSON, logfmt and Go's %q: `\n`, `\t`, `\"`, `\u003c`, `\x1b`."""

import re

_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_ESCAPE = re.compile(
    r"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})|u(?P<u4>[0-9a-fA-F]{4})"
    r"|U(?P<u8>[0-9a-fA-F]{8})|x(?P<x2>[0-9a-fA-F]{2})|(?P<one>.))",
    re.DOTALL,
)


def unescaped(text: str) -> str:
    """The text without its escapes."""
    if "\\" not in text:
        return text
    # the parts contain no escaped backslash: the three usual escapes can be replaced at once
    return "\\".join(_without_usual(part) for part in text.split("\\\\"))


def _without_usual(text: str) -> str:
    if "\\" not in text:
        return text
    text = text.replace("\\n", "\n").replace("\\t", "\t").replace('\\"', '"')
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    if escape["one"]:
        return _SIMPLE.get(escape["one"], escape["one"])
    if escape["high"]:
        return chr(0x10000 + ((int(escape["high"], 16) & 0x3FF) << 10) + (int(escape["low"], 16) & 0x3FF))
    code = int(escape["u4"] or escape["u8"] or escape["x2"], 16)
    return chr(code) if code < 0x110000 else "\ufffd"  # noqa: PLR2004 - the end of Unicode
