"""Text on its way from decoding to the formats: pieces of whole lines that know where they came from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from debugtext.spool import Spool


@dataclass(frozen=True, slots=True)
class Piece:
    r"""Some whole lines of text, ending in "\n" but for the last piece of an input.

    A piece ends after a blank line where it can, so that no record is split (the exception is a record of many MiB).
    `first_line` is the original line, from 1, of the first one; the others follow, unless `line_numbers` names the
    original line of each (unwrapping takes lines apart and puts lines together).
    `reload` gives `text` again, so that nobody has to keep it; None: keep the text. `known_line_ends` is how many "\n"
    the text has, if somebody has counted them.
    """

    text: str
    first_line: int
    line_numbers: Sequence[int] | None = None
    reload: Callable[[], str] | None = None
    known_line_ends: int | None = None

    def with_text(self, text: str) -> "Piece":
        """The same lines with another text; this very piece where it is the same text."""
        return self if text == self.text else Piece(text, self.first_line, self.line_numbers)

    def line_ends(self) -> int:
        r"""How many "\n" the text has."""
        return self.text.count("\n") if self.known_line_ends is None else self.known_line_ends

    def line_at(self, index: int) -> int:
        """The original line of the line with this index; beyond the end, that of the last line."""
        if self.line_numbers is None:
            return self.first_line + index
        if not self.line_numbers:
            return self.first_line
        return self.line_numbers[min(index, len(self.line_numbers) - 1)]

    def lines_at(self, indexes: list[int]) -> list[int]:
        """The original lines of lines of the text, given by their indexes."""
        if self.line_numbers is None:
            first_line = self.first_line
            return [first_line + index for index in indexes]
        return [self.line_at(index) for index in indexes]


class Cursor:
    """A place in a stream of pieces, from which a format takes what is its own.

    A format looks at `text` from `position` on (call `more()` first: it fetches the next piece when this one is used
    up, and says whether there is any text left), and moves `position` behind what it has read. `begins` tells whether a
    line begins one of the texts that some format reads.
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
        """Whether any text is left; `text` from `position` on is then not empty."""
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
        """Joins the next piece to this one, for a format that must look further; whether there was one."""
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
        """The lines of the whole piece without their ends, the last one empty; cut once for all who ask."""
        if self._lines[0] is not self.text:
            lines = self.text.split("\n")
            self._lines = (self.text, lines if not lines[-1] else [*lines, ""])
        return self._lines[1]

    def kept_text(self) -> Callable[[], str]:
        """What gives the text of the piece again when somebody asks: from the input, or from the spool."""
        if self._kept is None or self._kept[0] is not self.piece:
            self._kept = (self.piece, self.piece.reload or self.spool.keep(self.text))
        return self._kept[1]

    def index_at(self, position: int) -> int:
        """The index in the piece of the line that holds this position."""
        counted_position, index = self._counted
        if position < counted_position:
            counted_position, index = 0, 0
        index += self.text.count("\n", counted_position, position)
        self._counted = (position, index)
        return index

    def move_to(self, position: int, index: int) -> None:
        """Moves to a place before which as many lines end as the index says: nobody need count them again."""
        self.position, self._counted = position, (position, index)

    def line_number(self) -> int:
        """The original line at the cursor."""
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
        """Moves behind so many lines, the first of which begins at the cursor."""
        index = self.index_at(self.position)
        lines = self.lines()[index : index + count]
        self.position = min(self.position + sum(map(len, lines)) + len(lines), len(self.text))

    def skip_blank_lines(self) -> bool:
        """Moves to the next line that is not blank; whether there is one."""
        while self.more():
            if self.line().strip():
                return True
            self.skip_line()
        return False
