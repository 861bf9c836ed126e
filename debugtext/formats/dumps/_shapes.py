r"""The fast path of dumps: blocks of the same shape share one stack, so that Lark reads only one of them.

A block's shape is its text without the parts that differ between goroutines of one stack: the id and the state in the
header, the arguments of each call, the number behind `in goroutine`, and fp and sp in level 2 tracebacks. All the rest
must be equal, character by character. In a dump of many shapes, further ones are put together from known lines
(`_known_frames.py`), if all their lines are of the usual kinds.
"""

from dataclasses import dataclass
from functools import lru_cache

from debugtext.formats import grammar
from debugtext.formats.dumps._bare_blocks import Key, bare, bare_line_for_line, key_of, without_pointers
from debugtext.formats.dumps._dump_columns import MOST_LINES, DumpColumns, Rows
from debugtext.formats.dumps._goroutine_block import read_block
from debugtext.formats.dumps._known_frames import put_together
from debugtext.formats.dumps.dump_lines import BEGINNING, terminal_of
from debugtext.formats.dumps.goroutine import Block, header_of, is_number
from debugtext.formats.grammar import ALIKE
from debugtext.pieces.text import Cursor
from debugtext.records.frames import Stack

GLUED = "\ngoroutine "
MOST_SHAPES, MOST_REMEMBERED = 20_000, 2_000
"""How many shapes are kept for one dump, and across dumps: a program that reads texts for weeks must not grow."""
FIRST_WINDOW, USUAL_BLOCK, WINDOW_CHARACTERS = 1 << 9, 1 << 12, 1 << 18
"""How much text is cut at once: at first, if no block ends in that, and later. Larger strings are no faster."""
BY_LARK = 64
"""Lark reads this many shapes of a dump. Most dumps have no more; more would take most of the time."""
WRITER = ("runtime/pprof.writeGoroutineStacks",)
"""The top of the first goroutine in a dump from net/http/pprof: the goroutine that writes the dump."""
ANCESTOR = "[originating from goroutine "
NO_BLOCK = ""
"""Stands for a block that Go does not print: too long, or with the next block glued to it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The stack of a shape, and the number of its lines; `parent_id` -1: none, or it differs from block to block."""

    stack: Stack
    lines: int
    parent_id: int


_shapes: dict[Key, Shape] = {}
"""The shapes of all dumps that were read: a log may hold thousands of small dumps."""


def block_end(lines: list[str], start: int) -> int:
    """The index of the blank line behind a block, but at most MOST_LINES further: Go prints no longer blocks."""
    bound = start + MOST_LINES
    try:
        return lines.index("", start, bound)
    except ValueError:
        return bound


@lru_cache(maxsize=1)
def _end_of_lines(text: str) -> int:
    """The place where the last non-empty line of a text ends."""
    end = len(text)
    while end and text[end - 1] == "\n":
        end -= 1
    return end


def _end_of_long_block(text: str, start: int) -> int:
    """Where a block that is longer than a window ends; -1 if it has more lines than Go prints."""
    end = start
    for _ in range(MOST_LINES + 1):
        end = text.find("\n", end) + 1
        if not end:
            return len(text)
        if text.startswith("\n", end):
            return end - 1
    return -1


