r"""Takes the line of a dump out of each record, where every field of a record stands on a line of its own.

OpenTelemetry's exporters, `journalctl -o verbose` and PowerShell's Format-List print such records.

LogRecord #0
Timestamp: 2026-11-22 08:00:00 +0000 UTC
Body: Str(goroutine 1 [running]:)
LogRecord #1
Timestamp: 2026-11-22 08:00:00 +0000 UTC
Body: Str(main.main())
"""

import re
from itertools import islice

from debugtext.text import Piece
from debugtext.unwrapping.lines.anchors import anchors
from debugtext.unwrapping.lines.rows import Rows
from debugtext.unwrapping.notations.held_dumps import holds_dump

MOST_TRIES = 8
RECORDS = 12
LONGEST_LEAD = 200
LONGEST_RECORD = 4_000
FEWEST_ALIKE = 2
_NAME = re.compile(r"[^:=\n]*")
_FIELD = re.compile(r"[ \t]*[A-Za-z][\w.-]*(?: [\w.-]+){0,3} ?[:=]")
_NUMBERS = re.compile(r"[0-9]+")
_CLOSED = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'"}


class RecordLines:
    """Remembers what stands before the lines of the dump, and the names of the other fields."""

    def __init__(self) -> None:
        self._lead = ""
        self._others: frozenset[str] = frozenset()

    def take_out(self, piece: Piece) -> Piece:
        """The piece with the lines of the dump in place of their records; the same piece if it has none."""
        if not self._lead:
            self._learn(piece.text)
        if not self._lead or f"\n{self._lead}" not in f"\n{piece.text}":
            return piece
        rows = Rows.of(piece)
        return rows.with_parts(lambda index: self._parts(rows.lines[index])).piece()

    def _parts(self, line: str) -> list[str] | None:
        """What replaces a line: its content, [] for other fields, None for lines outside of records."""
        if line.startswith(self._lead):
            return [_content(line, self._lead)]
        return [] if _name(line) in self._others else None

    def _learn(self, text: str) -> None:
        for anchor in islice(anchors(text), MOST_TRIES):
            lead = text[anchor.line_start : anchor.position]
            if len(lead) > LONGEST_LEAD or not _FIELD.match(lead):
                continue
            contents, others = _records(text, anchor.line_start, lead)
            if others and holds_dump(contents):
                self._lead, self._others = lead, others
                return


def _records(text: str, start: int, lead: str) -> tuple[list[str], frozenset[str]]:
    """The contents of some lines with this lead, and the names of the fields between them, if always the same."""
    contents: list[str] = []
    between: set[tuple[str, ...]] = set()
    position, alike = start, 0
    for _ in range(RECORDS):
        end = text.find("\n", position)
        following = text.find(f"\n{lead}", position, position + LONGEST_RECORD)
        contents.append(_content(text[position : end if end >= 0 else len(text)], lead))
        if following < 0 or following <= end:
            break
        between.add(tuple(_name(line) for line in text[end + 1 : following].split("\n")))
        alike += 1
        position = following + 1
    names = frozenset(between.pop()) - {""} if alike > FEWEST_ALIKE and len(between) == 1 else frozenset[str]()
    is_sure = _name(lead) not in names and all(name[:1].isalpha() for name in names)
    return contents, names if is_sure else frozenset()


def _name(line: str) -> str:
    """The name of a field, with 0 for any number in it."""
    name = _NAME.match(line)
    return _NUMBERS.sub("0", name[0]).strip() if name else ""


def _content(line: str, lead: str) -> str:
    """The text behind the lead, without the closing bracket that matches the end of the lead."""
    return line[len(lead) :].removesuffix(_CLOSED.get(lead[-1], "\n"))
