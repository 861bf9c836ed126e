"""Gives a line the form in which Go prints it, if only its white space was changed."""

import re
from functools import lru_cache

from debugtext.unwrapping.lines.cells import UNAVAILABLE
from debugtext.unwrapping.lines.go_lines import FRAME, HEADER, LONGEST_LINE, PLACE, pasted, token_of

_WIDE_GAP = re.compile(r"(?<![ \t])(?:\t| [ \t])[ \t]*(?=\+0x|fp=|sp=|pc=)")
_HALF_OFFSET = re.compile(r"(?<=:[0-9])([0-9]{0,8}) \+(?:0x?)?$")
_PATH = re.compile(r"[ \t]*(?:/(?=[\w.~-])|[A-Za-z]:[/\\])|\t[\w.~-]*/")


@lru_cache(maxsize=1 << 14)
def as_printed(line: str, kind: str) -> str | None:
    """The line as Go prints lines of this kind; None if it is not of this kind."""
    line = line.strip()
    if len(line) > LONGEST_LINE:
        return None
    if kind == PLACE:
        return _place(line)
    if kind == FRAME:
        return _frame(line)
    if kind == HEADER:
        return _header(line)
    return line if token_of(line) == kind else None


def _place(line: str) -> str | None:
    if line == UNAVAILABLE:
        return f"\t{line}"
    line = _HALF_OFFSET.sub(r"\1", _WIDE_GAP.sub(" ", line)).removeprefix("at ")
    match = pasted("ANY_PLACE").fullmatch(line)
    return f"\t{line}" if match and token_of(f"\t{line}") == PLACE else None


def begins_place(line: str) -> bool:
    """Whether a line begins with a path, as a location does that may be cut off; a relative path needs a tab."""
    return _PATH.match(line) is not None


def _frame(line: str) -> str | None:
    match = pasted("ANY_FRAME").fullmatch(line)
    if match:
        function, file = match["any_function"].rstrip(), match["any_file"]
        return f"#\t{match['any_address']}\t{function}+{match['any_offset']}\t{file}:{match['any_line']}"
    match = pasted("ANY_BARE_ADDRESS").fullmatch(line)
    return f"#\t{match['any_bare']}" if match else None


def half_frame(line: str) -> str | None:
    """A frame below a sample, as Go prints it, whose location is cut off or missing; None if the line is none."""
    match = pasted("HALF_FRAME").fullmatch(line.strip())
    if match is None:
        return None
    cells = (match["half_address"], f"{match['half_function']}+{match['half_offset']}", match["half_file"] or "")
    return "\t".join(("#", *cells)).rstrip()


def _header(line: str) -> str | None:
    if token_of(line) == HEADER:
        return line
    match = pasted("ANY_HEADER").fullmatch(line)
    if match is None:
        return None
    number = match["any_id"] if match["any_id"] and match["any_id"].isdigit() else ""
    if not number and not line.endswith(":"):
        return None  # a drawing: goroutine A [holds the lock]
    state = f" [{match['any_state'].strip()}]{match['any_labels']}:"
    # the addresses behind gp= and mp= may be masked, too
    headers = (f"goroutine {number or 0}{known}{state}" for known in (match["any_gp"] or "", ""))
    return next((header for header in headers if token_of(header) == HEADER), None)
