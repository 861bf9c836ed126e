r"""Removes what was meant for a terminal: colours, titles, marks of CI systems, carriage returns.

\x1b[31mgoroutine 1 [running]:\x1b[0m
\x1b[0Ksection_start:1700000000:run\r\x1b[0Kgoroutine 1 [running]:
"""

import re
from array import array

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.rows import numbers_of, piece_of

# ECMA-48: CSI sequences; OSC, APC, DCS, PM and SOS strings (Buildkite's `ESC _ bk;t=… BEL`); two-byte ones
CONTROL = re.compile(
    r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|[\]_P^X][^\x07\x1b\n]{0,4096}(?:\x07|\x1b\\)?|[ -/]{0,4}[0-~])"
)
_TYPED = re.compile(r"\^\[\[[0-9;]{0,20}[mK]|(?m:^\[[0-9;]{1,20}m)")  # ESC shown as ^[, or lost
_WRITTEN = re.compile(r"\\(?:u001[bB]|x1[bB]|033)\[[0-9;]{0,20}[mK]")  # escaped in a string
_BACKSPACED = re.compile(r"[^\n\x08]\x08")

_SECTION = re.compile(r"section_(?:start|end):[0-9]{1,20}:[^\s\[]{1,200}(?:\[[^\]\n]*\])?")  # GitLab's folds


def without_colours(piece: Piece) -> Piece:
    """The piece without control sequences; the same piece if it has none."""
    text = piece.text
    if "\x1b" in text:
        text = CONTROL.sub("", text)
    if "^[[" in text:
        text = _TYPED.sub("", text)
    if any(written in text for written in ("\\u001b[", "\\u001B[", "\\x1b[", "\\033[")):
        text = _WRITTEN.sub("", text)
    if "\x08" in text:
        text = _BACKSPACED.sub("", text)
    if "\r" in text:
        return _at_carriage_returns(Piece(text, piece.first_line, piece.line_numbers))
    return piece.with_text(text)


def _at_carriage_returns(piece: Piece) -> Piece:
    """The piece split at carriage returns, where a terminal overwrites the line; those at line ends are dropped."""
    numbers = array("Q")
    lines = []
    for line, number in zip(piece.text.split("\n"), (*numbers_of(piece), 0), strict=False):
        parts = [part for part in line.split("\r") if part and not _SECTION.fullmatch(part)]
        parts = parts or [""] * (not line.strip("\r"))
        lines += parts
        numbers.extend([number] * len(parts))
    if piece.text.endswith("\n"):
        numbers.pop()
    return piece_of("\n".join(lines), numbers, piece.first_line)
