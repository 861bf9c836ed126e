"""Fills the columns of a dump, and finds a goroutine's text again when somebody asks for its arguments."""

from array import array
from collections.abc import Callable

from debugtext.formats._goroutine import Block, details_of, header_of
from debugtext.records.frames import Stack
from debugtext.records.goroutines import Details, Goroutines, Header
from debugtext.spool import Spool
from debugtext.text import Piece

MOST_HEADERS_REMEMBERED = 50_000


class DumpColumns:
    """The goroutines read so far, with the place of each one's text."""

    def __init__(self) -> None:
        self.goroutines = Goroutines()
        self.goroutines.read_details = self._details
        self._stack_numbers: dict[Stack, int] = {}
        self._header_numbers: dict[str, int] = {}
        self._spool = Spool()
        self._piece: Piece | None = None
        self._windows: list[Callable[[], str]] = []
        self._window_numbers = array("L")
        self._positions = array("L")
        self._loaded: tuple[int, str] = (-1, "")

    def window(self, piece: Piece) -> None:
        """Announces the text that the next goroutines stand in."""
        if piece is not self._piece:
            self._piece = piece
            self._windows.append(piece.reload or self._spool.keep(piece.text))

    def stack_number(self, stack: Stack) -> int:
        """The number of a stack; equal stacks are one object."""
        number = self._stack_numbers.setdefault(stack, len(self._stack_numbers))
        if number == len(self.goroutines.stacks):
            self.goroutines.stacks.append(stack)
        return number

    def header_number(self, rest: str) -> int:
        """The number of the header whose line is `goroutine N ` + rest; -1 if that is no header."""
        number = self._header_numbers.get(rest)
        if number is None:
            header = header_of(rest)
            if header is None:
                return -1
            if len(self._header_numbers) > MOST_HEADERS_REMEMBERED:  # with gp= or labels every header may be another
                self._header_numbers.clear()
            number = self._header_numbers[rest] = self._new_header(header)
        return number

    def _new_header(self, header: Header) -> int:
        self.goroutines.headers.append(header)
        return len(self.goroutines.headers) - 1

    def add(self, number: int, header: int, stack: int, parent: int, index: int, position: int) -> None:
        """Adds one goroutine that stands at this position and line index of the window; a parent of -1 is none."""
        assert self._piece is not None
        columns = self.goroutines
        columns.ids.append(number)
        columns.header_numbers.append(header)
        columns.stack_numbers.append(stack)
        columns.parent_ids.append(parent)
        columns.lines.append(self._piece.line_at(index))
        self._positions.append(position)
        self._window_numbers.append(len(self._windows) - 1)

    def add_block(self, block: Block, index: int, position: int) -> None:
        """Adds one goroutine that Lark has read."""
        parent = -1 if block.parent_id is None else block.parent_id
        header = self._new_header(block.header)
        self.add(block.id, header, self.stack_number(block.stack), parent, index, position)

    def _details(self, position: int) -> Details:
        window = self._window_numbers[position]
        if self._loaded[0] != window:
            self._loaded = (window, self._windows[window]())
        text = self._loaded[1]
        start = self._positions[position]
        end = text.find("\n\n", start)
        stack = self.goroutines.stacks[self.goroutines.stack_numbers[position]]
        return details_of(text[start:] if end < 0 else text[start : end + 1], len(stack.frames))
