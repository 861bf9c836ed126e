"""Classifies the lines of a recovered panic's stack that is not as Go prints it."""

from debugtext.formats.grammar import is_line, terminal
from debugtext.formats.limits import LONGEST_LINE

_PANICKING = "runtime.gopanic"
_SHORT_PANICKING = "gopanic: "
_PAIRS = (("COUNTED_PLACE", "SOURCE"), ("ARROW", "PLACE"), ("FUNCTION", "PLACE"))
"""The terminals of a frame's two lines, in the order in which the grammar prefers them."""


def terminal_of(line: str) -> str | None:
    """The terminal of a heading, or of a line that only a panic's stack has (runtime.gopanic); None for other lines."""
    if len(line) > LONGEST_LINE:
        return None
    if _PANICKING in line and (match := terminal("recovered", "FUNCTION").fullmatch(line + "\n")):
        return "FUNCTION" if match["function"] == _PANICKING else None
    if line[:1] in "\t " and line.lstrip().startswith(_SHORT_PANICKING):
        return "SOURCE"
    return next((kind for kind in ("RECOVERED", "PRETTY", "ARROW") if is_line("recovered", kind, line)), None)


def is_pair(lines: list[str], index: int) -> bool:
    """Whether the two lines at an index are a frame: a place and its source, or a function and its place."""
    if not 0 <= index < len(lines) - 1 or is_lone_place(lines[index]):
        return False
    first, second = lines[index : index + 2]
    expected = next((below for kind, below in _PAIRS if is_line("recovered", kind, first)), None)
    return expected is not None and is_line("recovered", expected, second)


def is_lone_place(line: str) -> bool:
    """Whether a line is a frame that consists only of its place."""
    return is_line("recovered", "LONE_PLACE", line)
