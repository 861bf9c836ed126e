"""Classifies the lines of a dump by the terminals of the grammar, and recognises stacks without a header."""

from functools import lru_cache

from debugtext.formats.dumps.goroutine import line_of
from debugtext.formats.grammar import ALIKE, any_of
from debugtext.formats.limits import LONGEST_GO_LINE

BEGINNING = "goroutine "
"""The beginning of a goroutine's header."""
MOST_INLINED = 20
"""How many lines of a stack are searched for an offset, which only Go prints; inlined calls have none."""
LONGEST_REMEMBERED = 1_000
"""Longer lines are not cached: they would take much memory, and few come again."""
# The order matters: a later expression may also match a line of an earlier terminal
_KINDS = (
    *("HEADER", "CREATED_BY", "CALL", "LOCATION", "C_LOCATION"),
    *("C_PC", "C_CALL", "ELIDED", "UNAVAILABLE", "ANCESTOR"),
)


def terminal_of(line: str) -> str:
    """The terminal of the grammar that a line is; an empty string if it is none."""
    if len(line) > LONGEST_REMEMBERED:
        return _terminal_of.__wrapped__(line) if len(line) <= LONGEST_GO_LINE else ""
    return _terminal_of(line.translate(ALIKE))


def is_of_stack(line: str) -> bool:
    """Whether a line is a call, a location, or a `created by`."""
    return terminal_of(line) in ("LOCATION", "CREATED_BY", "CALL")


def is_offset_location(line: str) -> bool:
    """Whether a line is the location of a call, with an offset (` +0x25`), which only Go prints."""
    match = line_of("LOCATION").fullmatch(line + "\n") if line.startswith("\t") else None
    return match is not None and match["offset"] is not None


def begins_headless(lines: list[str], index: int) -> bool:
    """Whether a stack without a header begins at this index.

    A single frame must have an offset, and arguments or a damaged header above it. Of several frames one must have an
    offset, or the first must have arguments and a `created by` must stand below.
    """
    below = lines[index : index + MOST_INLINED]
    if not is_pair(below):
        return False
    with_arguments = has_arguments(below[0])
    if not is_pair(below[2:]):
        is_below_header = index > 0 and lines[index - 1].startswith(BEGINNING)
        return (is_below_header or with_arguments) and is_offset_location(below[1])
    return any(map(is_offset_location, below)) or (with_arguments and any(map(is_creator, below[::2])))


def header_of_rest(line: str) -> str:
    """The header whose first letters a line has lost, as in `oroutine 7 [select]:`; empty if it is no such rest.

    A line that begins with digits may have lost some of them, too, so its id is 0.
    """
    if line[:1].isdigit():
        return _header(f"{BEGINNING}0 {line.lstrip('0123456789').lstrip()}")
    return next(filter(None, (_header(BEGINNING[:length] + line) for length in range(1, len(BEGINNING)))), "")


def _header(line: str) -> str:
    return line if terminal_of(line) == "HEADER" else ""


def is_creator(line: str) -> bool:
    """Whether a line is a `created by`, which names the function that started a goroutine."""
    return line.startswith("created by ") and line_of("CREATED_BY").fullmatch(line + "\n") is not None


def is_pair(lines: list[str]) -> bool:
    """Whether the first two lines are a call (or a `created by`) and its location."""
    if len(lines) < 2 or line_of("LOCATION").fullmatch(lines[1] + "\n") is None:  # noqa: PLR2004 - a pair
        return False
    return terminal_of(lines[0]) in ("CALL", "CREATED_BY")


def has_arguments(line: str) -> bool:
    """Whether a call has arguments as Go prints them, whole or cut off."""
    return "(0x" in line or "({0x" in line


@lru_cache(maxsize=1 << 12)
def _terminal_of(line: str) -> str:
    match = any_of("dump", *_KINDS).fullmatch(line + "\n")
    kind = (match and match.lastgroup) or ""
    return "" if kind != "HEADER" and line.startswith(BEGINNING) else kind  # a damaged header is no call
