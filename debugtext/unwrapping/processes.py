"""Sorts the lines of several processes that write into one log, so that the dump of each one is in one piece again.

web-1  | goroutine 1 [running]:
db-1   | goroutine 7 [running]:
web-1  | main.main()
"""

import re
from array import array

from debugtext.text import Piece
from debugtext.unwrapping.rows import Rows, piece_of


def by_process(piece: Piece, processes: list[str], stripped: str) -> Piece:
    """The lines of interleaved processes put together, process by process.

    `processes` are expressions, each of which tells one process; `stripped` is the piece's text without prefixes. Lines
    that have no prefix stay with those before them.
    """
    numbered = re.compile("|".join(f"({expression})" for expression in processes) or "(?!)")
    rows = Rows.of(piece)
    owners: list[int] = []
    owner = 0
    for line in rows.lines:
        match = numbered.match(line)
        owner = match.lastindex or 0 if match else owner
        owners.append(owner)
    if not _are_interleaved(owners):
        return Piece(stripped, piece.first_line, piece.line_numbers)
    lines = stripped.split("\n")
    order = sorted(range(len(rows.lines)), key=owners.__getitem__)
    numbers = array("Q", (rows.numbers[index] for index in order))
    text = "\n".join(lines[index] for index in order) + ("\n" if rows.ends_line else "")
    return piece_of(text, numbers)


def _are_interleaved(owners: list[int]) -> bool:
    """Whether the lines of one process stand between those of another, and not each in a row of its own."""
    changes = sum(before != after for before, after in zip(owners, owners[1:], strict=False))
    return changes >= 2 * len(set(owners)) - 1
