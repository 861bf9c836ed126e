"""Reads damaged blocks of a debug=1 profile line by line, if there are very many: Lark takes ten times as long.

Nothing is lost: each line is in a record or in a problem. The problems no longer say what was expected.
"""

from collections.abc import Callable

from debugtext.formats.grammar import terminal
from debugtext.formats.profiles._sample_blocks import BlockRead
from debugtext.formats.profiles._samples import LONGEST_BLOCK, Sample, SampleReader
from debugtext.records.captures import Problem

FROM = 1000
"""The first blocks of a text, up to this number, are read by Lark, which says what it expected."""


def read_damaged(
    reader: SampleReader[Sample], text: str, start: int, index: int, may_be_other: Callable[[str], bool]
) -> BlockRead | None:
    """Reads the block at `start`, on the line `index`; None if it may hold other text, or begins with no sample."""
    end = text.find("\n\n", start, start + LONGEST_BLOCK)
    lines: list[str] = text[start : end if end >= 0 else start].split("\n")
    sample = terminal(reader.text.grammar, "SAMPLE")
    if end < 0 or not sample.match(lines[0]) or any(map(may_be_other, lines)):
        return None
    is_sample: bool = sample.fullmatch(lines[0]) is not None
    good: list[bool] = [
        is_sample,
        *(is_sample and _is_below_sample(reader, line, at) for at, line in enumerate(lines[1:])),
    ]
    if is_sample:
        below = [line for line, is_good in zip(lines[1:], good[1:], strict=True) if is_good]
        if not reader.add(lines[0], below, reader.piece.line_at(index)):
            return BlockRead(start, ends_text=True)
    if bad := good.count(False):
        place = good.index(False)
        what = "this line is" if bad == 1 else f"{bad} lines of the record here are"
        message = f"{what} not part of {reader.text.title}"
        reader.problems.append(Problem(reader.piece.line_at(index + place), message, found=lines[place][:120]))
    return BlockRead(end + 1, index + len(lines) - 1)


def _is_below_sample(reader: SampleReader[Sample], line: str, place: int) -> bool:
    if reader.text.has_labels and not place and terminal("go_tokens", "LABELS").fullmatch(line):
        return True
    return any(terminal("go_tokens", name).fullmatch(line) for name in ("FRAME", "BARE_ADDRESS"))
