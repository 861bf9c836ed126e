"""Sorts the lines of several processes that write into one log, so that the dump of each process is whole again.

web-1  | goroutine 1 [running]:
db-1   | goroutine 7 [running]:
web-1  | main.main()
"""

import re
from array import array
from itertools import pairwise

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.rows import Rows, joined, piece_of

LONGEST_WAIT = 32 << 20
"""If more characters than this are held back, all are released: memory is limited."""
PATIENCE = 16
"""After so many pieces that hold lines of one process only, the lines of the others are released."""


class Processes:
    """Passes on the lines of the first process at once, and holds back those of the others."""

    def __init__(self) -> None:
        self._first = ""
        self._waiting: dict[str, list[Piece]] = {}
        self._size = 0
        self._alone = 0

    @property
    def wait(self) -> bool:
        """Whether lines are held back."""
        return bool(self._waiting)

    def sort(self, piece: Piece, processes: list[str], stripped: str) -> Piece:
        """The lines that can be passed on; lines of interleaved processes are sorted by process.

        Each of `processes` is an expression for the prefix of one process; `stripped` is the text without prefixes.
        A line without a prefix belongs to the process of the line before it.
        """
        numbered = re.compile("|".join(f"({expression})" for expression in processes) or "(?!)")
        rows = Rows.of(piece)
        owners: list[int] = []
        owner = 0
        for line in rows.lines:
            match = numbered.match(line)
            owner = (match.lastindex or 0) if match else owner
            owners.append(owner)
        plain = Piece(stripped, piece.first_line, piece.line_numbers)
        if not self._waiting and not _are_interleaved(owners):
            return plain
        self._alone = self._alone + 1 if len(set(owners)) == 1 else 0
        if self._alone > PATIENCE:
            return joined(self.release(), plain)
        names = ["", *processes]
        lines = stripped.split("\n")
        for number in dict.fromkeys(owners):
            indexes = [index for index, found in enumerate(owners) if found == number]
            numbers = array("Q", (rows.numbers[index] for index in indexes))
            self._put(names[number], piece_of("\n".join(lines[index] for index in indexes) + "\n", numbers))
        return self._go_on()

    def release(self) -> Piece:
        """All lines that were held back, process by process."""
        released = Piece("", 1)
        for pieces in self._waiting.values():
            released = joined(released, _one(pieces))
        self._waiting.clear()
        self._first, self._size, self._alone = "", 0, 0
        return released

    def _put(self, name: str, piece: Piece) -> None:
        self._waiting.setdefault(name, []).append(piece)
        self._size += len(piece.text)

    def _go_on(self) -> Piece:
        """The lines of the first process; all lines if too many are held back."""
        if self._size > LONGEST_WAIT:
            return self.release()
        self._first = self._first or next(iter(self._waiting))
        ready = _one(self._waiting.pop(self._first, []))
        self._size -= len(ready.text)
        return ready


def _one(pieces: list[Piece]) -> Piece:
    """Several pieces as one."""
    if not pieces:
        return Piece("", 1)
    numbers = array("Q")
    for piece in pieces:
        numbers.extend(piece.line_numbers or range(piece.first_line, piece.first_line + piece.text.count("\n")))
    return piece_of("".join(piece.text for piece in pieces), numbers)


def _are_interleaved(owners: list[int]) -> bool:
    """Whether lines of one process stand between those of another, rather than each process in one run."""
    changes = sum(before != after for before, after in pairwise(owners))
    return changes >= len(set(owners))
