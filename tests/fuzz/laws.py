"""The laws that hold for any bytes at all: what reading, looking and showing may never do, whatever the text is."""

import io
import json
import re
from collections.abc import Iterator
from itertools import islice
from unittest.mock import patch

from debugtext.analysis import analyze
from debugtext.errors import DebugtextError
from debugtext.formats import grammar
from debugtext.formats.dumps.dump import DumpReader
from debugtext.formats.profiles import contention, counts, heap, memstats
from debugtext.pieces.text import Cursor, Piece
from debugtext.reading import read
from debugtext.records.captures import Capture, Problem, Reading
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions
from debugtext.unwrapping.lines.plain import is_plain

BEYOND = 1 << 62
SAMPLE_FORMATS = {"heap": heap, "contention": contention, "memstats": memstats}
COUNT_FORMATS = ("goroutine-profile", "threadcreate", "count")
OUTPUTS = (
    ("json", RenderOptions(full=True)),
    ("table", RenderOptions(color=True, width=60)),
    ("markdown", RenderOptions()),
)
"""The other outputs show the same words in the same ways."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_COLOURS = re.compile("\x1b\\[[0-9;]{0,20}m")


def obeyed_by(content: bytes, *, all_laws: bool = True) -> Reading | None:
    """Reads some bytes and raises AssertionError where a law is broken; None if they are refused with an error of ours.

    What nothing but our own errors may be raised by: reading, looking at what was read, judging it, and showing that.
    """
    try:
        reading = read(content)
    except DebugtextError:
        return None
    lines_are_the_texts(reading, content)
    if not all_laws:
        return reading
    assert read(io.BytesIO(content), name=reading.name) == reading, "a stream is read as the same bytes are"
    for capture in reading.captures:
        for goroutine in getattr(capture.body, "goroutines", ()):
            assert len(goroutine.arguments) <= len(goroutine.stack.frames), goroutine
    text = content.decode("utf-8", "surrogateescape")
    if "\r" not in text and text[:1] != "\ufeff" and is_plain(text):
        nothing_is_lost(reading, text)
        both_ways_are_equal(reading, text)
    what_is_shown_is_harmless(reading)
    return reading


def lines_are_the_texts(reading: Reading, content: bytes) -> None:
    """Every line that is named is a line of the text."""
    last = content.count(b"\n") + content.count(b"\r") + 1
    if content[:2] in (b"\x1f\x8b", b"\xff\xfe", b"\xfe\xff") or b"\x00" in content:
        last = BEYOND  # packed, or two bytes a character
    for problem in reading.all_problems():
        assert 1 <= problem.line <= last, problem
    for capture in reading.captures:
        assert 1 <= capture.first_line <= last, capture  # not always before the last: processes are sorted apart
        assert 1 <= capture.last_line <= last, capture
        for group in capture.groups():
            assert group.count >= 0, group
            assert group.line <= last, group


def nothing_is_lost(reading: Reading, text: str) -> None:
    """Every line of a dump or profile that is not blank is in a record or in a problem.

    The frames below a sample line that could not be read go with it.
    """
    lines = text.split("\n")
    for capture in reading.captures:
        if _is_printed(capture, lines):
            kept = _kept_lines(capture, lines)
            for number in range(capture.first_line, capture.last_line + 1):
                assert number in kept or not lines[number - 1].strip(), (number, lines[number - 1], capture.problems)


def _is_printed(capture: Capture, lines: list[str]) -> bool:
    """Whether a dump stands as the runtime prints it; blank lines within stacks that others wrote are theirs.

    Of a profile whether it is one with counts: `pprof -raw` has a heading of its own.
    """
    first, second = [*lines[capture.first_line - 1 : capture.first_line + 1], ""][:2]
    if capture.format in COUNT_FORMATS:
        return " profile: " in first or " @" in first
    if capture.format != "goroutine-dump":
        return False
    return first.startswith("goroutine ") or second.startswith("\t")


def _kept_lines(capture: Capture, lines: list[str]) -> set[int]:
    kept = {capture.first_line}
    records = getattr(capture.body, "goroutines", None) or getattr(capture.body, "samples", ())
    told = {number for problem in capture.problems for number in _lines_told(problem, lines)}
    kept |= told
    beginnings = [record.line for record in records]
    beginnings += kept if capture.format in COUNT_FORMATS else ()
    for beginning in beginnings:
        end = beginning
        while end < len(lines) and (lines[end].strip() or _goes_on(lines, end, told)):
            end += 1
        kept.update(range(beginning, end + 1))
    return kept


def _lines_told(problem: Problem, lines: list[str]) -> Iterator[int]:
    """The line that a problem names, and those below it that it counts: blank lines are not counted."""
    yield problem.line
    if more := re.match(r"(\d+) lines (?:from here|are left out)", problem.message):
        below = (number for number in range(problem.line, len(lines) + 1) if lines[number - 1].strip())
        yield from islice(below, int(more[1]))


def _goes_on(lines: list[str], index: int, told: set[int]) -> bool:
    """Whether more frames of a sample stand behind a blank line: below it, below others, or below what is told of."""
    following = next((line for line in lines[index:] if line.strip()), "")
    above = lines[index - 1]
    is_part = not above.strip() or "@" in above or above.startswith("#\t") or index in told
    return is_part and following.startswith("#\t")


def both_ways_are_equal(reading: Reading, text: str) -> None:
    """The fast path is a shortcut to the records that the grammar gives."""
    for capture in reading.captures:
        parse = SAMPLE_FORMATS.get(capture.format, counts if capture.format in COUNT_FORMATS else None)
        if capture.format == "goroutine-dump":
            fast = _dumped(capture, text)
            with patch.object(grammar, "LARK_ALONE", new=True):
                assert fast == _dumped(capture, text)
        elif parse is not None and '"memstats":' not in text:
            fast = parse.parse(_cursor_at(capture, text))
            with patch.object(grammar, "LARK_ALONE", new=True):
                assert fast == parse.parse(_cursor_at(capture, text))


def _dumped(capture: Capture, text: str) -> Capture | None:
    reader = DumpReader(_cursor_at(capture, text)).read()
    return reader.capture() if len(reader.columns.goroutines) else None


def _cursor_at(capture: Capture, text: str) -> Cursor:
    cursor = Cursor([Piece(text, 1)])
    cursor.more()
    cursor.position = sum(len(line) + 1 for line in text.split("\n")[: capture.first_line - 1])
    return cursor


def what_is_shown_is_harmless(reading: Reading) -> None:
    """No control character reaches a terminal, nor a character that turns the direction of writing; JSON is JSON."""
    report = analyze((reading,))
    for name, options in OUTPUTS:
        shown = render(report, name, options)
        unsafe = _CONTROLS.search(_COLOURS.sub("", shown))
        assert unsafe is None, (name, shown[max(unsafe.start() - 40, 0) : unsafe.end() + 40])
        if name == "json":
            json.loads(shown)
