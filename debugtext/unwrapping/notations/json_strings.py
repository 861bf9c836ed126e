"""Finds the strings of JSON documents, and the place of each within the items of a list.

    {"events": [{"message": "goroutine 1 [running]:"}]}       .events[].message
    {"values": [["1700000000", "goroutine 1 [running]:"]]}    .values[].1

A place is counted from the nearest list, so that it is also known in the middle of a document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_TOKEN = re.compile(
    r'\s*(?:(?P<string>"[^"\\\n]*(?:\\.[^"\\\n]*)*")(?:\s*(?P<key>:))?|(?P<sign>[{}\[\],])'
    r"|(?P<word>-?[0-9][0-9.eE+-]*|true|false|null))"
)
_NOTHING_MORE = re.compile(r"\s*+\Z")
LONGEST_PLACE = 200
_OBJECT, _LIST, _ROW = "object", "list", "row"


@dataclass(frozen=True, slots=True)
class JsonString:
    """A string that is a value; `item` is the number of the list's item, or of the document, that holds it."""

    place: str
    start: int
    end: int
    item: int

    @property
    def name(self) -> str:
        """The name of its field, or the number of its column."""
        return self.place.rpartition(".")[2]


@dataclass(slots=True)
class _Open:
    """A list or an object that is still open; a list within a list is a row, each column of which is a place."""

    kind: str
    place: str
    item: int
    key: str = ""
    column: int = 0


class JsonStrings:
    """Reads the strings of documents that may go on in the next piece of a text."""

    def __init__(self) -> None:
        self._open = [_Open(_OBJECT, "", 0)]  # the first one stands for whatever was open before
        self._items = 0
        self.end = 0
        """Where in the text the last documents ended."""

    @property
    def goes_on(self) -> bool:
        """Whether a list or an object is still open."""
        return len(self._open) > 1

    def copied(self) -> "JsonStrings":
        """A copy of this state, from which reading can go on independently."""
        other = JsonStrings()
        other._open, other._items = [replace(one) for one in self._open], self._items
        return other

    def read(self, text: str, start: int) -> Iterator[JsonString]:
        """The strings from `start` on, as long as the text is JSON."""
        self.end = start
        while (token := _TOKEN.match(text, self.end)) and self._belongs(kind := token.lastgroup):
            self.end = token.end()
            if kind == "key":
                self._open[-1].key = token["string"][1:-1]
            elif kind == "sign":
                self._take_sign(token["sign"])
            elif kind == "string":
                place, item = self._here()
                yield JsonString(place, token.start("string"), token.end("string"), item)
        if not _NOTHING_MORE.match(text, self.end):
            del self._open[1:]  # what follows is not JSON

    def _belongs(self, kind: str | None) -> bool:
        """Whether such a token may stand here: between documents, only a name or a sign may."""
        return kind in ("key", "sign") or self.goes_on or bool(self._open[0].key)

    def _take_sign(self, sign: str) -> None:
        if sign in "{[":
            place, item = self._here()
            if sign == "{":
                opened = _Open(_OBJECT, place, item)
            elif self._open[-1].kind == _LIST:
                opened = _Open(_ROW, place, item)
            else:
                opened = _Open(_LIST, place.rpartition("[]")[2], item)
            self._open.append(opened)
        elif sign == ",":
            self._open[-1].column += 1
            self._open[-1].key = ""
        elif self.goes_on:
            self._open.pop()
        if not self.goes_on:
            self._open[0].key = ""

    def _here(self) -> tuple[str, int]:
        """The place of the value that begins here, and its item."""
        within = self._open[-1]
        if within.kind == _LIST or not (self.goes_on or within.key):
            self._items += 1
            return f"{within.place}[]" if within.kind == _LIST else "", self._items
        place = f"{within.place}.{within.key if within.kind == _OBJECT else within.column}"
        return place[-LONGEST_PLACE:], within.item