class _Blocks:
    """Cuts a piece, from a position on, into bare blocks: goroutines without arguments.

    `left` holds the blocks cut so far, in reverse, and `index` is the line index of the next one. Cutting many blocks
    at once may lose lines of damaged text. `in_step` tells whether `index` is still right; if not, the caller cuts
    again with `line_for_line`, which is slower and loses none.
    """

    def __init__(self, text: str, position: int, index: int, *, line_for_line: bool = False) -> None:
        self.text = text
        self.index = index
        self.left: list[str] = []
        self.end = max(_end_of_lines(text), position)
        self._position = position
        self._window = FIRST_WINDOW
        self._line_for_line = line_for_line

    def more(self) -> bool:
        """Whether a block is left; cuts the next ones if needed."""
        if not self.left and self._position < self.end:
            start, stop = self._position, self._position + self._window
            self._window = min(self._window * 4, WINDOW_CHARACTERS)
            blank = self.text.rfind("\n\n", start, stop) if stop < self.end else self.end
            if blank < 0:
                blank = self.text.find("\n\n", stop - 1, start + USUAL_BLOCK)
            if blank < 0 and self.text.find(GLUED, start, start + USUAL_BLOCK) < 0:
                blank = min(_end_of_long_block(self.text, start), self.end)
            if blank < 0:
                self.left, self._position = [NO_BLOCK], self.end
                return True
            window = self.text[start:blank]
            if self._line_for_line:
                self.left = [bare_line_for_line(block) for block in window.split("\n\n")]
            else:
                self.left = bare(window).split("\n\n")
            self.left.reverse()
            self._position = blank + 2
        return bool(self.left)

    def begin_at(self, index: int) -> bool:
        """Drops the blocks above the line `index`, which were read elsewhere; whether a block begins at that line."""
        while self.index < index and self.more():
            block = self.left[-1]
            if block.startswith("\n"):
                self.left[-1] = block[1:]
                self.index += 1
            else:
                self.left.pop()
                self.index += block.count("\n") + 2
        return self.index == index and self.more()

    def in_step(self, cursor: Cursor) -> bool:
        """Whether `index`, and the blank lines from there on, lead to the next block, or to the end of the text."""
        if self._line_for_line:
            return True
        index = self.index
        for block in reversed(self.left):
            head, _, _ = block.lstrip("\n").partition("\n")
            if head:
                index += block.index(head)
                return cursor.lines()[index - 1 : index + 1] == ["", head]
            index += len(block) + 2
        return index - 2 == cursor.piece.line_ends() - (len(self.text) - self.end)


