"""Which of the lines of a dump a line is, by the terminals of the grammar."""

from debugtext.formats._grammar import any_of

LONGEST_LINE = 100_000
# In this order: an expression further down may match a line of one further up
_KINDS = (
    *("HEADER", "CREATED_BY", "CALL", "LOCATION", "C_LOCATION"),
    *("C_PC", "C_CALL", "ELIDED", "UNAVAILABLE", "ANCESTOR"),
)


def kind_of(line: str) -> str:
    """Which terminal of the grammar a line is; nothing if none."""
    match = any_of("dump", *_KINDS).fullmatch(line + "\n") if len(line) <= LONGEST_LINE else None
    kind = (match and match.lastgroup) or ""
    return "" if kind != "HEADER" and line.startswith("goroutine ") else kind  # a header with other text behind it
