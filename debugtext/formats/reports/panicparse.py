r"""Reads dumps that github.com/maruel/panicparse has reduced to buckets of equal goroutines, in columns.

    30: chan send [3~5 minutes] [Created by fetch.First @ fetch.go:23]
        fetch fetch.go:24           First.func1(chan<- int(#1))

They are written as goroutines without ids, and then read like those of any dump (`dump.py`).
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from debugtext.formats.dumps.written import Writing, bounded_copies, read_written
from debugtext.formats.grammar import is_line
from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture

if TYPE_CHECKING:
    from debugtext.formats.reports._panicparse_transformer import Bucket


def recognizes(line: str) -> bool:
    """Whether a line is the head of a bucket that names a creator or says `running`.

    Heads of other buckets, which prove less, may stand above it.
    """
    return (" [Created by " in line or line.endswith(": running")) and _is("BUCKET", line)


def parse(cursor: Cursor) -> Capture | None:
    """Reads the buckets around the cursor; None if they have no frame."""
    from debugtext.formats.reports._panicparse_transformer import read_buckets  # noqa: PLC0415 - it imports Lark

    lines, here = cursor.lines(), cursor.index_at(cursor.position)
    start = _start(lines, here)
    end = here + 1
    while end < len(lines) and (_is_of_bucket(lines[end]) or _is("BUCKET", lines[end])):
        end += 1
    cursor.skip_lines(end - here)
    buckets = read_buckets("".join(f"{line}\n" for line in lines[start:end]))
    if not any(bucket.calls for bucket in buckets):
        return None
    numbers = cursor.piece.lines_at(list(range(start, end)))
    capture = read_written(_written(buckets, numbers).piece()).capture()
    return replace(capture, last_line=numbers[-1])  # the last line written is a creator, from the head of its bucket


def _is(kind: str, line: str) -> bool:
    return is_line("panicparse", kind, line)


def _is_of_bucket(line: str) -> bool:
    return _is("FRAME", line) or _is("ELIDED", line)


def _start(lines: list[str], here: int) -> int:
    """The index of the first of the consecutive buckets that end with the one at `here`."""
    start = at = here
    while at > 0 and (_is_of_bucket(lines[at - 1]) or _is("BUCKET", lines[at - 1])):
        at -= 1
        start = at if _is("BUCKET", lines[at]) else start
    return start


def _written(buckets: "tuple[Bucket, ...]", numbers: list[int]) -> Writing:
    """All goroutines of all buckets, the one that has waited longest first in each."""
    writing = Writing()
    for bucket, copies in zip(buckets, bounded_copies(bucket.count for bucket in buckets), strict=True):
        for copy in range(copies):
            minutes = bucket.minutes[0 if copy else 1] if bucket.minutes else 0
            state = f"{bucket.state}, {minutes} minutes" if minutes else bucket.state
            writing.header(numbers[bucket.index], int(_is_main(bucket)), state)
            writing.stack(bucket.calls, numbers)
            if bucket.creator is not None and bucket.creator.file:
                creator = bucket.creator
                writing.created_by(creator.function, creator.file, creator.line, numbers[creator.index])
    return writing


def _is_main(bucket: "Bucket") -> bool:
    """Whether it is goroutine 1: it has no creator, and its stack ends in main.main."""
    return bucket.creator is None and bool(bucket.calls) and bucket.calls[-1].function == "main.main"