class Shapes:
    """The shapes of one dump.

    `ended` becomes True at the goroutine that writes the next dump, as the first goroutine of this dump wrote this.
    """

    def __init__(self, columns: DumpColumns) -> None:
        self._columns = columns
        self._known: dict[Key, tuple[int, Shape]] = {}
        self._refused: set[str] = set()
        """The blocks that Lark refused, with their digits made ALIKE."""
        self._blocks = _Blocks("", 0, 0)
        self._writers: set[int] = set()
        self._has_writer = False
        self.ended = False

    def take(self, cursor: Cursor) -> int:
        """Adds the goroutines from the cursor on, up to a block that is not as Go prints it, or the end of the piece.

        Moves the cursor behind them, and returns the index of their last line; -1 if there were none.
        """
        start = cursor.index_at(cursor.position)
        if self._blocks.text is not cursor.text:
            self._blocks = _Blocks(cursor.text, cursor.position, start)
        if not self._blocks.begin_at(start) or self._blocks.left[-1] == NO_BLOCK:
            return -1
        rows = self._rows(cursor)
        if self._blocks.index != start and not self._blocks.in_step(cursor):
            self._blocks = _Blocks(cursor.text, cursor.position, start, line_for_line=True)
            rows = self._rows(cursor)
        behind = self._blocks.index
        if behind == start:
            return -1
        self._columns.extend(rows, cursor.piece)
        if self._blocks.left:
            cursor.skip_lines(behind - start)
        else:
            cursor.move_to(self._blocks.end, behind - 2)
        return behind - 2

    def _rows(self, cursor: Cursor) -> Rows:
        """The goroutines up to the first block that Lark refuses."""
        rows = Rows()
        add_id, add_header, add_stack, add_parent, add_index = rows.appenders()
        shape_known, header_known = self._known.get, self._columns.header_numbers.get
        blocks = self._blocks
        index = first = blocks.index
        is_new, self.ended = not len(self._columns.goroutines), False
        by_lark = grammar.LARK_ALONE
        while blocks.left or blocks.more():
            head, _, block = blocks.left[-1].partition("\n")
            digits, _, rest = head[len(BEGINNING) :].partition(" ")
            header = header_known(rest)
            if header is None:
                header = self._columns.header_number(rest)
            if header < 0 or head[: len(BEGINNING)] != BEGINNING or not is_number(digits):
                break
            key, parent = key_of(block)
            known = shape_known(key)
            if known is None or by_lark:
                known, parent = self._learn(block, cursor.lines(), index)
                if known is None:
                    break
                if known[1].stack.functions[:1] == WRITER:
                    self._writers.add(known[0])
            number, shape = known
            if number in self._writers and self._begins_another(is_first=is_new and index == first):
                break
            add_id(int(digits))
            add_header(header)
            add_stack(number)
            add_parent(int(parent) if parent else shape.parent_id)
            add_index(index)
            index += shape.lines + 1
            blocks.left.pop()
        blocks.index = index
        return rows

    def _begins_another(self, *, is_first: bool) -> bool:
        """Whether a goroutine that writes a dump is the writer of another dump; `is_first`: of this dump."""
        self.ended = self._has_writer and not is_first
        self._has_writer = self.ended or is_first
        return self.ended

    def _learn(self, block: str, lines: list[str], index: int) -> tuple[tuple[int, Shape] | None, str]:
        """The stack number and shape of a block with an unknown key, and its parent's id; None if Lark refuses it."""
        key, parent = key_of(without_pointers(block) if " fp=" in block else block)
        known = self._known.get(key)
        if known is not None and not grammar.LARK_ALONE:
            return known, parent
        shape = None if grammar.LARK_ALONE else _shapes.get(key)
        if shape is None:
            if self._refused and block.translate(ALIKE) in self._refused:
                return None, ""
            shape = self._new_shape(key, block, parent, lines[index : block_end(lines, index)])
            if shape is None:
                return None, ""
            if len(self._known) >= MOST_SHAPES:  # a hostile text: every block another shape
                self._known.clear()
        known = self._known[key] = self._columns.stack_number(shape.stack), shape
        return known, parent

    def _new_shape(self, key: Key, block: str, parent: str, whole: list[str]) -> Shape | None:
        """The shape of a bare block, whose lines are `whole`: by Lark or, if shapes are many, from known lines."""
        text = "\n".join(whole[1:])
        cut = bare_line_for_line(text)
        if cut != block:  # lines were lost above, so that these are the lines of another block
            return None
        is_many = len(self._known) >= BY_LARK and not grammar.LARK_ALONE
        stack = put_together(key, parent) if is_many and cut is not text else None
        if stack is not None:
            return Shape(stack, len(whole), -1)
        shape = _read_shape(key, whole, parent)
        if shape is None:
            alike = block.translate(ALIKE)
            if len(alike) <= USUAL_BLOCK and len(self._refused) < MOST_REMEMBERED:
                self._refused.add(alike)
        return shape


def block_of(lines: list[str]) -> Block | None:
    """The goroutine of these lines, for callers that have picked them; None if Lark refuses them."""
    block = bare_line_for_line("\n".join(lines[1:]))
    key, parent = key_of(without_pointers(block) if " fp=" in block else block)
    if ANCESTOR in block:  # the last `in goroutine` is an ancestor's
        return read_block("\n".join((*lines, "")))
    digits, _, rest = lines[0].removeprefix(BEGINNING).partition(" ")
    header = header_of(rest) if is_number(digits) else None
    shape = header and (_shapes.get(key) or _read_shape(key, lines, parent))
    if not header or not shape:
        return None
    parent_id = int(parent) if parent else shape.parent_id
    return Block(int(digits), header, shape.stack, None if parent_id < 0 else parent_id)


def _read_shape(key: Key, block: list[str], parent: str) -> Shape | None:
    """The shape that Lark reads; None if it refuses the block, or another goroutine follows without a blank line."""
    if any(terminal_of(line) in ("", "HEADER") for line in block[1:]):  # cheaper than an error in Lark
        return None
    read = read_block("\n".join((*block, "")))
    if read is None or (parent and ANCESTOR in key[0]):  # an ancestor's parent was cut out: one shape, many parents
        return None
    if len(_shapes) >= MOST_REMEMBERED:
        _shapes.clear()
    shape = Shape(read.stack, len(block), -1 if parent or read.parent_id is None else read.parent_id)
    _shapes[key] = shape
    return shape
