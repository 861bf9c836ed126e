"""Takes a crash report apart: the lines outside of goroutines, section by section, the goroutines, and other stacks."""

from debugtext.formats.crash_lines import (
    ABOVE,
    AT_EXIT,
    BEGINNINGS,
    BEHIND,
    FATALS,
    MARKS,
    PANICS,
    RECOVERED,
    RUNS_ON,
    terminal_of,
)
from debugtext.formats.crashes._message import Messages, is_quoted
from debugtext.formats.crashes._section import Section
from debugtext.formats.crashes._traceback import RUNTIME_STACK, read_traceback, stands_on_stack
from debugtext.formats.crashes._windows import GoroutineReader
from debugtext.formats.crashes.above import lines_above
from debugtext.formats.dumps.dump import DumpReader
from debugtext.formats.dumps.dump import recognizes as is_header
from debugtext.formats.interleaved import PATIENCE
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Problem
from debugtext.records.frames import Stack

_PRINTER = "runtime/debug.Stack"


class ReportReader:
    """Reads one crash report from a cursor that stands at the line which begins it."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._messages = Messages(cursor)
        self.sections = [Section()]
        self.dump: DumpReader | None = None
        self._reader: GoroutineReader | None = None
        self.tracebacks: list[Stack] = []
        self.problems: list[Problem] = []
        self.last_line = cursor.line_number()

    @property
    def first_line(self) -> int:
        """The first line of the report in the original input."""
        return self.sections[0].numbers[0]

    @property
    def goroutines(self) -> int:
        """The number of goroutines read so far."""
        return 0 if self.dump is None else len(self.dump.columns.goroutines)

    def read(self) -> "ReportReader":
        """Takes all lines of the report, and leaves the cursor behind it; returns itself."""
        cursor = self._cursor
        for line, number, kind in lines_above(cursor):
            self.sections[0].add(line, number, kind)
        self._say(terminal_of(cursor.line()))
        piece, behind = cursor.piece, cursor.position
        while cursor.more():
            if cursor.piece is not piece:
                piece, behind = cursor.piece, cursor.position
            line = cursor.line()
            if not line.strip() and not self._is_message():
                cursor.skip_line()
            elif self._take(line):
                piece, behind = cursor.piece, cursor.position
            else:
                break
        if cursor.piece is piece:
            cursor.position = behind
        return self

    def _say(self, kind: str | None) -> None:
        """Adds the line at the cursor to its section; dashes begin a new section."""
        cursor = self._cursor
        if kind == "DASHES":
            self.sections.append(Section(self.goroutines))
        self.last_line = cursor.line_number()
        self.sections[-1].add(cursor.line(), self.last_line, kind)
        cursor.skip_line()

    def _is_message(self) -> bool:
        """Whether the blank line at the cursor stands in the middle of a panic's message."""
        cursor = self._cursor
        if self.goroutines or self.sections[-1].last_kind not in PANICS:
            return False
        end = self._messages.end()
        return cursor.line().startswith("\t") if end is None else cursor.text[cursor.position : end].strip("\n") != ""

    def _take(self, line: str) -> bool:
        """Takes the lines at the cursor; False if they do not belong to the report."""
        section, kind = self.sections[-1], terminal_of(line)
        if section.last_kind in AT_EXIT and kind not in AT_EXIT:
            return False
        if is_header(line):
            return self._take_goroutines(section)
        if kind is None:
            return self._take_unknown(section, line)
        belongs = not self._is_next_report(section, kind)
        if belongs:
            self._say(kind)
        return belongs

    def _is_stack_in_message(self) -> bool:
        """Whether the goroutine that was read is part of the panic's message.

        A program that recovers may panic again with a message that holds debug.Stack(). The signal, the mark
        `[recovered]`, and the goroutine as the runtime prints it are then still to come.
        """
        dump, said = self.dump, self.sections[0]
        if dump is None or self.goroutines != 1 or not said.says(("PANIC", "CHAINED_PANIC")) or said.says(("SIGNAL",)):
            return False
        return dump.columns.goroutines[0].stack.functions[:1] == (_PRINTER,)

    def _take_unknown(self, section: Section, line: str) -> bool:
        """Takes a line that no terminal matches: of a stack without a header, of a message, or a foreign line."""
        if line.strip() in MARKS and self._is_stack_in_message():
            self._cursor.skip_line()
            return True
        if line == RUNTIME_STACK or (not self.goroutines and stands_on_stack(self._cursor)):
            self._take_traceback(line)
            return True
        if self._cursor.begins(line):
            return False
        return self._skip_foreign() if self.goroutines else self._take_message(section)

    def _is_next_report(self, section: Section, kind: str) -> bool:
        """Whether a line of this kind can only belong to another report."""
        if kind == "SIGNAL" and self._is_stack_in_message():
            return False
        if self.goroutines > section.first_goroutine:
            return kind not in BEHIND or self.sections[0].says(RECOVERED)
        if kind in RECOVERED:
            return True
        if kind in RUNS_ON:
            return section.says((*PANICS, *FATALS))
        if kind in ("SIGNAL_NAME", "PC", "EXCEPTION"):
            return section.says((*PANICS, *FATALS))
        return kind == "PANIC" and section.last_kind not in (*PANICS, *ABOVE)

    def _take_goroutines(self, section: Section) -> bool:
        cursor, before = self._cursor, self.goroutines
        if before and self.sections[0].says(RECOVERED):
            return False
        if not before and section.last_kind in PANICS and is_quoted(cursor.text, cursor.position):
            return self._take_message(section)
        if self._reader is None:
            self._reader = GoroutineReader(cursor)
            self.dump = self._reader.dump
        self._reader.read()
        self.last_line = self._reader.dump.last_line
        return self.goroutines > before

    def _take_traceback(self, line: str) -> None:
        cursor = self._cursor
        if line == RUNTIME_STACK:
            self.last_line = cursor.line_number()
            cursor.skip_line()
            if not (cursor.more() and stands_on_stack(cursor)):
                return
        stack, self.last_line, problems = read_traceback(cursor)
        self.tracebacks.append(stack)
        self.problems += problems

    def _take_message(self, section: Section) -> bool:
        """Takes the text of a panic's message, or text above the goroutines; False if the report does not go on."""
        cursor = self._cursor
        end = self._messages.end()
        if end is None:
            indented = cursor.line().startswith("\t") and section.last_kind in (*PANICS, *FATALS)
            if indented:
                self._say(None)
            return indented
        lines = cursor.text[cursor.position : end].rstrip("\n").count("\n") + 1
        for _ in range(lines):
            self._say(None)
        return True

    def _skip_foreign(self) -> bool:
        """Skips a few foreign lines between the goroutines and the registers; False if no registers follow."""
        cursor = self._cursor
        start, foreign = cursor.position, list[tuple[int, str]]()
        while cursor.position < len(cursor.text) and len(foreign) < PATIENCE:
            line = cursor.line()
            if terminal_of(line) in ("REGISTERS", "DASHES"):
                message = "another program's line in the middle of this crash report"
                self.problems += [
                    Problem(number, message, "a goroutine or registers", text) for number, text in foreign
                ]
                return True
            if cursor.begins(line) or terminal_of(line) in BEGINNINGS:
                break
            if line.strip():
                foreign.append((cursor.line_number(), line[:120]))
            cursor.skip_line()
        cursor.position = start
        return False
