"""A frame, a creator or a gap, of the lines that a traceback prints for it."""

import re
from sys import intern

from debugtext.formats._goroutine import hexadecimal, line_of
from debugtext.formats._stack_lines import unescape
from debugtext.records.frames import Elision, Frame


def frame_of(call: str, location: str) -> Frame:
    r"""The frame of a CALL and a LOCATION of the grammar, each with its "\n"."""
    made, place = matched_line("CALL", call), matched_line("LOCATION", location)
    # Ancestors say (...) too, but with an offset: only a frame without one is inlined
    return _frame(made["function"], place, inlined=made["arguments"] == "..." and not place["offset"])


def creator_of(line: str, location: str) -> tuple[Frame, int | None]:
    """The same of a CREATED_BY, and the parent's id if it is printed."""
    made = matched_line("CREATED_BY", line)
    parent = made["parent_id"]
    return _frame(made["creator"], matched_line("LOCATION", location)), None if parent is None else int(parent)


def elision_of(line: str, position: int) -> Elision:
    """The gap of an ELIDED behind so many frames."""
    count = matched_line("ELIDED", line)["elided"]
    return Elision(position, None if count == "additional" else int(count))


def matched_line(name: str, line: str) -> re.Match[str]:
    """The parts of a line that is known to be such a terminal."""
    match = line_of(name).fullmatch(line)
    assert match is not None, name  # the same expression has matched it before
    return match


def _frame(function: str, place: re.Match[str], *, inlined: bool = False) -> Frame:
    is_known = place["file"] != "?"  # runtime/symtab.go funcline1: `?:0`
    return Frame(
        function=intern(unescape(function.rstrip())),  # delve puts a blank before what stands in brackets
        file=intern(place["file"]) if is_known else None,
        line=(int(place["line"]) or None) if is_known else None,
        offset=hexadecimal(place["offset"]),
        address=hexadecimal(place["pc"]),
        inlined=inlined and is_known,
    )
