"""Yields the lines around a line: what they have in common was put there by a log."""

from collections.abc import Iterator

NEIGHBOURS = 12
LONGEST_NEIGHBOUR = 4000


def neighbours_of(text: str, line_start: int) -> Iterator[str]:
    """The line that begins at `line_start`, some lines below it, then some above it, the nearest first."""
    start = line_start
    for _ in range(NEIGHBOURS):
        end = text.find("\n", start)
        yield text[start : end if end >= 0 else len(text)][:LONGEST_NEIGHBOUR]
        if end < 0:
            break
        start = end + 1
    end = line_start - 1
    for _ in range(NEIGHBOURS // 2):
        if end <= 0:
            break
        start = text.rfind("\n", 0, end) + 1
        yield text[start:end][:LONGEST_NEIGHBOUR]
        end = start - 1
