r"""Reads dumps of goroutines: goroutine?debug=2, goroutineleak?debug=2, runtime.Stack, and those in crash reports.

    goroutine 12 [chan receive, 5 minutes]:
    main.(*Server).wait(0xc000012345)
        /src/m/main.go:50 +0x25
    created by main.main in goroutine 1
        /src/m/main.go:88 +0x17f

A dump of 100,000 goroutines holds only some dozens of stacks. So each block is reduced to its shape, the text without
the parts that differ between goroutines of one stack (`_shapes.py`). Lark reads the first block of each shape, and the
others share its stack. A block that Lark refuses is repaired line by line, if possible (`_repair.py`).
"""

from itertools import groupby, repeat

from debugtext.formats.crash_lines import is_of_tests
from debugtext.formats.dumps._dump_columns import DumpColumns
from debugtext.formats.dumps._end_of_tests import as_ended, end_above_tests
from debugtext.formats.dumps._shapes import Shapes, block_end
from debugtext.formats.dumps.dump_lines import (
    BEGINNING,
    begins_headless,
    header_of_rest,
    is_creator,
    is_of_stack,
    is_offset_location,
)
from debugtext.formats.dumps.goroutine import line_of
from debugtext.formats.dumps.repair import CUT_OFF, repair
from debugtext.formats.limits import LONGEST_LINE, MOST_FOREIGN_LINES
from debugtext.pieces.text import Cursor, Piece
from debugtext.records.captures import WITHOUT_HEADER, Capture, Problem
from debugtext.records.frames import Stack
from debugtext.records.goroutines import GoroutineDump

CUT_BYTES = 64 << 20
"""Go cuts a dump at this length, without a mark (runtime/pprof/pprof.go writeGoroutineStacks)."""
MOST_HEADLESS_LINES = 1000
"""How far the next header is looked for behind lines that belong to no goroutine."""
BETWEEN = "a line between two goroutines that is not Go's: left out"
HEADLESS = f"{WITHOUT_HEADER}: its id and its state are not known"
HALF_HEADER = "the beginning of a goroutine's header is cut off"
UNKNOWN = "goroutine 0 []:"
"""Stands for the header of a goroutine that has lost it."""


def recognizes(line: str) -> bool:
    """Whether a line is the header of a goroutine."""
    return line.startswith(BEGINNING) and line_of("HEADER").fullmatch(line + "\n") is not None


def parse(cursor: Cursor) -> Capture | None:
    """Reads one dump: the goroutines from the cursor on, up to other text or the next dump.

    None if no goroutine could be read: the line is longer than any header that Go prints.
    """
    text, start = cursor.text, cursor.position
    reader = DumpReader(cursor).read()
    if not len(reader.columns.goroutines):
        cursor.skip_line()
        return None
    return as_ended(cursor, text, start, reader.capture())


