"""Which of the lines of a dump a line is, by the terminals of the grammar."""

from functools import lru_cache

from debugtext.formats._grammar import ALIKE, any_of
from debugtext.formats._limits import LONGEST_GO_LINE

LONGEST_REMEMBERED = 1_000
# In this order: an expression further down may match a line of one further up
_KINDS = (
    *("HEADER", "CREATED_BY", "CALL", "LOCATION", "C_LOCATION"),
    *("C_PC", "C_CALL", "ELIDED", "UNAVAILABLE", "ANCESTOR"),
)


def terminal_of(line: str) -> str:
    """Which terminal of the grammar a line is; nothing if none."""
    if len(line) > LONGEST_REMEMBERED:
        return _terminal_of.__wrapped__(line) if len(line) <= LONGEST_GO_LINE else ""
    return _terminal_of(line.translate(ALIKE))


def is_of_stack(line: str) -> bool:
    """Whether a line is a call, a location, or a creator."""
    return terminal_of(line) in ("LOCATION", "CREATED_BY", "CALL")


@lru_cache(maxsize=1 << 12)
def _terminal_of(line: str) -> str:
    match = any_of("dump", *_KINDS).fullmatch(line + "\n")
    kind = (match and match.lastgroup) or ""
    return "" if kind != "HEADER" and line.startswith("goroutine ") else kind  # a header with other text behind it
