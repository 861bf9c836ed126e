"""Decodes quoted-printable mails: `=09` is a tab, and a line that ends in `=` goes on in the next one.

Content-Transfer-Encoding: quoted-printable

goroutine 1 [running]:
main.main()
=09/src/main.go:5 +0x1d

The head of a mail, or of one of its parts, declares it. If the head was not pasted, every `=` must look encoded.
"""

import re
from array import array
from collections.abc import Iterator

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.rows import Rows

_USUAL = ("=\n", "=20\n", "=09", "=3D", "=0A")
_SPELLED = re.compile(r"=(?:[0-9A-F]{2}|\n)")
_SHORT = re.compile(r"(?m)^[^\n]{0,60}=$")  # only full lines are cut
_BYTE = re.compile(rb"=([0-9A-F]{2})")
_DECLARED = re.compile(r"[ \t]*content-transfer-encoding:[ \t]*quoted-printable[ \t]*", re.IGNORECASE)
_BOUNDARY = re.compile(r"\bboundary=\"?([^\s\";]{1,70})", re.IGNORECASE)
LONGEST_HEAD_LINE = 200


def without_quoted_printable(piece: Piece) -> Piece:
    """The piece decoded; the same piece if no head declares the encoding and some `=` is not encoded."""
    text = piece.text
    is_usual = any(spelled in text for spelled in _USUAL)
    if not is_usual and "uoted-" not in text:
        return piece
    rows = Rows.of(piece)
    heads = [index for index, line in enumerate(rows.lines) if _is_declared(line)]
    if heads:
        return _written(rows, _bodies(rows.lines, heads)).piece()
    if not is_usual or _SPELLED.subn("", text)[1] < text.count("=") or _SHORT.search(text):
        return piece
    return _written(rows, {0: len(rows.lines)}).piece()


def _is_declared(line: str) -> bool:
    return len(line) < LONGEST_HEAD_LINE and "-" in line and _DECLARED.fullmatch(line) is not None


def _bodies(lines: list[str], heads: list[int]) -> dict[int, int]:
    """The first line of the body behind each of these heads, and the line that ends it."""
    boundaries = {f"--{found[1]}" for line in lines if "oundary" in line for found in _BOUNDARY.finditer(line)}
    ends = [index for index, line in enumerate(lines) if line.removesuffix("--") in boundaries or line in boundaries]
    bodies: dict[int, int] = {}
    for head in heads:
        start = next((index for index in range(head, len(lines)) if not lines[index].strip()), len(lines))
        lines[head] = ""  # the result is no longer encoded
        bodies[start] = next((end for end in ends if end >= start), len(lines))
    return bodies


def _written(rows: Rows, bodies: dict[int, int]) -> Rows:
    """The rows with these bodies decoded."""
    lines: list[str] = []
    numbers = array("Q")
    index = 0
    for start, end in bodies.items():
        body = Rows(rows.lines[start:end], rows.numbers[start:end])
        lines += rows.lines[index:start]
        numbers.extend(rows.numbers[index:start])
        for line, number in _lines(body):
            lines.append(line)
            numbers.append(number)
        index = end
    numbers.extend(rows.numbers[index:])
    return Rows([*lines, *rows.lines[index:]], numbers, rows.ends_line)


def _lines(body: Rows) -> Iterator[tuple[str, int]]:
    """The decoded lines, each with the number of the encoded line in which it begins."""
    begun, first = b"", 0
    for line, number in zip(body.lines, body.numbers, strict=True):
        content = line.removesuffix("=").encode("utf-8", "surrogatepass")
        *whole, rest = _BYTE.sub(lambda byte: bytes([int(byte[1], 16)]), content).split(b"\n")
        first = first if begun else number
        for part in whole:
            yield _text(begun + part), first
            begun, first = b"", number
        begun += rest
        if not line.endswith("="):
            yield _text(begun), first
            begun = b""
    if begun:
        yield _text(begun), first


def _text(written: bytes) -> str:
    return written.removesuffix(b"\r").decode("utf-8", "surrogateescape")
