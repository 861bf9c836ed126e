"""Reads unusual blocks of a debug=1 profile with Lark, and reports the lines that it does not understand."""

from dataclasses import replace

from debugtext.formats.grammar import terminal
from debugtext.formats.profiles._damaged_blocks import FROM, read_damaged
from debugtext.formats.profiles._memstats_lines import begins_as_memstats
from debugtext.formats.profiles._sample_blocks import BlockRead, Entry, Item, Record
from debugtext.formats.profiles._samples import LONGEST_BLOCK, Sample, SampleReader
from debugtext.formats.recovery import HALF_LOCATION, Recovery, Refusal, parse_lines
from debugtext.formats.stack_lines import unplaced_frame
from debugtext.records.captures import Problem
from debugtext.records.counts import CountSample

WORDS = {
    "bare address": "frame",
    "unplaced": "frame",
    **dict.fromkeys(("memstats title", "number", "pair", "times", "fraction", "flag"), "line of MemStats"),
}
"""The names of terminals in messages, if not their own."""
LOOKAHEAD = 1 << 16
"""How far a record is looked for behind foreign lines."""


def read_block(reader: SampleReader[Sample], text: str, start: int, index: int) -> BlockRead:
    """Reads the block of `text` that begins at `start`, on the line `index`, into the reader."""
    lines = Lines(reader)
    reader.odd_blocks += 1
    if reader.odd_blocks > FROM and (damaged := read_damaged(reader, text, start, index, lines.may_be_another)):
        return damaged
    first = text[start : _end_of_line(text, start)]
    if not lines.is_ours(first) and lines.begins_another(first):
        return BlockRead(start, ends_text=True)
    end = text.find("\n\n", start, start + LONGEST_BLOCK)
    if not _holds_ours(text, start, end if end >= 0 else min(len(text), start + LONGEST_BLOCK), lines):
        return _step_over(reader, lines, text, start, index)
    if end < 0:
        end = _end_of_long_block(text, start, lines)
    from debugtext.formats.profiles._sample_rules import SampleRules  # noqa: PLC0415 - it imports Lark

    block, half = _without_half_location(text[start:end])
    items, recovery = parse_lines(reader.text.grammar, SampleRules, block + "\n", lines.is_ours, lines.begins_another)
    stop = recovery.ends_at
    ends_text = stop is not None
    if stop is None:
        stop = _end_of_ours(items, recovery, block, is_last=end >= len(text) - 1)
    _refuse_below(recovery.refusals, items)
    if (others := _add(reader, items, recovery.refusals, index)) is not None:
        if not others:
            return BlockRead(start, ends_text=True)
        stop, ends_text, half = _start_of(block, others), True, ""
        recovery.refusals[:] = [refusal for refusal in recovery.refusals if refusal.index < others]
    is_last = stop is None and end >= len(text) - 1
    _report(reader, lines, recovery.refusals, index, block.count("\n") if is_last else -1)
    last_line = block.rpartition("\n")[2]
    if half and not is_last:
        line = reader.piece.line_at(index + block.count("\n"))
        reader.problems.append(Problem(line, HALF_LOCATION, "the rest of the line", half[:120]))
    elif half or (is_last and end == len(text) and unplaced_frame(last_line)):
        _report_end(reader, index + block.count("\n"), "the end of the line", half or last_line)
    block = text[start:end]
    read = block if stop is None else block[: max(stop - 1, 0)]
    last_index = index + read.rstrip().count("\n")
    return BlockRead(end + 1, last_index) if stop is None else BlockRead(start + stop, last_index, ends_text)


def _without_half_location(block: str) -> tuple[str, str]:
    """The block without a half location at its end, and the original last line (empty if it is not cut off)."""
    head, end, line = block.rpartition("\n")
    frame = terminal("pasted_lines", "HALF_FRAME").fullmatch(line)
    if frame is None or not frame["half_file"]:
        return block, ""
    return f"{head}{end}#\t{frame['half_address']}\t{frame['half_function']}+{frame['half_offset']}", line


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _holds_ours(text: str, start: int, end: int, lines: "Lines") -> bool:
    """Whether a block holds one of the profile's lines, above any line that begins another text."""
    while start <= end:
        line_end = _end_of_line(text, start)
        line = text[start:line_end]
        if lines.is_ours(line):
            return True
        if lines.begins_another(line):
            return False
        start = line_end + 1
    return False


