"""Writes goroutines that other tools print in their own form as Go would, so that the dump reader can read them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from debugtext.formats.dumps.dump import DumpReader
from debugtext.pieces.text import Cursor, Piece

MOST_COPIES = 10_000
"""How many goroutines are written for counts of equal ones."""


@dataclass(frozen=True, slots=True)
class Call:
    """A frame, or a go statement; `index` and `last_index` are those of its first and its last line."""

    function: str
    file: str
    line: int
    index: int
    last_index: int


@dataclass(slots=True)
class Writing:
    """A dump that is being written; `numbers` are the original numbers of its lines."""

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def header(self, number: int, goroutine: int = 0, state: str = "") -> None:
        """Begins a goroutine; 0 and an empty state mean that the text has none."""
        self.printed_header(f"goroutine {goroutine} [{state}]:", number)

    def printed_header(self, line: str, number: int) -> None:
        """Begins a goroutine with a header as Go prints it."""
        if self.lines:
            self._add("", number)
        self._add(line, number)

    def frame(self, function: str, file: str, line: int, number: int, last_number: int) -> None:
        """Adds a call, from the line `number`, and its place, from the line `last_number` (which may be the same)."""
        self._add(f"{function}()", number)
        self._add(f"\t{file}:{line}", last_number)

    def stack(self, calls: Iterable[Call], numbers: Sequence[int]) -> None:
        """Adds frames; `numbers` are the original numbers of the lines at their indexes."""
        for call in calls:
            self.frame(call.function, call.file, call.line, numbers[call.index], numbers[call.last_index])

    def created_by(self, function: str, file: str, line: int, number: int) -> None:
        """Adds the go statement that started the goroutine."""
        self._add(f"created by {function}", number)
        self._add(f"\t{file}:{line}", number)

    def as_printed(self, line: str, number: int) -> None:
        """Adds a line that is already as Go prints it."""
        self._add(line, number)

    def piece(self) -> Piece:
        """The dump as text."""
        return Piece("".join(self.lines), self.numbers[0], self.numbers)

    def _add(self, line: str, number: int) -> None:
        self.lines.append(line + "\n")
        self.numbers.append(number)


def bounded_copies(counts: Iterable[int]) -> Iterator[int]:
    """For each count of equal goroutines, how many to write: at least one, and about MOST_COPIES in all."""
    left = MOST_COPIES
    for count in counts:
        copies = max(min(count, left), 1)
        left -= copies
        yield copies


def read_written(dump: Piece) -> DumpReader:
    """Reads all goroutines, even if they could not stand in one dump because all have one id, or all are running."""
    cursor = Cursor([dump])
    cursor.more()
    reader = DumpReader(cursor)
    while cursor.more():
        before = cursor.position
        reader.read()
        if cursor.position == before:
            cursor.skip_line()
    return reader