class DumpReader:
    """Reads goroutine blocks one after the other from a cursor that stands at a header."""

    def __init__(self, cursor: Cursor) -> None:
        self.columns = DumpColumns()
        self.problems: list[Problem] = []
        self.truncated = False
        self.last_line = self._first_line = cursor.line_number()
        self._cursor = cursor
        self._piece: Piece | None = None
        self._shapes = Shapes(self.columns)
        self._read_bytes = 0
        self._headless = 0

    def capture(self) -> Capture:
        """The goroutines that were read, as a capture."""
        self.finish()
        dump = GoroutineDump(self.columns.goroutines)
        problems = tuple(self.problems)
        return Capture("goroutine-dump", self._first_line, self.last_line, dump, problems, truncated=self.truncated)

    def finish(self) -> None:
        """Notes and reports if the dump was cut off: below its last header, or by Go at 64 MiB."""
        last = self.columns.goroutines[-1].stack
        if last == Stack() and not self.truncated:  # a header and nothing below it
            self.truncated = True
            self.problems.append(Problem(self.last_line, CUT_OFF, expected="a call like main.f(0x1)"))
        if self._read_bytes == CUT_BYTES:
            self.truncated = True
            message = "the dump is exactly 64 MiB long, where Go cuts it without a mark: goroutines are missing"
            self.problems.append(Problem(self.last_line, message))

    def read(self) -> "DumpReader":
        """Reads all goroutines from the cursor on, and leaves it at the first text that is not one; returns itself."""
        cursor = self._cursor
        while cursor.more():
            if cursor.text.startswith(BEGINNING, cursor.position):
                start = cursor.position
                self._take()
                if self._shapes.ended:
                    break
                if cursor.position == start and not (self._goes_on() if self._repair() else self._leave_out()):
                    break
            elif cursor.text.startswith("\n", cursor.position):
                cursor.position += 1
                self._read_bytes += 1
            elif not self._take_headless() and not self._leave_out():
                break
        return self

    def _leave_out(self) -> bool:
        """Skips and reports lines that are no goroutine; False if the dump ends at the cursor."""
        return self._leave_out_headless() or self._skip_foreign() or self._ends_in_header()

    def _ends_in_header(self) -> bool:
        """Skips and reports half a header at the end of the text; False if there is none.

        An editor may have added a newline behind the half header.
        """
        cursor, start = self._cursor, self._cursor.position
        line, end, _ = cursor.text[start : start + LONGEST_LINE].partition("\n")
        is_half = bool(end) and line[len(BEGINNING) :][:1].isdigit() and "[" in line and "]" not in line
        if not (is_half or start + len(line) == len(cursor.text)) or not _is_part_of_header(line):
            return False
        self.truncated, self.last_line = True, cursor.line_number()
        self.problems.append(Problem(self.last_line, CUT_OFF, "a goroutine header", line[:120]))
        cursor.position = start + len(line) + len(end)
        self._count_bytes(start)
        return True

    def _take(self) -> None:
        """The fast path: reads goroutines as long as the text of this piece is as Go prints it."""
        cursor = self._cursor
        self._window()
        start = cursor.position
        last = self._shapes.take(cursor)
        if last >= 0:
            self.last_line = cursor.piece.line_at(last)
            self._count_bytes(start)

    def _window(self) -> None:
        """Announces the piece at the cursor to the columns, unless that was done already."""
        cursor = self._cursor
        if self._piece is not cursor.piece:
            self._piece = cursor.piece
            self.columns.window(cursor.kept_text())

    def _take_headless(self) -> bool:
        """Reads a goroutine that has lost its header and stands above the first header of the dump; False if none."""
        cursor = self._cursor
        index = cursor.index_at(cursor.position)
        if len(self.columns.goroutines) > self._headless or not begins_headless(cursor.lines(), index):
            return False
        self._headless += 1
        self._window()
        shown = index - bool(index and cursor.lines()[index - 1].strip())  # the line above may be the damaged header
        found = cursor.lines()[shown][:120]
        header = header_of_rest(cursor.lines()[shown])
        message = HALF_HEADER if header else HEADLESS
        self.problems.append(Problem(cursor.piece.line_at(shown), message, "a goroutine header", found))
        return self._repair(header or UNKNOWN) or self._leave_out_headless()

    def _repair(self, *header: str) -> bool:
        """Reads what can be read of a block that is not as Go prints it; False if it is no goroutine at all.

        `header` stands for the header that the text has lost.
        """
        cursor = self._cursor
        start, index = cursor.position, cursor.index_at(cursor.position)
        lines = cursor.lines()
        end = min(block_end(lines, index), len(lines))
        if header:
            end = next((number for number in range(index + 1, end) if cursor.begins(lines[number])), end)
        else:
            end = end_above_tests(lines, index, end)
        at_end = end >= len(lines) - 1
        repaired = repair([*header, *lines[index:end]], at_end=at_end, ends_in_line=not cursor.text.endswith("\n"))
        if repaired is None or repaired.lines == len(header):  # another text begins in place of the first location
            return False
        self.columns.add_block(repaired.block, index, cursor.piece)
        for trouble in repaired.troubles:
            line = cursor.piece.line_at(index + trouble.index - len(header))
            self.problems.append(Problem(line, trouble.message, trouble.expected, trouble.found))
        self.truncated = self.truncated or repaired.truncated
        own = repaired.lines - len(header)
        cursor.skip_lines(own)
        self.last_line = cursor.piece.line_at(index + own - 1)
        self._count_bytes(start)
        return True

    def _goes_on(self) -> bool:
        """Whether the dump goes on behind a repaired goroutine: no other dump begins there."""
        return not self._cursor.more() or not self._begins_dump(self._cursor.line())

    def _skip_foreign(self) -> bool:
        """Skips and reports lines that are not Go's, if the dump, or the rest of a stack, goes on behind them."""
        cursor = self._cursor
        index = cursor.index_at(cursor.position)
        count, is_own = self._foreign_lines(cursor.lines(), index)
        if not count:
            return False
        number = index
        for is_part, lines in groupby(cursor.lines()[index : index + count], is_of_stack):
            for length in (len(list(lines)),) if is_part else repeat(1, len(list(lines))):
                self._report(number, length, is_part=is_part)
                number += length
        cursor.skip_lines(count)
        if is_own:
            self.last_line = cursor.piece.line_at(index + count - 1)
        return True

    def _foreign_lines(self, lines: list[str], index: int) -> tuple[int, bool]:
        """How many lines to leave out, and whether they end with the rest of a stack rather than at a header."""
        own = strangers = 0
        is_headless = False
        for number in range(index, min(index + MOST_HEADLESS_LINES, len(lines))):
            line = lines[number]
            if recognizes(line):
                return (own, True) if self._begins_dump(line) else (number - index, False)
            if strangers > MOST_FOREIGN_LINES or (line and self._cursor.begins(line)):
                break
            if not is_headless and line and begins_headless(lines, number) and not is_of_stack(lines[number - 1]):
                is_headless = True
                own = number - index if _is_part_of_header(lines[index]) else own
            if not is_headless and (is_offset_location(line) or is_creator(line)):
                own = number + 1 - index
            strangers += not is_of_stack(line)
        return own, True

    def _report(self, index: int, count: int, *, is_part: bool = True) -> None:
        """Reports `count` lines from this index on: parts of a goroutine, or (not `is_part`) other text."""
        found = self._cursor.lines()[index]
        what = "a line is" if count == 1 else f"{count} lines are"
        message = f"{what} left out: a part of {WITHOUT_HEADER}" if is_part else BETWEEN
        if found.strip():
            self.problems.append(Problem(self._cursor.piece.line_at(index), message, "a goroutine header", found[:120]))

    def _leave_out_headless(self) -> bool:
        """Skips and reports the lines of a stack without a header, or more lines behind a complete goroutine."""
        cursor = self._cursor
        index = cursor.index_at(cursor.position)
        lines = cursor.lines()[index : index + 2]
        stands_behind = not cursor.text.endswith("\n\n", 0, cursor.position)
        # a damaged header, call or `created by`
        broken = _is_part_of_header(lines[0]) or (stands_behind and len(lines) > 1 and lines[1].startswith("\t"))
        if is_of_tests(lines[0]) or not (broken or is_of_stack(lines[0])):
            return False
        lines = cursor.lines()[index : index + MOST_HEADLESS_LINES]
        own = (number for number, line in enumerate(lines) if number and not is_of_stack(line))
        count = next(own, len(lines))
        stands_behind = stands_behind and "." in lines[0].partition("(")[0]
        if not count or not (stands_behind or any(line.startswith(("\t", "created by ")) for line in lines[:count])):
            return False
        self._report(index, count)
        start = cursor.position
        cursor.skip_lines(count)
        self.last_line = cursor.piece.line_at(index + count - 1)
        self._count_bytes(start)
        return True

    def _begins_dump(self, line: str) -> bool:
        """Whether a header begins another dump: it is running (a dump's writer comes first), or its id came before."""
        match = line_of("HEADER").fullmatch(line + "\n")
        if match is None:
            return False
        return match["state"].startswith("running") or self.columns.has_id(int(match["id"]))

    def _count_bytes(self, start: int) -> None:
        text, end = self._cursor.text, self._cursor.position
        self._read_bytes += end - start if text.isascii() else len(text[start:end].encode(errors="surrogateescape"))


def _is_part_of_header(line: str) -> bool:
    """Whether a line may be a damaged header."""
    return bool(line) and BEGINNING.startswith(line[: len(BEGINNING)])
