"""Knows the text of what was told very often, so that it need not be read once more to be counted.

    panic: no cart

    goroutine 7 [running]:
    main.total(0xc000012345)
        /src/shop/cart.go:14 +0x1d
    exit status 2
    2026-11-21 02:03:04 starting, pid 4242
    panic: no cart

Of such a text, what stands behind it and how the next one begins an expression is made: ids, arguments and digits of
what others print may be any, all the rest is equal. What it matches would be read as the same, and end there.
"""

import re
from dataclasses import dataclass

from debugtext.records.captures import Capture
from debugtext.repeated_crashes import Counted
from debugtext.text import Cursor

LONGEST = 1 << 14
MOST_KNOWN, MOST_LEARNED, SEEN_FOR_ANOTHER = 8, 32, 32
"""What never comes again is not learned for long."""

_BEGINNING = re.compile(  # up to a line at which every goroutine ends; whether others are a part of it their ids tell
    r"(?!goroutine (?![^\n]* \[running))(?:[^\n]+\n){1,8}?(?:\n|goroutine [0-9]+ \[)"
)
_OF_OTHERS = re.compile("(?<![0-9a-f])(?=[a-f]*+[0-9])(?P<number>[0-9a-f]++)")
_OF_GOROUTINES = re.compile(  # an id, a parent's, and the arguments of a call; `...` may tell an inlined one
    r"(?m)(?:(?<=^goroutine )|(?<= in goroutine ))(?P<id>[0-9]++)|(?<=\()(?!\.\.\.\))(?P<arguments>[^()\n]*+)(?=\)\n\t)"
)
_ANYTHING = {"number": "[0-9a-f]++", "id": "[0-9]++", "arguments": r"(?!\.\.\.\))[^()\n]*+"}


@dataclass(frozen=True, slots=True)
class _Known:
    """A text that was told very often, up to the next one: what it looks like, how many lines are its own."""

    shape: re.Pattern[str]
    own_lines: int
    counted: Counted


@dataclass(frozen=True, slots=True)
class _Read:
    """A text that was read: in which larger one, where it begins, and where what is its own ends."""

    text: str
    start: int
    own_end: int
    said: str
    counted: Counted


class KnownCrashTexts:
    """The texts of one input that were told very often."""

    def __init__(self) -> None:
        self._known: list[_Known] = []
        self._last: _Read | None = None
        self._seen = self._learned = 0

    def remember(self, cursor: Cursor, start: int, capture: Capture, counted: Counted) -> None:
        """Something that began at a place of the cursor's text was read, and counted; the cursor is behind it."""
        first = cursor.index_at(start)
        own_end = start + len(cursor.text[start : cursor.position].rstrip("\n"))
        last = first + cursor.text.count("\n", start, own_end)
        if (cursor.piece.line_at(first), cursor.piece.line_at(last)) == (capture.first_line, capture.last_line):
            panics = getattr(capture.body, "panics", ())
            said = panics[0].text.partition("\n")[0] if panics else ""
            self._last = _Read(cursor.text, start, own_end, said, counted)

    def skip(self, cursor: Cursor) -> bool:
        """Counts what is known at the cursor, and moves it to the text behind that; whether there was any.

        The cursor stands at the beginning of a text.
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
        """What is known at the cursor, and where the next text begins."""
        for place, known in enumerate(self._known):
            if match := known.shape.match(cursor.text, cursor.position):
                self._known.insert(0, self._known.pop(place))
                return known, match.end()
        return None

    def _learn(self, cursor: Cursor, read: _Read) -> None:
        """What the last text looks like, if the one at the cursor is the next."""
        next_one = _BEGINNING.match(cursor.text, cursor.position) if cursor.text is read.text else None
        if next_one is None or next_one.end() - read.start > LONGEST:
            return
        if self._learned >= MOST_LEARNED + self._seen // SEEN_FOR_ANOTHER:
            return
        own = read.text[read.start : read.own_end]
        said = max(own.rfind(read.said, 0, own.find("\n")), 0) if read.said else 0
        shape = (
            *(_loose(_OF_OTHERS, own[:said]), _loose(_OF_GOROUTINES, own[said:])),
            *(_loose(_OF_OTHERS, read.text[read.own_end : cursor.position]), f"(?={_loose(_OF_OTHERS, next_one[0])})"),
        )
        known = _Known(re.compile("".join(shape)), own.count("\n") + 1, read.counted)
        self._known[MOST_KNOWN - 1 :] = [known]
        self._learned += 1


def _loose(differs: re.Pattern[str], text: str) -> str:
    """An expression for the text in which what differs may be anything of its kind, and all the rest is as it is."""
    parts: list[str] = []
    position = 0
    for match in differs.finditer(text):
        parts += [re.escape(text[position : match.start()]), _ANYTHING[match.lastgroup or ""]]
        position = match.end()
    return "".join((*parts, re.escape(text[position:])))
