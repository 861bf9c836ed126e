"""Reads the records of a debug=1 profile: a sample line, the lines below it, a blank line.

Most records are read by the fast path, which matches lines with the terminals of the grammar and reads each distinct
line below a sample once. Blocks that it does not know go to Lark (`_odd_blocks.py`; `_sample_reading.py` joins both),
which gives the same records and says what is wrong.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from debugtext.collector import without_collector
from debugtext.formats import grammar
from debugtext.formats.grammar import terminal
from debugtext.formats.limits import MOST_FOREIGN_LINES
from debugtext.formats.profiles._memstats_lines import MemStatsLines, values_of
from debugtext.formats.profiles._one_profile import OneProfile
from debugtext.formats.profiles._sample_blocks import BlockRead
from debugtext.formats.stack_lines import Addresses, FrameLines, LabelLines, unplaced_frame
from debugtext.pieces.text import Cursor, Piece
from debugtext.records.captures import Problem
from debugtext.records.contention import ContentionSample
from debugtext.records.counts import CountSample
from debugtext.records.frames import Frame, Stack
from debugtext.records.goroutines import Labels
from debugtext.records.heap import HeapSample

Sample = TypeVar("Sample", HeapSample, CountSample, ContentionSample)

NO_LABELS: Labels = ()
WINDOW = 1 << 20
"""How many characters are split into lines at once."""
SMALL_WINDOW = 1 << 12
"""The first window, and the first one behind an odd block: lines that the fast path cannot read are split again."""
LONGEST_BLOCK = 1 << 16
"""How far a blank line is looked for: Go's longest blocks are stacks of 128 frames, and the MemStats."""


def _behind_blank_lines(text: str, start: int) -> int:
    """The place of the next line that is not blank; the end of the text if there is none."""
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            return start
        start = end + 1
    return len(text)


def _end_of_window(text: str, start: int, window: int) -> int:
    """Where a window should end: at a blank line, or the text's end; `start` if it holds no whole block."""
    end = text.find("\n\n", start + window, start + window + LONGEST_BLOCK)
    if end < 0 and start + window + LONGEST_BLOCK >= len(text):
        return len(text)
    return end if end >= 0 else max(text.rfind("\n\n", start, start + window + 2), start)


