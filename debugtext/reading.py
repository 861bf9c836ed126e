"""The front door: any text with Go's debug texts in it becomes captures with records and problems."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from heapq import heapify, heappop, heappush, heapreplace
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from debugtext.decoding import decode_bytes, decode_path, decode_stream, decode_text
from debugtext.errors import BinaryInputError, UnreadableInputError
from debugtext.formats import FORMATS, HEADLESS
from debugtext.formats._format import Format
from debugtext.records.captures import Capture, Problem, Reading
from debugtext.repeated_crashes import Kept
from debugtext.stems import STEMS, lacks, stem_of
from debugtext.strangers import remark, what_else
from debugtext.text import Cursor, Piece
from debugtext.unwrapping import unwrap

HEAD_CHARACTERS = LONGEST_PATH = 4096
FIRST_WINDOW, WIDER = 4096, 16
"""So far a needle is looked for at first, and so many times as far then: most texts are a format's from end to end."""


def read(
    source: bytes | str | PathLike[str] | BinaryIO,
    *,
    name: str | None = None,
    line_prefix: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """Reads every debug text in a source: bytes, text, a path, or a binary file that is read once.

    A `str` is text, never a path: give a path as `pathlib.Path`. `line_prefix` is a regular expression for what stands
    before each line, should the detection fail. `progress` is told, piece by piece, how many characters were read.
    Raises InputUnavailableError where a path cannot be opened, and UnreadableInputError where the source is empty,
    a binary profile, an HTML page, an error message or the name of a file. An ordinary text without any debug text
    gives a reading without captures. Trouble inside a text is a Problem of its capture.
    """
    troubles: list[str] = []
    pieces, default = _pieces(source, troubles)
    head: list[str] = []
    plain = unwrap(_observed(pieces, head, progress), line_prefix=line_prefix)
    kept = Kept()
    try:
        _read_into(kept, Cursor(plain, lambda line: _format_of(line) is not None))
    except BinaryInputError as binary:
        from debugtext.formats.binary_profile import why_no_profile  # noqa: PLC0415 - few inputs are binary

        if words := why_no_profile(binary.content):
            raise UnreadableInputError(words) from None
        raise
    captures = kept.captures()
    if not captures:
        if message := what_else("".join(head)):
            raise UnreadableInputError(message)
        if hint := remark("".join(head)):
            troubles.append(hint)
    last_line = max((capture.last_line for capture in captures), default=1)
    problems = (*kept.problems(), *(Problem(last_line, trouble) for trouble in troubles))
    return Reading(name or default, captures, problems, left_out=kept.left_out.times)


def _pieces(source: bytes | str | PathLike[str] | BinaryIO, troubles: list[str]) -> tuple[Iterator[Piece], str]:
    if isinstance(source, str):
        _refuse_path(source)
        return decode_text(source), "<text>"
    if isinstance(source, (bytes, bytearray, memoryview)):
        return decode_bytes(bytes(source), troubles), "<bytes>"
    if isinstance(source, PathLike):
        return decode_path(Path(source), troubles), str(source)
    if not hasattr(source, "read"):
        raise TypeError(f"read() takes bytes, text, a path or a binary file, not {type(source).__name__}")
    return decode_stream(source, troubles), str(getattr(source, "name", "<stream>"))


def _refuse_path(text: str) -> None:
    """A file's name in place of its text is the first mistake that everybody makes: no text looks like that."""
    if len(text) < LONGEST_PATH and "\n" not in text:
        with suppress(OSError, ValueError):
            if Path(text).is_file():
                raise UnreadableInputError(f"{text!r} is the name of a file: read(Path({text!r})) reads what is in it")


def _observed(pieces: Iterator[Piece], head: list[str], progress: Callable[[int], None] | None) -> Iterator[Piece]:
    """The pieces, with the beginning of the text put aside: it tells what a text is that holds no debug text."""
    for piece in pieces:
        if sum(map(len, head)) < HEAD_CHARACTERS:
            head.append(piece.text[:HEAD_CHARACTERS])
        yield piece
        if progress is not None:
            progress(len(piece.text))


def _read_into(kept: Kept, cursor: Cursor) -> None:
    """Reads all debug texts from the cursor on."""
    search, again = _Search(), None
    while cursor.more():
        found = search.next(cursor)
        if found is None or (again is not None and not kept.goes_on and again.skip(cursor)):
            continue
        start, text, number = cursor.position, cursor.text, cursor.line_number()
        capture = found.parse(cursor)
        if capture is None:
            continue
        if capture.format in ("goroutine-dump", "goroutine-profile"):
            capture = _with_fatal_message(capture, text, start, number - capture.first_line)
        capture = capture if capture.first_line <= capture.last_line else _turned(capture)
        counted = kept.take(capture)
        if counted is not None and cursor.text is text:
            if again is None:
                from debugtext.known_crash_texts import KnownCrashTexts  # noqa: PLC0415 - few inputs tell a thing that often

                again = KnownCrashTexts()
            again.remember(cursor, start, capture, counted)


def _with_fatal_message(capture: Capture, text: str, start: int, more: int) -> Capture:
    """The same, with the message of the logger that printed it, if there is one."""
    from debugtext.fatal_messages import fatal_message_above  # noqa: PLC0415 - of goroutines alone

    said = fatal_message_above(text, start, more)
    return replace(capture, fatal_message=said) if said else capture


def _turned(capture: Capture) -> Capture:
    """A capture whose text stood with its last line first."""
    return replace(capture, first_line=capture.last_line, last_line=capture.first_line)


def _by_stem(formats: Iterable[Format]) -> dict[str, set[str]]:
    """The needles with each stem; one that has none is its own."""
    found: dict[str, set[str]] = {}
    for needle in (needle for known in formats for needle in known.needles):
        found.setdefault(stem_of(needle), set()).add(needle)
    return found


_IN_FIRST_LINES = tuple(_by_stem(FORMATS))
"""Of these one is in each first line of a text: most lines of a log are asked for them alone."""


def _format_of(line: str) -> Format | None:
    """The format whose first line this is."""
    for stem in _IN_FIRST_LINES:
        if stem in line:
            break
    else:
        return None
    for known in FORMATS:
        for needle in known.needles:
            if needle in line:
                if known.recognizes(line):
                    return known
                break
    return None


class _Search:
    """Finds the next line that begins a debug text.

    Each part of a text is searched for each needle once at most, and what a format has read not at all.
    """

    def __init__(self) -> None:
        self._text = ""
        self._of_stem = _by_stem((*FORMATS, HEADLESS))
        self._is_lacking_known = False
        self._longest = max(len(needle) for needles in self._of_stem.values() for needle in needles)
        self._places: list[tuple[int, bool, str]] = []
        """A heap: for each needle, or stem of some, where it is, or before which place it does not begin."""

    def next(self, cursor: Cursor) -> Format | None:
        """Moves the cursor to the beginning of a debug text in its piece, or to the piece's end."""
        text = cursor.text
        if text is not self._text:
            self._text, self._places = text, [(0, False, stem) for stem in sorted(self._of_stem)]
            self._is_lacking_known = False
        while cursor.position < len(text):
            place = self._nearest(cursor.position)
            if place >= len(text):
                break
            cursor.position = max(text.rfind("\n", cursor.position, place) + 1, cursor.position)
            line = cursor.line()
            found = _format_of(line)
            if found is None and line.startswith(("\t", "created by ", "#")) and HEADLESS.recognizes(line):
                return HEADLESS
            if found is not None:
                return found
            cursor.skip_line()
        cursor.position = len(text)
        return None

    def _nearest(self, start: int) -> int:
        """The place of the first needle from `start` on; the text's end if there is none."""
        window = FIRST_WINDOW
        while True:
            end = min(start + window, len(self._text))
            nearest = self._nearest_before(start, end)
            if nearest < end or end == len(self._text):
                return nearest
            if not self._is_lacking_known:
                self._leave_out_lacking()
            window *= WIDER

    def _leave_out_lacking(self) -> None:
        """Looks for nothing any more that the text lacks: a long log lacks nearly everything."""
        self._is_lacking_known = True
        end = len(self._text)
        self._places = [
            (end if not is_there and lacks(self._text, needle) else place, is_there, needle)
            for place, is_there, needle in self._places
        ]
        heapify(self._places)

    def _nearest_before(self, start: int, end: int) -> int:
        """The place of the first needle between two places; the second one if there is none."""
        while True:
            place, is_there, needle = self._places[0]
            if place >= end:
                return end
            if is_there and place >= start:
                return place
            begin = max(place, start)
            if needle in STEMS:
                self._look_for_stem(needle, begin, end)
                continue
            found = self._text.find(needle, begin, end + len(needle) - 1)
            heapreplace(self._places, (end, False, needle) if found < 0 else (found, True, needle))

    def _look_for_stem(self, stem: str, begin: int, end: int) -> None:
        """Looks for the needles with this stem from now on, if it stands where they may begin between two places."""
        found = self._text.find(stem, begin, end + self._longest)
        if found < 0:
            heapreplace(self._places, (end, False, stem))
            return
        heappop(self._places)
        for needle in self._of_stem[stem]:
            heappush(self._places, (max(begin, found - self._longest), False, needle))
