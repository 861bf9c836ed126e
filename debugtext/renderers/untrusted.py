r"""Makes text from a dump safe to show: control characters become visible escapes. Only this module does it.

A function name, a panic message or a label may hold anything: terminal escapes (C0, DEL, C1), characters that turn the
direction of writing (Unicode TR #36), line separators, bytes that are not UTF-8. Shown raw, they could clear the screen
or make one line look like another.
"""

import re

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_DIRECTIONS_AND_SEPARATORS = "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
_SURROGATES = "\ud800-\udfff"
_TAB_AND_NEWLINE = "\t\n"
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
_UNSAFE_IN_LINE = re.compile(f"[{_TAB_AND_NEWLINE}{_CONTROLS}{_DIRECTIONS_AND_SEPARATORS}{_SURROGATES}]")
_UNSAFE_IN_JSON = re.compile(f"[\x7f-\x9f{_DIRECTIONS_AND_SEPARATORS}{_SURROGATES}]")


def one_line(text: str) -> str:
    r"""The text on one line with every unsafe character as an escape: `\x1b`, `\n`, `\u202e`; `\xff` for a bad byte."""
    return _UNSAFE_IN_LINE.sub(_escape, text)


def cell(text: str) -> str:
    """The text on one line, with a quote in front if a spreadsheet would take it for a formula (OWASP, CSV injection).

    Spreadsheets skip spaces before the formula's sign, and some take the full-width form of the sign as well.
    """
    safe = one_line(text)
    return f"'{safe}" if safe.lstrip().startswith(_FORMULA) else safe


def lines(text: str) -> list[str]:
    """The lines of a text of several lines, each of them safe; tabs become spaces."""
    return [one_line(line.expandtabs(4)) for line in text.split("\n")]


def json_text(dumped: str) -> str:
    r"""Dumped JSON that is safe on a terminal: unsafe characters as JSON's own escapes, a bad byte as `\\xff`.

    The byte's lone surrogate `\udcff` cannot be written as UTF-8, and several readers refuse the escape of it.
    """
    return _UNSAFE_IN_JSON.sub(_escape_json, dumped)


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    if 0xDC80 <= number <= 0xDCFF:  # noqa: PLR2004 - PEP 383: a byte that is no UTF-8
        return f"\\x{number - 0xDC00:02x}"
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(match[0]) or (
        f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"  # noqa: PLR2004
    )


def _escape_json(match: re.Match[str]) -> str:
    number = ord(match[0])
    if 0xDC80 <= number <= 0xDCFF:  # noqa: PLR2004
        return f"\\\\x{number - 0xDC00:02x}"
    return f"\\\\u{number:04x}" if 0xD800 <= number <= 0xDFFF else f"\\u{number:04x}"  # noqa: PLR2004
