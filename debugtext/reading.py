"""The entry point: finds the debug texts in any text, and reads them into captures of records and problems."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from heapq import heapify, heappop, heappush, heapreplace
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from debugtext.errors import BinaryInputError, UnreadableInputError
from debugtext.formats import FORMATS, HEADLESS
from debugtext.formats.format import Format
from debugtext.pieces.decoding import decode_bytes, decode_path, decode_stream, decode_text
from debugtext.pieces.stems import STEMS, lacks, stem_of
from debugtext.pieces.text import Cursor, Piece
from debugtext.records.captures import Capture, Problem, Reading
from debugtext.repeats.repeated_crashes import Kept
from debugtext.strangers import is_name, remark, what_else
from debugtext.unwrapping import unwrap

HEAD_CHARACTERS = 4096
"""How much of a text's beginning is kept, to find out what a text without debug texts is."""
LONGEST_PATH = 4096
"""Linux allows no longer paths (PATH_MAX)."""
NAMES_ARE_READ_BY = "read a file by read(Path(...)), a URL by read_url(...)"
FIRST_WINDOW, WIDER = 4096, 16
"""A needle is searched for in this many characters at first, then in 16 times as many, and so on.

The first window is small because most texts begin with a debug text.
"""


def read(
    source: bytes | str | PathLike[str] | BinaryIO,
    *,
    name: str | None = None,
    line_prefix: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """Reads every debug text in a source: bytes, text, a path, or a binary file that is read once.

    A `str` is text, never a path or a URL: give a path as `pathlib.Path`, and a URL to `read_url`. `line_prefix` is a
    regular expression for what stands before each line, if it is not detected. `progress` is called for each piece
    with the number of its characters. Raises InputUnavailableError if a path cannot be opened, and UnreadableInputError
    if the source is empty, a binary profile, an HTML page, an error message, or text that is only the name of a file or
    a URL. An ordinary text without any debug text gives a reading without captures. Whatever is wrong inside a debug
    text becomes a Problem of its capture.
    """
    troubles: list[str] = []
    pieces, default = _pieces(source, troubles)
    head: list[str] = []
    plain = unwrap(_observed(pieces, head, progress), line_prefix=line_prefix)
    kept = Kept()
    try:
        _read_into(kept, Cursor(plain, lambda line: _format_of(line) is not None))
    except BinaryInputError as binary:
        from debugtext.formats.pprof.binary_profile import why_no_profile  # noqa: PLC0415 - few inputs are binary

        if words := why_no_profile(binary.content):
            raise UnreadableInputError(words) from None
        raise
    captures = kept.captures()
    if not captures:
        if message := what_else("".join(head)):
            raise UnreadableInputError(message)
        if isinstance(source, (str, bytes)):
            _refuse_name("".join(head))
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
    """Raises UnreadableInputError if the text is the name of a file, which is a common mistake."""
    if len(text) < LONGEST_PATH and "\n" not in text:
        with suppress(OSError, ValueError):
            if Path(text).is_file():
                raise UnreadableInputError(f"{text!r} is the name of a file: read(Path({text!r})) reads what is in it")


def _refuse_name(text: str) -> None:
    """Raises UnreadableInputError if a text without debug texts is only the name of a file or a URL."""
    if is_name(text):
        raise UnreadableInputError(
            f"{text!r} looks like a name, and str and bytes are read as text: {NAMES_ARE_READ_BY}"
        )


def _observed(pieces: Iterator[Piece], head: list[str], progress: Callable[[int], None] | None) -> Iterator[Piece]:
    """The same pieces; the beginning of the text is also added to `head`, and `progress` is called for each piece."""
    for piece in pieces:
        if sum(map(len, head)) < HEAD_CHARACTERS:
            head.append(piece.text[:HEAD_CHARACTERS])
        yield piece
        if progress is not None:
            progress(len(piece.text))


def _read_into(kept: Kept, cursor: Cursor) -> None:
    """Reads all debug texts from the cursor on into `kept`."""
    search, known_texts = _Search(), None
    while cursor.more():
        found = search.next(cursor)
        if found is None or (known_texts is not None and not kept.goes_on and known_texts.skip(cursor)):
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
            if known_texts is None:
                from debugtext.repeats.known_crash_texts import KnownCrashTexts  # noqa: PLC0415 - few inputs repeat a crash so often

                known_texts = KnownCrashTexts()
            known_texts.remember(cursor, start, capture, counted)


def _with_fatal_message(capture: Capture, text: str, start: int, more: int) -> Capture:
    """The capture with the message of the logger that printed it, if there is one."""
    from debugtext.fatal_messages import fatal_message_above  # noqa: PLC0415 - only goroutines need it

    said = fatal_message_above(text, start, more)
    return replace(capture, fatal_message=said) if said else capture


def _turned(capture: Capture) -> Capture:
    """The capture with its first and last line exchanged, for a text whose last line stood first."""
    return replace(capture, first_line=capture.last_line, last_line=capture.first_line)


def _by_stem(formats: Iterable[Format]) -> dict[str, set[str]]:
    """The needles of the formats by their stems; a needle without a stem is its own."""
    found: dict[str, set[str]] = {}
    for needle in (needle for known in formats for needle in known.needles):
        found.setdefault(stem_of(needle), set()).add(needle)
    return found


_IN_FIRST_LINES = tuple(_by_stem(FORMATS))
"""Each first line of a debug text holds at least one of these; most lines of a log hold none."""


def _format_of(line: str) -> Format | None:
    """The format whose texts may begin with this line; None if there is none."""
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

    Each part of a text is searched for each needle at most once; parts that a format has read are not searched.
    """

    def __init__(self) -> None:
        self._text = ""
        self._of_stem = _by_stem((*FORMATS, HEADLESS))
        self._is_lacking_known = False
        self._longest = max(len(needle) for needles in self._of_stem.values() for needle in needles)
        self._places: list[tuple[int, bool, str]] = []
        """A heap of (place, is_there, needle or stem): it is at `place`, or, if not there, it does not begin before."""

    def next(self, cursor: Cursor) -> Format | None:
        """Moves the cursor to the next debug text in its piece, and returns its format; None at the piece's end."""
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
        """The place of the first needle from `start` on, or the text's end."""
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
        """Stops searching for needles that the whole text lacks: a long log lacks nearly all of them."""
        self._is_lacking_known = True
        end = len(self._text)
        self._places = [
            (end if not is_there and lacks(self._text, needle) else place, is_there, needle)
            for place, is_there, needle in self._places
        ]
        heapify(self._places)

    def _nearest_before(self, start: int, end: int) -> int:
        """The place of the first needle between `start` and `end`; `end` if there is none."""
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
        """Replaces a stem by its needles, if the stem stands where one of them may begin between two places."""
        found = self._text.find(stem, begin, end + self._longest)
        if found < 0:
            heapreplace(self._places, (end, False, stem))
            return
        heappop(self._places)
        for needle in self._of_stem[stem]:
            heappush(self._places, (max(begin, found - self._longest), False, needle))
