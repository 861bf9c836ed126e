"""Recognises the text of crash reports that were counted before, so that they need not be parsed to be counted again.

    panic: no cart

    goroutine 7 [running]:
    main.total(0xc000012345)
        /src/shop/cart.go:14 +0x1d
    exit status 2
    2026-11-21 02:03:04 starting, pid 4242
    panic: no cart

A report, the lines behind it and the beginning of the next report are turned into one regular expression, in which
goroutine ids, arguments, and numbers in the lines of other writers may be any, and all the rest must be equal. Parsing
a text that matches it would give the same crash, and end at the same place.
"""

import re
from dataclasses import dataclass

from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture
from debugtext.repeats.repeated_crashes import Counted

LONGEST = 1 << 14
"""Longer reports, with what stands behind them, are not learned."""
MOST_KNOWN, MOST_LEARNED, SEEN_FOR_ANOTHER = 8, 32, 32
"""8 reports are known at a time; 32 are learned, and one more for each 32 that were recognised.

Learning takes time: where reports never come again, it soon ends.
"""

_BEGINNING = re.compile(  # up to a blank line, or to a goroutine's id, which shows whether it belongs to the dump above
    r"(?!goroutine (?![^\n]* \[running))(?:[^\n]+\n){1,8}?(?:\n|goroutine [0-9]+ \[)"
)
_NUMBERS = re.compile("(?<![0-9a-f])(?=[a-f]*+[0-9])(?P<number>[0-9a-f]++)")
_IDS_AND_ARGUMENTS = re.compile(  # ids of a goroutine and its parent, and arguments; `(...)` may mark inlined calls
    r"(?m)(?:(?<=^goroutine )|(?<= in goroutine ))(?P<id>[0-9]++)|(?<=\()(?!\.\.\.\))(?P<arguments>[^()\n]*+)(?=\)\n\t)"
)
_ANYTHING = {"number": "[0-9a-f]++", "id": "[0-9]++", "arguments": r"(?!\.\.\.\))[^()\n]*+"}


@dataclass(frozen=True, slots=True)
class _Known:
    """A report that occurred before: an expression for its text up to the next report, and the number of its lines."""

    shape: re.Pattern[str]
    own_lines: int
    counted: Counted


@dataclass(frozen=True, slots=True)
class _Read:
    """The report parsed last: the text that it stands in, where it begins and ends there, and its message."""

    text: str
    start: int
    own_end: int
    said: str
    counted: Counted


class KnownCrashTexts:
    """The reports that occur again and again in one input."""

    def __init__(self) -> None:
        self._known: list[_Known] = []
        self._last: _Read | None = None
        self._seen = self._learned = 0

    def remember(self, cursor: Cursor, start: int, capture: Capture, counted: Counted) -> None:
        """Notes a report that was parsed and counted: it begins at `start`, and the cursor is behind it."""
        first = cursor.index_at(start)
        own_end = start + len(cursor.text[start : cursor.position].rstrip("\n"))
        last = first + cursor.text.count("\n", start, own_end)
        if (cursor.piece.line_at(first), cursor.piece.line_at(last)) == (capture.first_line, capture.last_line):
            panics = getattr(capture.body, "panics", ())
            said = panics[0].text.partition("\n")[0] if panics else ""
            self._last = _Read(cursor.text, start, own_end, said, counted)

    def skip(self, cursor: Cursor) -> bool:
        """Counts the known reports at the cursor, and moves it behind them; False if there was none.

        The cursor must stand at the beginning of a report.
        """
        if self._last is not None:
            self._learn(cursor, self._last)
            self._last = None
        start, piece = cursor.position, cursor.piece
        while found := self._found(cursor):
            known, end = found
            first = cursor.index_at(cursor.position)
            known.counted.add(piece.line_at(first), piece.line_at(first + known.own_lines - 1))
            self._seen += 1
            cursor.position = end
        return cursor.position > start

    def _found(self, cursor: Cursor) -> tuple[_Known, int] | None:
        """The known report at the cursor, and where the next report begins."""
        for place, known in enumerate(self._known):
            if match := known.shape.match(cursor.text, cursor.position):
                self._known.insert(0, self._known.pop(place))
                return known, match.end()
        return None

    def _learn(self, cursor: Cursor, read: _Read) -> None:
        """Learns the report parsed last, if the one at the cursor is the next in the same text."""
        following = _BEGINNING.match(cursor.text, cursor.position) if cursor.text is read.text else None
        if following is None or following.end() - read.start > LONGEST:
            return
        if self._learned >= MOST_LEARNED + self._seen // SEEN_FOR_ANOTHER:
            return
        own = read.text[read.start : read.own_end]
        said = max(own.rfind(read.said, 0, own.find("\n")), 0) if read.said else 0
        shape = (
            *(_loose(_NUMBERS, own[:said]), _loose(_IDS_AND_ARGUMENTS, own[said:])),
            *(_loose(_NUMBERS, read.text[read.own_end : cursor.position]), f"(?={_loose(_NUMBERS, following[0])})"),
        )
        known = _Known(re.compile("".join(shape)), own.count("\n") + 1, read.counted)
        self._known[MOST_KNOWN - 1 :] = [known]
        self._learned += 1


def _loose(differs: re.Pattern[str], text: str) -> str:
    """A regular expression for the text, in which whatever `differs` matches may be anything of the same kind."""
    parts: list[str] = []
    position = 0
    for match in differs.finditer(text):
        parts += [re.escape(text[position : match.start()]), _ANYTHING[match.lastgroup or ""]]
        position = match.end()
    return "".join((*parts, re.escape(text[position:])))
