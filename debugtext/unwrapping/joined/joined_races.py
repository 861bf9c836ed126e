"""Splits a report of the race detector that somebody has put on one line, perhaps with remarks between its parts.

main.go==================WARNING: DATA RACE //look Write at 0x00c0 by goroutine 7:  main.put() /src/main.go:9 +0x62
"""

import re

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.rows import Written, rewritten

LONGEST_FRAME = 2000

_BY = r"by (?:main goroutine|goroutine [0-9]{1,20}):"
_ACCESS = rf"(?:Previous (?:read|write)|Read|Write)(?: at 0x[0-9a-f]{{1,16}})? {_BY}"
_CREATION = r"Goroutine [0-9]{1,20} \((?:running|finished)\) created at:"
_END = r"={18}|Found [0-9]{1,9} data race\(s\)|exit status [0-9]{1,9}"
_HEADING = re.compile(rf"(?P<part>{_ACCESS}|{_CREATION})|WARNING: DATA RACE|{_END}")
_WITH_FRAME = re.compile(rf"(?m)^(?>[^\n]*?{_ACCESS})[^\n]*?:[0-9]{{1,9}} \+0x[0-9a-f]")
_PLACE_END = re.compile(r":[0-9]{1,9} \+0x[0-9a-f]{1,16}")


def with_races_apart(piece: Piece) -> Piece:
    """The piece with such reports as Go prints them; the same piece if it has none."""
    return rewritten(piece, _report) if _is_joined(piece.text) else piece


def _is_joined(text: str) -> bool:
    return " by " in text and " +0x" in text and _WITH_FRAME.search(text) is not None


def _report(lines: list[str], index: int) -> Written | None:
    """The lines of the report on this line; None if there is none."""
    line = lines[index]
    if not _is_joined(line):
        return None
    headings = [*_HEADING.finditer(line)]
    ends = [*(heading.start() for heading in headings[1:]), len(line)]
    written = [line[: headings[0].start()]] if line[: headings[0].start()].strip() else []
    for heading, end in zip(headings, ends, strict=True):
        is_first = not written or written[-1] == "WARNING: DATA RACE"
        written += ["", heading[0]] if heading["part"] and not is_first else [heading[0]]
        if heading["part"]:
            written += _frames(line, heading.end(), end)
    return Written(written, [0] * len(written), 1)


def _frames(line: str, start: int, end: int) -> list[str]:
    """The frames in a part of a line: for each a line with its function and a line with its location."""
    found: list[str] = []
    for place_end in _PLACE_END.finditer(line, start, end):
        begin = max(start, place_end.start() - LONGEST_FRAME)
        cut = 1 + max(line.rfind(sign, begin, place_end.start()) for sign in (" ", "\t", ")"))
        words = line[start : max(cut, start)].split()
        if words and "." in words[-1]:
            found += [f"  {words[-1].removesuffix('()')}()", f"      {line[cut : place_end.end()]}"]
        start = place_end.end()
    return found
