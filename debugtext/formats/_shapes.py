r"""The fast path of dumps: a block's shape is its lines without what differs between goroutines of one stack.

These differ: the id and the state in the header, the arguments of each call, the number behind `in goroutine`, and fp
and sp in level 2 tracebacks. All the rest must be equal, character by character, for two goroutines to have one shape.
Lark reads the first block of each shape, and all others share its stack.

The cut is exact: a line that ends in `)` is a call or nothing, and the last `(` in it opens its arguments, which hold
none (runtime/traceback.go printArgs). Only `(...)` stays: it may tell an inlined call. Go prints calls and locations in
turn, so the lines at even and at odd places are taken apart at once; what is not so simple is cut line by line.
"""

from dataclasses import dataclass

from debugtext.formats._dump_columns import MOST_LINES, DumpColumns, LineAt, Rows
from debugtext.formats._goroutine import is_number, line_of
from debugtext.formats._goroutine_block import read_block

BEGINNING = "goroutine "
INLINED = "(...)"
BEFORE_PARENT = " in goroutine "
MOST_SHAPES = 20_000

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape that Lark has read once; a parent of -1 is none, or stands in each block."""

    stack_number: int
    parent_id: int


def shape_of(block: list[str]) -> tuple[Key, str]:
    """What goroutines of one stack share of the lines below a header, and the digits of the parent's id.

    Calls come first in the key, then locations. Meant for blocks that are `simple`: of others it may keep too much.
    """
    calls, last, parent = block[::2], "", ""
    if calls and calls[-1][:8] == "created ":
        last, _, parent = calls[-1].rpartition(BEFORE_PARENT)
        if last and is_number(parent):
            del calls[-1]
        else:
            last = parent = ""
    shared = [call if call[-1] != ")" or call[-2:] == ".)" else call.rpartition("(")[0] for call in calls]
    return (*shared, last, *block[1::2]), parent


def simple(block: list[str]) -> bool:
    """Whether calls and locations alternate and nothing but plain arguments differs, as `shape_of` expects."""
    calls, places = block[::2], block[1::2]
    return (
        len(calls) == len(places)
        and all(place[0] == "\t" and " fp=" not in place for place in places)
        and not any(call.endswith(".)") and not call.endswith(INLINED) for call in calls)
    )


def shape_line_by_line(block: list[str]) -> tuple[Key, str]:
    """The same for any block."""
    shared = ["line by line"]
    parent = ""
    for line in block:
        place = line_of("LOCATION").fullmatch(line + "\n") if " fp=" in line else None
        if place is not None:
            shared.append(line[: place.start("fp")] + line[place.end("sp" if place["sp"] else "fp") :])
        elif line[-1] == ")" and not line.endswith(INLINED):
            shared.append(line.rpartition("(")[0])
        elif line.startswith("created by ") and not parent and is_number(line.rpartition(BEFORE_PARENT)[2]):
            before, _, parent = line.rpartition(BEFORE_PARENT)
            shared.append(before)
        else:
            shared.append(line)
    return tuple(shared), parent


def block_end(lines: list[str], start: int) -> int:
    """The index of the blank line behind a block, or as far as a block may reach: a longer one is none of Go's."""
    bound = start + MOST_LINES
    try:
        return lines.index("", start, bound)
    except ValueError:
        return bound


class Shapes:
    """The shapes of one dump; `plain` reads every block with Lark instead."""

    def __init__(self, columns: DumpColumns, *, plain: bool = False) -> None:
        self._columns = columns
        self._plain = plain
        self._shapes: dict[Key, Shape] = {}

    def take(self, lines: list[str], start: int, line_at: LineAt) -> int:
        """Adds the goroutines from line index `start` on, up to a block that is not as Go prints it, or the end.

        The lines are those of a whole window, the last one empty. Returns the index behind the last blank line taken.
        """
        rows = Rows()
        add_id, add_header, add_stack, add_parent, add_index = rows.appenders()
        shape_known, header_known, header_number = (
            self._shapes.get,
            self._columns.header_numbers.get,
            self._columns.header_number,
        )
        while start < len(lines) and lines[start]:
            end = block_end(lines, start)
            head = lines[start]
            digits, _, rest = head[len(BEGINNING) :].partition(" ")
            header = header_known(rest)
            if header is None:
                header = header_number(rest)
            if header < 0 or head[: len(BEGINNING)] != BEGINNING or not is_number(digits):
                break
            block = lines[start + 1 : end]
            key, parent = shape_of(block)
            shape = shape_known(key)
            if shape is None or self._plain:
                shape, parent = self._learn(key, parent, lines[start], block)
                if shape is None:
                    break
            add_id(int(digits))
            add_header(header)
            add_stack(shape.stack_number)
            add_parent(int(parent) if parent else shape.parent_id)
            add_index(start)
            start = end + 1
        self._columns.extend(rows, line_at)
        return start

    def _learn(self, key: Key, parent: str, header: str, block: list[str]) -> tuple[Shape | None, str]:
        """The shape of a block that was not known by its key; None if Lark refuses it."""
        if any(line.startswith(BEGINNING) for line in block):
            return None, ""
        if not simple(block):
            key, parent = shape_line_by_line(block)
        shape = self._shapes.get(key)
        if shape is None or self._plain:
            read = read_block("\n".join((header, *block, "")))
            if read is None:
                return None, ""
            if len(self._shapes) >= MOST_SHAPES:  # a hostile text: every block another shape
                self._shapes.clear()
            shape = Shape(
                self._columns.stack_number(read.stack), -1 if parent or read.parent_id is None else read.parent_id
            )
            self._shapes[key] = shape
        return shape, parent
