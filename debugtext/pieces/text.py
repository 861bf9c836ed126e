"""The text between decoding and parsing: pieces of whole lines with their original line numbers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from debugtext.pieces.spool import Spool


@dataclass(frozen=True, slots=True)
class Piece:
    r"""Some whole lines of text, each ending in "\n"; only the last line of an input may lack it.

    A piece ends after a blank line if possible, so that no record is split (except records of many MiB).
    `first_line` is the number of the first line in the original input, from 1. The other lines are numbered on from
    it, unless `line_numbers` gives the original number of each line (unwrapping splits and joins lines).
    `reload` returns `text` again, so that `text` need not be kept in memory; None: it must be kept.
    `known_line_ends` is the number of "\n" in the text, if it has been counted already.
    """

    text: str
    first_line: int
    line_numbers: Sequence[int] | None = None
    reload: Callable[[], str] | None = None
    known_line_ends: int | None = None

    def with_text(self, text: str) -> "Piece":
        """The same line numbers with another text; this piece itself if the text is unchanged."""
        return self if text == self.text else Piece(text, self.first_line, self.line_numbers)

    def line_ends(self) -> int:
        r"""The number of "\n" in the text."""
        return self.text.count("\n") if self.known_line_ends is None else self.known_line_ends

    def line_at(self, index: int) -> int:
        """The original number of the line with this index; beyond the end, the number of the last line."""
        if self.line_numbers is None:
            return self.first_line + index
        if not self.line_numbers:
            return self.first_line
        return self.line_numbers[min(index, len(self.line_numbers) - 1)]

    def lines_at(self, indexes: list[int]) -> list[int]:
        """The original numbers of the lines with these indexes."""
        if self.line_numbers is None:
            first_line = self.first_line
            return [first_line + index for index in indexes]
        return [self.line_at(index) for index in indexes]


class Cursor:
    """A position in a stream of pieces, from which a format reads the lines that belong to it.

    A format looks at `text` from `position` on, and moves `position` behind what it has read. It calls `more()` first,
    which fetches the next piece when this one is used up, and returns whether any text is left. `begins(line)` is True
    if the line begins a text of any format.
    """

    def __init__(
        self, pieces: Iterable[Piece], begins: Callable[[str], bool] = lambda _: False, spool: Spool | None = None
    ) -> None:
        self.begins = begins
        self.spool = spool or Spool()
        self._pieces: Iterator[Piece] = iter(pieces)
        self.piece = Piece("", 1)
        self.text = ""
        self.position = 0
        self.last_line = 0
        self._counted = (0, 0)
        self._lines: tuple[str, list[str]] = ("", [""])
        self._kept: tuple[Piece, Callable[[], str]] | None = None

    def more(self) -> bool:
        """Whether any text is left; if so, `text` from `position` on is not empty."""
        while self.position >= len(self.text):
            if self.text:
                self.last_line = self.piece.line_at(
                    self.text.count("\n", self._counted[0], len(self.text) - 1) + self._counted[1]
                )
            piece = next(self._pieces, None)
            if piece is None:
                return False
            self.piece, self.text, self.position, self._counted = piece, piece.text, 0, (0, 0)
        return True

    def extend(self) -> bool:
        """Appends the next piece to this one, for a format that must look further ahead; False if there is none."""
        piece = next(self._pieces, None)
        if piece is None:
            return False
        here = self.piece
        lines = self.text.count("\n") + (not self.text.endswith("\n"))
        numbers = None
        if here.line_numbers is not None or piece.line_numbers is not None or here.line_at(lines) != piece.first_line:
            there = piece.text.count("\n") + 1
            numbers = [*map(here.line_at, range(lines)), *map(piece.line_at, range(there))]
        self.text += piece.text
        self.piece = Piece(self.text, here.first_line, numbers)
        return True

    def lines(self) -> list[str]:
        """The lines of the whole piece without their ends, and an empty one behind them; split once and remembered."""
        if self._lines[0] is not self.text:
            lines = self.text.split("\n")
            self._lines = (self.text, lines if not lines[-1] else [*lines, ""])
        return self._lines[1]

    def kept_text(self) -> Callable[[], str]:
        """A function that returns the text of the piece again, from the input or from the spool."""
        if self._kept is None or self._kept[0] is not self.piece:
            self._kept = (self.piece, self.piece.reload or self.spool.keep(self.text))
        return self._kept[1]

    def index_at(self, position: int) -> int:
        """The index, within the piece, of the line at this position."""
        counted_position, index = self._counted
        if position < counted_position:
            counted_position, index = 0, 0
        index += self.text.count("\n", counted_position, position)
        self._counted = (position, index)
        return index

    def move_to(self, position: int, index: int) -> None:
        """Moves to a position whose line index is known, so that the lines need not be counted again."""
        self.position, self._counted = position, (position, index)

    def line_number(self) -> int:
        """The original number of the line at the cursor."""
        return self.piece.line_at(self.index_at(self.position))

    def line(self) -> str:
        r"""The line at the cursor, without its "\n"."""
        end = self.text.find("\n", self.position)
        return self.text[self.position :] if end < 0 else self.text[self.position : end]

    def skip_line(self) -> None:
        """Moves behind the line at the cursor."""
        end = self.text.find("\n", self.position)
        self.position = len(self.text) if end < 0 else end + 1

    def skip_lines(self, count: int) -> None:
        """Moves behind `count` lines, the first of which begins at the cursor."""
        index = self.index_at(self.position)
        lines = self.lines()[index : index + count]
        self.position = min(self.position + sum(map(len, lines)) + len(lines), len(self.text))

    def skip_blank_lines(self) -> bool:
        """Moves to the next line that is not blank; False if there is none."""
        while self.more():
            if self.line().strip():
                return True
            self.skip_line()
        return False