def _end_of_long_block(text: str, start: int, lines: "Lines") -> int:
    """Where a block ends that has no blank line behind it: before another text or, if too long, before a sample."""
    end = sample = start
    while end < len(text):
        line = text[end : _end_of_line(text, end)]
        if lines.is_sample(line):
            sample = end
        elif end > start and not lines.is_ours(line) and lines.begins_another(line):
            return end - 1
        end += len(line) + 1
        if end > start + LONGEST_BLOCK:
            return (sample if sample > start else end) - 1
    return len(text) - text.endswith("\n")


class Lines:
    """Tells a profile's own lines from others."""

    def __init__(self, reader: SampleReader[Sample]) -> None:
        self._begins = reader.begins
        self._has_memstats, self._may_be_broken = reader.text.has_memstats, reader.text.may_be_broken
        grammar = reader.text.grammar
        self._ours = [
            terminal(grammar, "SAMPLE"),
            terminal("go_tokens", "FRAME"),
            terminal("go_tokens", "BARE_ADDRESS"),
        ]
        if reader.text.has_labels:
            self._ours.append(terminal("go_tokens", "LABELS"))

    def is_sample(self, line: str) -> bool:
        """Whether a line begins like a sample line."""
        return self._ours[0].match(line) is not None

    def is_ours(self, line: str) -> bool:
        """Whether a line begins like a line of this profile."""
        if any(pattern.match(line) for pattern in self._ours):
            return True
        return self._has_memstats and begins_as_memstats(line)

    def may_be_another(self, line: str) -> bool:
        """Whether a line may belong to no record: it is of the MemStats, or begins another text."""
        return (self._has_memstats and begins_as_memstats(line)) or (
            not self.is_ours(line) and self.begins_another(line)
        )

    def begins_another(self, line: str) -> bool:
        """Whether a line that is not this profile's begins a text; a MemStats field without its `# ` does not."""
        if self._may_be_broken(line) or not self._begins(line):
            return False
        from debugtext.formats.profiles.printed_memstats import fields_of  # noqa: PLC0415 - most lines are the profile's

        return not (self._has_memstats and fields_of(line))


def _step_over(reader: SampleReader[Sample], lines: Lines, text: str, start: int, index: int) -> BlockRead:
    """Skips foreign lines, up to the profile's next line, if one is near and no other text begins before it."""
    position, skipped = start, 0
    while position < min(len(text), start + LOOKAHEAD):
        end = _end_of_line(text, position)
        line = text[position:end]
        if lines.is_ours(line):
            if reader.has_no_room(line):
                break
            found = text[start:position].partition("\n")[0]
            reader.others_behind = (len(reader.samples), len(reader.problems))
            reader.problems.append(_problem(reader, index, skipped, "a sample", found))
            return BlockRead(position)
        if lines.begins_another(line):
            break
        position, skipped = end + 1, skipped + bool(line.strip())
    return BlockRead(start, ends_text=True)


def _end_of_ours(items: list[Item], recovery: Recovery, block: str, *, is_last: bool) -> int | None:
    """The place of foreign lines at the block's end, behind the MemStats or the last record; None if there are none.

    CI systems, Markdown fences and shells print such lines without a blank line before them.
    """
    if not items or not recovery.refusals or (isinstance(items[-1], Record) and not is_last):
        return None
    refusal, last = recovery.refusals[-1], items[-1]
    last_index = last.index + len(last.lines) - (last.sample is None) if isinstance(last, Record) else last.index
    others = block.split("\n")[refusal.index :]
    may_be_ours = any(map(_may_be_ours, others)) if isinstance(last, Record) else others[0].startswith("# ")
    if refusal.index <= last_index or may_be_ours:
        return None
    recovery.refusals.pop()
    return _start_of(block, refusal.index)