def _never(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class SampleText(Generic[Sample]):
    """The differences between the kinds of profiles.

    `title` is the name in messages. `may_be_broken(line)` is True if a line that begins another text may be a damaged
    line of this profile instead.
    """

    title: str
    grammar: str
    build: Callable[[re.Match[str], Stack, int, Labels], Sample]
    has_labels: bool = False
    has_memstats: bool = False
    may_be_broken: Callable[[str], bool] = _never


class SampleReader(Generic[Sample]):
    """Reads the records at a cursor, up to the first lines that are not this profile's.

    `read_odd_block(reader, text, start, index)` reads an unusual block into the reader: the block begins at `start` in
    the text, on the line `index`.
    """

    def __init__(
        self,
        text: SampleText[Sample],
        read_odd_block: "Callable[[SampleReader[Sample], str, int, int], BlockRead]",
    ) -> None:
        self.text: SampleText[Sample] = text
        self._read_odd: Callable[[SampleReader[Sample], str, int, int], BlockRead] = read_odd_block
        self.samples: list[Sample] = []
        self.problems: list[Problem] = []
        self.memstats = MemStatsLines()
        self.last_line = 0
        self.odd_blocks = 0
        """The number of unusual blocks."""
        self.ends_in_line = False
        """Whether the text ends in the middle of a line."""
        self.piece = Piece("", 1)
        self.begins: Callable[[str], bool] = _never
        """Whether a line begins a text of any format."""
        self.lacks_frames = False
        """Whether the last sample line had no lines below it."""
        self.one_profile: OneProfile[Sample] | None = None
        """Finds the beginning of another profile without a header; None: only a header begins one."""
        self.others_behind = (-1, 0)
        """The number of records and of problems when foreign lines were last skipped."""
        self.frame_lines = FrameLines()
        self.label_lines = LabelLines()
        self._last_index = -1
        self._ends = False
        self._match_sample = terminal(text.grammar, "SAMPLE").fullmatch
        self._addresses = Addresses()
        self._stacks: dict[str, Stack] = {}
        self._odd_stacks: dict[tuple[str, tuple[Frame, ...]], Stack] = {}

    def read(self, cursor: Cursor) -> None:
        """Reads all records, piece after piece."""
        self.begins = cursor.begins
        with without_collector():
            while cursor.more():
                self.piece, self._last_index = cursor.piece, -1
                cursor.position = self._read_piece(cursor.text, cursor.position, cursor.index_at(cursor.position))
                if self._last_index >= 0:
                    self.last_line = self.piece.line_at(self._last_index)
                if cursor.position < len(cursor.text):
                    break

    def _read_piece(self, text: str, start: int, index: int) -> int:
        """Reads blocks from `start` on, which is on the line `index`; returns the place behind them."""
        size, window = len(text), SMALL_WINDOW
        while start < size:
            if not grammar.LARK_ALONE:
                end = _end_of_window(text, start, window)
                lines = text[start:end].split("\n") if end > start else []
                count = len(lines)
                read = self._read_lines(lines, index)
                index += read
                start = end + 1 if read == count and count else start + sum(map(len, lines[:read])) + read
                if read == count and count:
                    window = min(window * 4, WINDOW)
                    continue
                if self._ends:
                    break
                window = SMALL_WINDOW
            blank_to = _behind_blank_lines(text, start)
            index += text.count("\n", start, blank_to)
            start = blank_to
            if start < size:
                block = self._read_odd_block(text, start, index)
                index += text.count("\n", start, block.end)
                start = block.end
                if block.ends_text:
                    break
        return min(start, size)

    def _read_lines(self, lines: list[str], index: int) -> int:
        """The fast path: reads whole blocks as long as all their lines are known; returns how many lines it read."""
        count = len(lines)
        lines.append("")
        text, line_at, match_sample, stacks = self.text, self.piece.line_at, self._match_sample, self._stacks
        frame_of, start = self.frame_lines.__getitem__, 0
        try:
            while start < count:
                first = lines[start]
                if not first:
                    start += 1
                    continue
                end = lines.index("", start)
                match = match_sample(first)
                if match is None or self.memstats.started:
                    numbers = map(line_at, range(index + start, index + end))
                    if not (text.has_memstats and self.memstats.add_all(lines[start:end], numbers)):
                        break
                else:
                    below, labels = start + 1, NO_LABELS
                    if text.has_labels and lines[below].startswith("# "):
                        labels = self.label_lines[lines[below]]
                        below += 1
                    stacks_before = len(stacks)
                    stack = self.stack(match["addresses"], tuple(map(frame_of, lines[below:end])))
                    sample = text.build(match, stack, line_at(index + start), labels)
                    if len(stacks) == stacks_before and self._ends_before(sample, first):
                        break
                    self.samples.append(sample)
                    self.lacks_frames = end == start + 1
                self._last_index = index + end - 1
                start = end
        except KeyError:
            pass  # neither a frame nor a label: the block goes to Lark
        return min(start, count)

    def _read_odd_block(self, text: str, start: int, index: int) -> BlockRead:
        """Reads the unusual block at `start`, if the profile goes on there."""
        end = text.find("\n", start)
        if self.memstats.started and values_of(text[start : end if end >= 0 else len(text)]) is None:
            return self._step_over(text, start, index)
        block = self._read_odd(self, text, start, index)
        self._last_index = max(self._last_index, block.last_index)
        return block

    def _step_over(self, text: str, start: int, index: int) -> BlockRead:
        """Skips a few foreign lines between the MemStats; if no MemStats follow them, the text ends before them.

        A field that has lost its `# ` (`Alloc = 3`) does not begin another text.
        """
        from debugtext.formats.profiles.printed_memstats import fields_of  # noqa: PLC0415 - most MemStats are whole

        position, strangers = start, list[Problem]()
        for number in range(index, index + MOST_FOREIGN_LINES + 1):
            end = text.find("\n", position)
            line = text[position : end if end >= 0 else len(text)]
            if values_of(line):
                self.problems += strangers
                return BlockRead(position)
            if end < 0 or self.memstats.complete or (self.begins(line) and not fields_of(line)):
                break
            if line.strip():
                message = f"this line is not part of {self.text.title}"
                strangers.append(Problem(self.piece.line_at(number), message, "line of MemStats", line[:120]))
            position = end + 1
        return BlockRead(start, ends_text=True)

    def _ends_before(self, sample: Sample, sample_line: str) -> bool:
        """Whether another profile begins with this record; a problem of lines skipped before it is then withdrawn."""
        records, problems = self.others_behind
        behind_others = records == len(self.samples)
        if (
            self.one_profile is None
            or not self.one_profile.ends_before(self.samples, sample, behind_others=behind_others)
            or not self.begins(sample_line)
        ):
            return False
        self._ends = True
        if behind_others:
            del self.problems[problems]
        return True

    def add(self, sample_line: str, below: Sequence[str], line: int) -> bool:
        """Adds a record from its lines, which the grammar knows; returns False if another profile begins with it."""
        match = self._match_sample(sample_line)
        assert match is not None, sample_line
        labels, frames = NO_LABELS, []
        for text in below:
            if text.startswith("# l"):
                labels = self.label_lines[text]
            else:
                frames.append(unplaced_frame(text) or self.frame_lines[text])
        sample = self.text.build(match, self.stack(match["addresses"], tuple(frames)), line, labels)
        if self._ends_before(sample, sample_line):
            return False
        self.samples.append(sample)
        self.lacks_frames = not below
        return True

    def has_no_room(self, sample_line: str) -> bool:
        """Whether a line is a sample line that exceeds the totals in the header."""
        match = self._match_sample(sample_line)
        if match is None or self.one_profile is None or not self.begins(sample_line):
            return False
        return self.one_profile.has_no_room(self.samples, self.text.build(match, Stack(), 0, NO_LABELS))

    def stack(self, addresses: str, lines: tuple[Frame | None, ...]) -> Stack:
        """The stack of a sample line's addresses and the frames below it; equal stacks are one object."""
        frames = tuple(filter(None, lines)) if self.frame_lines.bare else cast("tuple[Frame, ...]", lines)
        stack = self._stacks.get(addresses)
        if stack is None:
            stack = self._stacks[addresses] = self._new_stack(addresses, frames)
        elif stack.frames != frames:
            odd = self._odd_stacks.get((addresses, frames))
            stack = odd or self._odd_stacks.setdefault((addresses, frames), self._new_stack(addresses, frames))
        return stack

    def _new_stack(self, addresses: str, frames: tuple[Frame, ...]) -> Stack:
        numbers = tuple(map(self._addresses.__getitem__, addresses.split()))
        while numbers and not numbers[-1]:
            # threadcreate pads its stacks with zeros since Go 1.23 (runtime/mprof.go threadCreateProfileInternal)
            numbers = numbers[: len(numbers) - 1]
        return Stack(frames, numbers)
