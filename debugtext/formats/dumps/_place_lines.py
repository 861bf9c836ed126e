"""Builds a frame, a creator or an elision from the lines that a traceback prints for it."""

import re
from sys import intern

from debugtext.formats.dumps.goroutine import hexadecimal, line_of
from debugtext.formats.stack_lines import unescape
from debugtext.records.frames import Elision, Frame


def frame_of(call: str, location: str) -> Frame:
    r"""The frame of a CALL and a LOCATION of the grammar, each with its "\n"."""
    made, place = matched_line("CALL", call), matched_line("LOCATION", location)
    # Frames of ancestors have (...) too, but with an offset: only a frame without an offset is inlined
    return _frame(made["function"], place, inlined=made["arguments"] == "..." and not place["offset"])


def creator_of(line: str, location: str) -> tuple[Frame, int | None]:
    """The frame of a CREATED_BY and a LOCATION, and the parent's id if it is printed."""
    made = matched_line("CREATED_BY", line)
    parent = made["parent_id"]
    return _frame(made["creator"], matched_line("LOCATION", location)), None if parent is None else int(parent)


def elision_of(line: str, position: int) -> Elision:
    """The elision of an ELIDED line behind `position` frames."""
    count = matched_line("ELIDED", line)["elided"]
    return Elision(position, None if count == "additional" else int(count))


def matched_line(name: str, line: str) -> re.Match[str]:
    """The match of a line that is known to be this terminal."""
    match = line_of(name).fullmatch(line)
    assert match is not None, name  # the same expression has matched it before
    return match


def _frame(function: str, place: re.Match[str], *, inlined: bool = False) -> Frame:
    is_known = place["file"] != "?"  # runtime/symtab.go funcline1: `?:0`
    return Frame(
        function=intern(unescape(function.rstrip())),  # delve prints a blank before the brackets
        file=intern(place["file"]) if is_known else None,
        line=(int(place["line"]) or None) if is_known else None,
        offset=hexadecimal(place["offset"]),
        address=hexadecimal(place["pc"]),
        inlined=inlined and is_known,
    )
