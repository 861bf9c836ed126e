"""Lines with their numbers in the original input, for steps that split and join lines."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from debugtext.pieces.text import Piece


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines without their ends, and the original number of each."""

    lines: list[str]
    numbers: Sequence[int]
    ends_line: bool = True

    @classmethod
    def of(cls, piece: Piece) -> "Rows":
        """The lines of a piece."""
        lines = piece.text.split("\n")
        ends_line = lines[-1] == ""
        if ends_line:
            lines.pop()
        if piece.line_numbers is not None:
            # the last line still has its number, even if a step has left nothing of it
            return cls(lines, piece.line_numbers[: len(lines)], ends_line)
        return cls(lines, range(piece.first_line, piece.first_line + len(lines)), ends_line)

    def with_parts(self, parts_of: Callable[[int], list[str] | None]) -> "Rows":
        """The rows with each line replaced by its parts, which all get its number: None keeps a line, [] drops it."""
        lines: list[str] = []
        numbers = array("Q")
        for index, number in enumerate(self.numbers):
            parts = parts_of(index)
            parts = [self.lines[index]] if parts is None else parts
            lines += parts
            numbers.extend([number] * len(parts))
        return Rows(lines, numbers, self.ends_line)

    def piece(self) -> Piece:
        """The piece that consists of these lines."""
        text = "\n".join(self.lines) + ("\n" if self.lines and self.ends_line else "")
        return piece_of(text, self.numbers)


class Written(NamedTuple):
    """The lines that replace the next `taken` ones; `offsets` say from which of those each new line has its number."""

    lines: list[str]
    offsets: Sequence[int]
    taken: int


def rewritten(piece: Piece, written_at: Callable[[list[str], int], Written | None]) -> Piece:
    """The piece with some lines rewritten.

    `written_at` is called with all lines and an index; None keeps the line. Lines that it has taken are skipped.
    """
    rows = Rows.of(piece)
    lines: list[str] = []
    numbers = array("Q")
    index, is_new = 0, False
    while index < len(rows.lines):
        written = written_at(rows.lines, index)
        is_new = is_new or written is not None
        new, offsets, taken = written or Written([rows.lines[index]], (0,), 1)
        lines += new
        numbers.extend(rows.numbers[index + offset] for offset in offsets)
        index += taken
    return Rows(lines, numbers, rows.ends_line).piece() if is_new else piece


class Joins:
    """Collects lines that may go on in later ones; they are joined at the end, so that it takes linear time."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.numbers = array("Q")
        self._more: dict[int, list[str]] = {}

    def add(self, line: str, number: int) -> int:
        """Adds a line, and returns its index."""
        self.lines.append(line)
        self.numbers.append(number)
        return len(self.lines) - 1

    def extend(self, index: int, more: str) -> None:
        """Adds more text to the end of an earlier line."""
        self._more.setdefault(index, []).append(more)

    def rows(self, *, ends_line: bool) -> Rows:
        """The joined lines."""
        for index, more in self._more.items():
            self.lines[index] = "".join((self.lines[index], *more))
        self._more.clear()
        return Rows(self.lines, self.numbers, ends_line)


def piece_of(text: str, numbers: Sequence[int], first_line: int = 1) -> Piece:
    """A piece whose lines have these numbers; consecutive numbers are not stored."""
    if isinstance(numbers, range) and numbers.step == 1:
        return Piece(text, numbers.start)
    return Piece(
        text, numbers[0] if numbers else first_line, numbers if isinstance(numbers, array) else array("Q", numbers)
    )


def joined(first: Piece, second: Piece) -> Piece:
    """Two pieces as one, the second behind the first."""
    if not first.text or not second.text:
        return first if first.text else second
    count = first.text.count("\n")
    if first.line_numbers is None and second.line_numbers is None and first.first_line + count == second.first_line:
        return Piece(first.text + second.text, first.first_line)
    numbers = array("Q", numbers_of(first))
    numbers.extend(numbers_of(second))
    return Piece(first.text + second.text, first.first_line, numbers)


def numbers_of(piece: Piece) -> Sequence[int]:
    """The original number of each line of a piece."""
    if piece.line_numbers is not None:
        return piece.line_numbers
    count = piece.text.count("\n") + (not piece.text.endswith("\n"))
    return range(piece.first_line, piece.first_line + count)


def cut(piece: Piece, position: int) -> tuple[Piece, Piece]:
    """The two parts of a piece that is cut at `position`, the beginning of a line."""
    index = piece.text.count("\n", 0, position)
    if piece.line_numbers is None:
        head, tail = None, None
    else:
        head, tail = piece.line_numbers[:index], piece.line_numbers[index:]
    return (
        Piece(piece.text[:position], piece.first_line, head),
        Piece(piece.text[position:], piece.line_at(index), tail),
    )