def _may_be_ours(line: str) -> bool:
    """Whether a line may be a damaged line of a profile: it has a number, an address or a place."""
    bare = line.lstrip()
    return bare.startswith(("# ", "#\t", "@")) or bare[:1].isdigit() or "0x" in line or ".go" in line or ".s:" in line


def _start_of(block: str, index: int) -> int:
    return sum(len(line) + 1 for line in block.split("\n", index)[:index])


def _add(reader: SampleReader[Sample], items: list[Item], refusals: list[Refusal], first_index: int) -> int | None:
    """Adds the items to the reader; returns the index of the record at which another profile begins, if one does."""
    for item in items:
        line = reader.piece.line_at(first_index + item.index)
        if isinstance(item, Entry):
            reader.memstats.add(item.line, line)
        elif item.sample is not None:
            if not reader.add(item.sample, item.lines, line):
                return item.index
        elif reader.lacks_frames and not item.index:
            _continue(reader, item.lines)
        else:
            count = _length(item, refusals)
            what = "a frame" if count == 1 else f"{count} lines from here on are frames"
            message = f"{what} without the sample line above {'it' if count == 1 else 'them'}"
            reader.problems.append(Problem(line, message, "a sample", item.lines[0][:120]))
    return None


def _length(record: Record, refusals: list[Refusal]) -> int:
    """The number of lines of a record without a sample, with the refused lines in between."""
    count = len(record.lines)
    for refusal in refusals:
        count += refusal.lines if record.index < refusal.index < record.index + count else 0
    return count


def _refuse_below(refusals: list[Refusal], items: list[Item]) -> None:
    """Adds the frames below a refused sample line to its refusal; they can only be the first item."""
    first = items[0] if items else None
    if not isinstance(first, Record) or first.sample is not None:
        return
    for place, refusal in enumerate(refusals):
        if refusal.is_whole and refusal.index + refusal.lines == first.index:
            refusals[place] = replace(refusal, lines=refusal.lines + _length(first, refusals))
            items.remove(first)
            break


def _continue(reader: SampleReader[Sample], lines: tuple[str, ...]) -> None:
    """Adds lines to the last sample: a blank line stood between its sample line and these."""
    last = reader.samples.pop()
    frames = tuple(
        filter(None, (unplaced_frame(line) or reader.frame_lines[line] for line in lines if not line.startswith("# l")))
    )
    stack = replace(last.stack, frames=last.stack.frames + frames)
    if isinstance(last, CountSample) and lines[0].startswith("# l"):
        last = replace(last, labels=reader.label_lines[lines[0]])
    reader.samples.append(replace(last, stack=stack))


def _report(
    reader: SampleReader[Sample], lines: Lines, refusals: list[Refusal], first_index: int, last_of_text: int
) -> None:
    """Makes problems of refused lines; `last_of_text` is the index of the text's last line, -1 if not in the block."""
    for refusal in refusals:
        expected = " or ".join(dict.fromkeys(WORDS.get(word, word) for word in refusal.expected.split(" or ")))
        ends_text = refusal.index == last_of_text and lines.is_ours(refusal.found)
        if ends_text:
            _report_end(reader, first_index + refusal.index, expected, refusal.found)
        else:
            index = first_index + refusal.index
            reader.problems.append(_problem(reader, index, refusal.lines, expected, refusal.found))


def _report_end(reader: SampleReader[Sample], index: int, expected: str, found: str) -> None:
    reader.ends_in_line = True
    message = "the text ends here, in the middle of a line"
    reader.problems.append(Problem(reader.piece.line_at(index), message, expected, found[:120]))


def _problem(reader: SampleReader[Sample], index: int, lines: int, expected: str, found: str) -> Problem:
    what = "this line is" if lines == 1 else f"{lines} lines from here on are"
    return Problem(reader.piece.line_at(index), f"{what} not part of {reader.text.title}", expected, found[:120])
