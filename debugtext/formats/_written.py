"""Goroutines that others print in a form of their own: written as Go does, so that they are read as those of a dump."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from debugtext.formats.dump import DumpReader
from debugtext.text import Cursor, Piece

MOST_COPIES = 10_000


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
    """A dump in the making, in which each line knows the line of the original input that it came from."""

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def header(self, number: int, goroutine: int = 0, state: str = "") -> None:
        """Begins a goroutine; 0 and no state are what nobody has printed."""
        self.printed_header(f"goroutine {goroutine} [{state}]:", number)

    def printed_header(self, line: str, number: int) -> None:
        """Begins a goroutine with a header as Go prints it."""
        if self.lines:
            self._add("", number)
        self._add(line, number)

    def frame(self, function: str, file: str, line: int, number: int, last_number: int) -> None:
        """Adds a call and its place, which came from these lines; from one, if both are the same."""
        self._add(f"{function}()", number)
        self._add(f"\t{file}:{line}", last_number)

    def stack(self, calls: Iterable[Call], numbers: Sequence[int]) -> None:
        """Adds frames whose indexes are those of `numbers`."""
        for call in calls:
            self.frame(call.function, call.file, call.line, numbers[call.index], numbers[call.last_index])

    def created_by(self, function: str, file: str, line: int, number: int) -> None:
        """Adds the go statement which started the goroutine."""
        self._add(f"created by {function}", number)
        self._add(f"\t{file}:{line}", number)

    def as_printed(self, line: str, number: int) -> None:
        """Adds a line that is as Go prints it."""
        self._add(line, number)

    def piece(self) -> Piece:
        """The dump as text."""
        return Piece("".join(self.lines), self.numbers[0], self.numbers)

    def _add(self, line: str, number: int) -> None:
        self.lines.append(line + "\n")
        self.numbers.append(number)


def bounded_copies(counts: Iterable[int]) -> Iterator[int]:
    """How often to write each of some goroutines of which so many are equal: each once, and in all not too many."""
    left = MOST_COPIES
    for count in counts:
        copies = max(min(count, left), 1)
        left -= copies
        yield copies


def read_written(dump: Piece) -> DumpReader:
    """Reads all goroutines, also those that a dump would not have side by side: with one id, or all running."""
    cursor = Cursor([dump])
    cursor.more()
    reader = DumpReader(cursor)
    while cursor.more():
        before = cursor.position
        reader.read()
        if cursor.position == before:
            cursor.skip_line()
    return reader
