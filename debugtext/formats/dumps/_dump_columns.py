"""Fills the columns of a dump, and finds a goroutine's text again when its arguments are needed."""

from array import array
from collections.abc import Callable
from functools import lru_cache
from itertools import takewhile

from debugtext.formats.dumps.goroutine import Block, details_of, header_of
from debugtext.pieces.text import Piece
from debugtext.records.frames import Stack
from debugtext.records.goroutines import Details, Goroutines, Header

MOST_HEADERS_REMEMBERED = 50_000
"""The cache of headers is emptied at this size."""
MOST_LINES = 400
"""The longest goroutine that Go prints: 100 frames of two lines, and some ancestors."""


class Rows:
    """The goroutines of one window, before they are added to the columns."""

    __slots__ = ("headers", "ids", "indexes", "parents", "stacks")

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.headers: list[int] = []
        self.stacks: list[int] = []
        self.parents: list[int] = []
        self.indexes: list[int] = []

    def appenders(self) -> tuple[Callable[[int], None], ...]:
        """The functions that add an id, a header number, a stack number, a parent's id (-1: none), and a line index."""
        columns = (self.ids, self.headers, self.stacks, self.parents, self.indexes)
        return tuple(column.append for column in columns)


class DumpColumns:
    """The goroutines read so far, and where the text of each stands.

    The windows are the texts of the pieces; each goroutine has the number of its window and its line index there.
    """

    def __init__(self) -> None:
        self.goroutines = Goroutines()
        self.goroutines.read_details = self._details
        self._stack_numbers: dict[Stack, int] = {}
        self.header_numbers: dict[str, int] = {}
        self._ids: set[int] = set()
        self._ids_known = 0
        self._windows: list[Callable[[], str]] = []
        self._window_numbers = array("L")
        self._indexes = array("L")

    def window(self, text: Callable[[], str]) -> None:
        """Announces the piece that holds the next goroutines, by a function that returns its text again."""
        self._windows.append(text)

    def has_id(self, number: int) -> bool:
        """Whether a goroutine with this id was read."""
        self._ids.update(self.goroutines.ids[self._ids_known :])
        self._ids_known = len(self.goroutines.ids)
        return number in self._ids

    def stack_number(self, stack: Stack) -> int:
        """The number of a stack; equal stacks are one object."""
        number = self._stack_numbers.setdefault(stack, len(self._stack_numbers))
        if number == len(self.goroutines.stacks):
            self.goroutines.stacks.append(stack)
        return number

    def header_number(self, rest: str) -> int:
        """The number of the header whose line is `goroutine N ` + rest; -1 if that is no header."""
        number = self.header_numbers.get(rest)
        if number is None:
            header = header_of(rest)
            if header is None:
                return -1
            if len(self.header_numbers) > MOST_HEADERS_REMEMBERED:  # with gp= or labels no two headers may be equal
                self.header_numbers.clear()
            number = self.header_numbers[rest] = self._new_header(header)
        return number

    def _new_header(self, header: Header) -> int:
        self.goroutines.headers.append(header)
        return len(self.goroutines.headers) - 1

    def extend(self, rows: "Rows", piece: Piece) -> None:
        """Adds goroutines of the current window, which is the text of `piece`."""
        columns = self.goroutines
        columns.ids.extend(rows.ids)
        columns.header_numbers.extend(rows.headers)
        columns.stack_numbers.extend(rows.stacks)
        columns.parent_ids.extend(rows.parents)
        columns.lines.extend(piece.lines_at(rows.indexes))
        self._indexes.extend(rows.indexes)
        self._window_numbers.extend([len(self._windows) - 1] * len(rows.ids))

    def add_block(self, block: Block, index: int, piece: Piece) -> None:
        """Adds one goroutine that Lark has read, at this line index of the current window."""
        columns = self.goroutines
        columns.ids.append(block.id)
        columns.header_numbers.append(self._new_header(block.header))
        columns.stack_numbers.append(self.stack_number(block.stack))
        columns.parent_ids.append(-1 if block.parent_id is None else block.parent_id)
        columns.lines.append(piece.line_at(index))
        self._indexes.append(index)
        self._window_numbers.append(len(self._windows) - 1)

    def _details(self, position: int) -> Details:
        lines = _lines_of(self._windows[self._window_numbers[position]])
        stack = self.goroutines.stacks[self.goroutines.stack_numbers[position]]
        start = self._indexes[position]
        block = tuple(takewhile(bool, lines[start : start + MOST_LINES]))
        return details_of(block, len(stack.frames))


@lru_cache(maxsize=1)
def _lines_of(window: Callable[[], str]) -> list[str]:
    """The lines of a window; only the last window is cached, because goroutines are read one after the other."""
    return window().split("\n")
