r"""The fast path of dumps: a block's shape is its text without what differs between goroutines of one stack.

These differ: the id and the state in the header, the arguments of each call, the number behind `in goroutine`. All the rest
must be equal, character by character, for two goroutines to have one shape.

The cuts are exact. Between two `)\n\t` stand a location line and the next call; the last `(` in there opens that call's
arguments, which hold no `(`. Only a foreign line that ends in `)` could hide in them, and it would bring a newline: a
block with another number of newlines than the one that Lark has read is not of its shape.
"""

from dataclasses import dataclass

from debugtext.formats._dump_columns import DumpColumns
from debugtext.formats._goroutine import is_number, line_of
from debugtext.formats._goroutine_block import read_block

BEGINNING = "goroutine "
BEFORE_PARENT = " in goroutine "
MOST_SHAPES = 20_000

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that Lark has read once."""

    stack_number: int
    newlines: int
    parent_id: int


def shape_of(body: str) -> tuple[Key, str]:
    """What goroutines of one stack share of a block's lines (without its header), and the parent's id."""
    *calls, last = body.split(")\n\t")
    before, found, behind = last.rpartition(BEFORE_PARENT)
    parent, _, place = behind.partition("\n")
    shared = [call.rpartition("(")[0] for call in calls]
    if found and is_number(parent):
        return (*shared, before, place), parent
    return (*shared, last), ""


def shape_with_pointers(body: str) -> tuple[Key, str]:
    """The same for tracebacks of level 2 (SIGQUIT since Go 1.22), whose locations tell fp and sp of each goroutine."""
    shared: list[object] = []
    parent = ""
    for line in body.split("\n"):
        if line.startswith("\t"):
            place = line_of("LOCATION").fullmatch(line + "\n")
            shared.append(line if place is None else place.group("file", "line", "offset", "pc"))
        elif line.endswith(")"):
            shared.append(line.rpartition("(")[0])
        elif line.startswith("created by ") and is_number(line.rpartition(BEFORE_PARENT)[2]):
            before, _, parent = line.rpartition(BEFORE_PARENT)
            shared.append(before)
        else:
            shared.append(line)
    return tuple(shared), parent


class Shapes:
    """The shapes of one dump."""

    def __init__(self, columns: DumpColumns, *, plain: bool = False) -> None:
        self._columns = columns
        self._plain = plain
        self._shapes: dict[Key, Shape] = {}

    def take(self, text: str, start: int, index: int) -> tuple[int, int]:
        """Adds the goroutines from `start` on, up to a block that is not as Go prints it.

        `index` is the line index of `start`; both are returned for the place behind the last goroutine taken.
        """
        columns, shapes = self._columns, self._shapes
        while start < len(text):
            end = text.find("\n\n", start)
            block = text[start:end] if end >= 0 else text[start:].removesuffix("\n")
            head, _, body = block.partition("\n")
            digits, _, rest = head.removeprefix(BEGINNING).partition(" ")
            key, parent = shape_with_pointers(body) if " fp=0x" in body else shape_of(body)
            shape = shapes.get(key)
            if shape is None or shape.newlines != body.count("\n") or self._plain:
                shape = self._learn(key, block)
            header = columns.header_number(rest)
            if shape is None or header < 0 or not (head.startswith(BEGINNING) and is_number(digits)):
                break
            columns.add(int(digits), header, shape.stack_number, int(parent or shape.parent_id), index, start)
            index += shape.newlines + 3
            start = end + 2 if end >= 0 else len(text)
        return start, index

    def _learn(self, key: Key, block: str) -> Shape | None:
        """Lets Lark read the first block of a shape; None if it refuses."""
        read = read_block(block + "\n")
        if read is None:
            return None
        if len(self._shapes) >= MOST_SHAPES:  # a hostile text: every block another shape
            self._shapes.clear()
        parent = -1 if read.parent_id is None else read.parent_id
        shape = Shape(self._columns.stack_number(read.stack), block.count("\n") - 1, parent)
        self._shapes[key] = shape
        return shape
