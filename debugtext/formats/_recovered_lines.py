"""The lines of a recovered panic's stack, where they are not as Go prints them."""

from debugtext.formats._grammar import is_line, terminal
from debugtext.formats._limits import LONGEST_LINE

_PANICKING = "runtime.gopanic"
_SHORT_PANICKING = "gopanic: "
_PAIRS = (("COUNTED_PLACE", "SOURCE"), ("ARROW", "PLACE"), ("FUNCTION", "PLACE"))
"""The first of these that a line is, as the grammar prefers it."""


def terminal_of(line: str) -> str | None:
    """What a line is: a heading, or of a frame that only the stack of a panic has: its source, or its function."""
    if len(line) > LONGEST_LINE:
        return None
    if _PANICKING in line and (match := terminal("recovered", "FUNCTION").fullmatch(line + "\n")):
        return "FUNCTION" if match["function"] == _PANICKING else None
    if line[:1] in "\t " and line.lstrip().startswith(_SHORT_PANICKING):
        return "SOURCE"
    return next((kind for kind in ("RECOVERED", "PRETTY", "ARROW") if is_line("recovered", kind, line)), None)


def is_pair(lines: list[str], index: int) -> bool:
    """Whether two lines are a frame: a place and its source, or a function and its place."""
    if not 0 <= index < len(lines) - 1 or is_lone_place(lines[index]):
        return False
    first, second = lines[index : index + 2]
    expected = next((other for one, other in _PAIRS if is_line("recovered", one, first)), None)
    return expected is not None and is_line("recovered", expected, second)


def is_lone_place(line: str) -> bool:
    """Whether a line is a frame without its function."""
    return is_line("recovered", "LONE_PLACE", line)
