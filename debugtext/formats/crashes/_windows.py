"""Passes the goroutines of a report to the dump reader window by window.

The dump reader processes a whole piece of text, of some MiB, at once: without windows, the time for a log of a thousand
crashes would grow with the square of its length. A report's first window is small, and each further one is larger.
"""

from collections.abc import Callable, Iterator

from debugtext.formats.dumps.dump import DumpReader
from debugtext.pieces.text import Cursor, Piece

FIRST_WINDOW = 16_000
"""Characters: most reports are shorter."""
GROWTH = 8
"""Each window is this many times as large as the one before."""
BETWEEN = "\n\ngoroutine "
MOST_TRIES = 50
"""How many headers are tried as the end of a window, from the last one backwards."""


class GoroutineReader:
    """Reads goroutines at the position of a cursor, and moves the cursor behind them."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._size = FIRST_WINDOW
        self._window: tuple[int, int] | None = None
        self._windows = Cursor(self._cut(), cursor.begins, cursor.spool)
        self._windows.more()
        self.dump = DumpReader(self._windows)

    def read(self) -> None:
        """Reads all consecutive goroutines at the cursor."""
        self.dump.read()
        if self._window is not None and self._windows.position < len(self._windows.text):
            self._cursor.position = self._window[0] + self._windows.position
            self._window = None
            self._windows.position = len(self._windows.text)

    def _cut(self) -> Iterator[Piece]:
        cursor = self._cursor
        while cursor.more():
            start = cursor.position
            end = window_end(cursor.text, start, self._size, cursor.begins)
            self._window = (start, end)
            self._size *= GROWTH
            yield sub_piece(cursor.piece, cursor.index_at(start), start, end)
            if self._window is not None:  # the whole window was read
                cursor.position, self._window = end, None


def window_end(text: str, start: int, size: int, begins: Callable[[str], bool]) -> int:
    """Where a window of about `size` can end: between two goroutines, or where another text begins."""
    while start + size < len(text):
        place = start + size
        for _ in range(MOST_TRIES):
            place = text.rfind(BETWEEN, start, place)
            if place < 0:
                break
            if text.startswith("\t", text.rfind("\n", start, place) + 1):
                return place + 2
        end = _first_beginning(text, start, start + size, begins)
        if end is not None:
            return end
        size *= GROWTH
    return len(text)


def _first_beginning(text: str, start: int, end: int, begins: Callable[[str], bool]) -> int | None:
    """The place of the first line between `start` and `end`, after the line at `start`, that begins a debug text."""
    position = text.find("\n", start) + 1
    while 0 < position < end:
        newline = text.find("\n", position)
        if newline < 0 or newline > end:
            return None
        if begins(text[position:newline]):
            return position
        position = newline + 1
    return None


def sub_piece(piece: Piece, index: int, start: int, end: int) -> Piece:
    """The part of a piece between two positions, the first of which is on the line `index`."""
    reload = piece.reload
    numbers = piece.line_numbers
    lines = piece.text.count("\n", start, end) + 1
    return Piece(
        text=piece.text[start:end],
        first_line=piece.line_at(index),
        line_numbers=None if numbers is None else numbers[index : index + lines],
        reload=None if reload is None else lambda: reload()[start:end],
    )
