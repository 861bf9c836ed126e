"""Classifies the lines of a dump by the terminals of the grammar."""

from functools import lru_cache

from debugtext.formats._grammar import ALIKE, any_of
from debugtext.formats._limits import LONGEST_GO_LINE

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


@lru_cache(maxsize=1 << 12)
def _terminal_of(line: str) -> str:
    match = any_of("dump", *_KINDS).fullmatch(line + "\n")
    kind = (match and match.lastgroup) or ""
    return "" if kind != "HEADER" and line.startswith("goroutine ") else kind  # a damaged header is no call
