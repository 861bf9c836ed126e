"""Takes dumps out of JSON documents in which each line is a string: answers of log services, output of `jq`.

    {
        "events": [
            {
                "timestamp": 1700000000000,
                "message": "goroutine 1 [running]:"
            },

    {"data": {"result": [{"values": [["1700000000", "goroutine 1 [running]:"], ["1700000001", "main.main()"]]}]}}

No service's format is known: the strings at the same place in the items of a list are taken if they are lines of Go's.
Records of one line each, and dumps within one string, are left to `quoted.py`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.anchors import NEEDLES, anchors
from debugtext.unwrapping.lines.rows import numbers_of
from debugtext.unwrapping.notations.contents import Content, on_lines
from debugtext.unwrapping.notations.escapes import unescaped
from debugtext.unwrapping.notations.held_dumps import holds_dump, lines_around
from debugtext.unwrapping.notations.json_strings import JsonString, JsonStrings
from debugtext.unwrapping.notations.recovered_words import PANICKING, recovered_words

FEWEST_LINES = 2
MOST_LOOKS = 20
LONGEST_LEAD = 1000
_CLOSED = {"{": "}", "[": "]"}
_ANYTHING = re.compile("")
_BEGINNING = re.compile(r'(?m)^[ \t]*(?=[{}\[\]]|"[^"\\\n]{0,100}":)')


@dataclass(frozen=True, slots=True)
class _Documents:
    """JSON between two positions of a text, with its strings."""

    start: int
    end: int
    strings: list[JsonString]


class JsonDocuments:
    """Remembers the places that hold lines of Go's, and the document that is open at the end of a piece."""

    def __init__(self) -> None:
        self._places: set[str] = set()
        self._before: JsonStrings | None = None
        self._behind: JsonStrings | None = None

    def begin(self) -> None:
        """Begins a new piece, in which a document may go on."""
        self._before, self._behind = self._behind, None

    def take_out(self, piece: Piece) -> Piece:
        """The piece with the lines in place of the documents that hold them; the same piece if there are none."""
        text = piece.text
        if '"' not in text or not (self._before or any(needle in text for needle in NEEDLES)):
            return piece
        strings = self._before.copied() if self._before else JsonStrings()
        found = [one for one in _documents(text, strings) if self._learn(text, one)]
        if not found:
            return piece
        self._behind = strings if strings.goes_on and strings.end >= len(text.rstrip()) else None
        return on_lines(list(self._contents(piece, found)))

    def _learn(self, text: str, documents: _Documents) -> bool:
        """Whether a known or new place in the documents holds lines of Go's; new ones are remembered."""
        of_places: dict[str, list[JsonString]] = defaultdict(list)
        for string in documents.strings:
            of_places[string.place].append(string)
        is_one_line = text.find("\n", documents.start, documents.end) < 0
        for place, strings in of_places.items():
            if place not in self._places and _are_lines(text, strings, is_one_line=is_one_line):
                self._places.add(place)
        return not self._places.isdisjoint(of_places)

    def _contents(self, piece: Piece, found: list[_Documents]) -> Iterator[Content]:
        """The lines between the documents, and the line in each of their items."""
        lines, position = _Lines(piece), 0
        for documents in found:
            yield from lines.between(position, documents.start)
            for string, lead in self._lines_of(piece.text, documents.strings):
                content = _meant(piece.text, string)
                headline = recovered_words(lead, content) if PANICKING in content else ""
                yield Content(lines.number(string.start), headline + content, lead, quoted=True)
            position = documents.end
        yield from lines.between(position, len(piece.text.rstrip("\n")))

    def _lines_of(self, text: str, strings: list[JsonString]) -> Iterator[tuple[JsonString, str]]:
        """The string of each item that is a line, and the other fields of the item."""
        items: dict[int, list[JsonString]] = defaultdict(list)
        for string in strings:
            items[string.item].append(string)
        for item in items.values():
            chosen = next((string for string in item if string.place in self._places), None)
            if chosen is not None:
                others = (f'"{one.name}":{text[one.start : one.end]}' for one in item if one is not chosen)
                yield chosen, " ".join(others)[:LONGEST_LEAD]


class _Lines:
    """Gives the original line numbers of positions in a piece, in ascending order."""

    def __init__(self, piece: Piece) -> None:
        self._text = piece.text
        self._numbers = numbers_of(piece)
        self._counted = self._index = 0

    def number(self, position: int) -> int:
        """The original line number of a position, which must not be before an earlier one."""
        self._index += self._text.count("\n", self._counted, position)
        self._counted = position
        return self._numbers[self._index]

    def between(self, start: int, end: int) -> Iterator[Content]:
        """The lines between two documents."""
        while start < end:
            following = self._text.find("\n", start, end)
            stop = following if following >= 0 else end
            yield Content(self.number(start), self._text[start:stop], "", quoted=False)
            start = stop + 1


def _documents(text: str, strings: JsonStrings) -> Iterator[_Documents]:
    """The documents in a text, up to the first of several that have a line each: those are left to `quoted.py`."""
    beginning = _ANYTHING.match(text) if strings.goes_on else _BEGINNING.search(text)
    while beginning and not _is_a_line_each(text, beginning.end()):
        found = list(strings.read(text, beginning.end()))
        if found:
            yield _Documents(beginning.start(), strings.end, found)
        following = text.find("\n", strings.end)
        beginning = _BEGINNING.search(text, following) if following >= 0 else None


def _is_a_line_each(text: str, start: int) -> bool:
    """Whether a document ends on the line on which it begins, and another one begins on the next line."""
    end = text.find("\n", start)
    closing = _CLOSED.get(text[start : start + 1])
    is_followed = end > 0 and text.startswith(tuple(_CLOSED), end + 1)
    return closing is not None and is_followed and text[start:end].rstrip().endswith(closing)


def _are_lines(text: str, strings: list[JsonString], *, is_one_line: bool) -> bool:
    """Whether strings are lines of a dump; strings of several lines count only if the whole document is one line."""
    contents = [_meant(text, string).removesuffix("\n") for string in strings]
    lines = [content for content in contents if is_one_line or "\n" not in content]
    if len(lines) < FEWEST_LINES:
        return False
    told = "\n".join(lines)
    starts = dict.fromkeys(anchor.line_start for anchor in anchors(told, MOST_LOOKS))
    return any(holds_dump(list(lines_around(told, start))) for start in starts)


def _meant(text: str, string: JsonString) -> str:
    return unescaped(text[string.start + 1 : string.end - 1])
