r"""Takes dumps out of quoted strings: JSON lines, logfmt, `go test -json`, a dump escaped into one line.

    {"log":"goroutine 1 [running]:\n","stream":"stderr","time":"2026-11-21T02:10:53Z"}
    level=error msg="panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:5 +0x1d"

The string around an anchor shows the name of its field; fields of this name in other lines are taken as well.
"""

import re
from collections.abc import Iterator

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.anchors import anchors
from debugtext.unwrapping.lines.go_lines import CRASH, token_of
from debugtext.unwrapping.lines.plain_headlines import HEADLINES
from debugtext.unwrapping.lines.rows import Rows
from debugtext.unwrapping.logs.identities import identities
from debugtext.unwrapping.notations.contents import Content, on_lines
from debugtext.unwrapping.notations.escapes import unescaped
from debugtext.unwrapping.notations.held_dumps import holds_dump, lines_around
from debugtext.unwrapping.notations.recovered_words import PANICKING, recovered_words
from debugtext.unwrapping.pages.colours import CONTROL
from debugtext.unwrapping.pages.markup import with_entities_shown

MOST_FIELDS = 16
MOST_LINES_LOOKED_AT = 100
LONGEST_LEAD = 80
MOST_STRINGS_BEFORE = 8

# in CSV a quote is doubled, also behind a backslash of the text;
# in Python a letter may stand before the string, but no whole word
_STRINGS = {
    '"': re.compile(r'"(?P<inside>[^"\\\n]*(?:(?:\\""(?=[\w"])|\\.|"")[^"\\\n]*)*)(?P<end>"|\\?$)'),
    "'": re.compile(r"(?<![\w\\])[bBrRuUfF]{0,2}'(?P<inside>[^'\\\n]*(?:\\.[^'\\\n]*)*)(?P<end>'|\\?$)"),
}
_FIELD = re.compile(r'(?:(?P<name>"[^"\\]{1,60}"|\'[^\'\\]{1,60}\')\s*:\s*|(?P<word>[\w.@-]{1,60})\s?=\s?)$')
_CONTENTS = {
    '"': r'"([^"\\\n]*(?:(?:\\""(?=[\w"])|\\.|"")[^"\\\n]*)*)(?:"|\\?$)',
    "'": r"(?<![\w\\])[bBrRuUfF]{0,2}'([^'\\\n]*(?:\\.[^'\\\n]*)*)(?:'|\\?$)",
}


class Quoted:
    """Remembers the fields of one input that hold dumps; strings are JSON's, or Python's if the quote is `'`."""

    def __init__(self, quote: str = '"') -> None:
        self._quote = quote
        self._fields: list[str] = []

    def take_out(self, piece: Piece) -> Piece:
        """The piece with the contents of such fields in place of their lines; the same piece if there are none."""
        text = piece.text
        if self._quote not in text:
            return piece
        used = self._fields_in(text)
        if not used:
            return piece
        field = re.compile(f"(?m)(?:{'|'.join(used)}){_CONTENTS[self._quote]}")
        return _line_by_line(piece, field, self._quote) or _contents(piece, field, self._quote)

    def _fields_in(self, text: str) -> list[str]:
        """The fields whose strings contain anchors; all known fields if a text has no anchors."""
        seen: set[tuple[int, str]] = set()
        refused: set[str] = set()
        used: dict[str, None] = {}
        for anchor in anchors(text):
            if (anchor.line_start, anchor.kind) in seen:
                continue
            if len(seen) >= MOST_LINES_LOOKED_AT or len(self._fields) >= MOST_FIELDS:
                break
            seen.add((anchor.line_start, anchor.kind))
            end = text.find("\n", anchor.position)
            line = text[anchor.line_start : end if end >= 0 else len(text)]
            field = _field_around(line, anchor.column, self._quote)
            if not field or field in refused or field in used:
                continue
            if field in self._fields or _holds_dump(text, anchor.line_start, field, self._quote):
                used[field] = None
            else:
                refused.add(field)
        self._fields += [field for field in used if field not in self._fields]
        return list(used) if seen else [field for field in self._fields if re.search(field + self._quote, text)]


def _line_by_line(piece: Piece, field: re.Pattern[str], quote: str) -> Piece | None:
    """The contents of a text in which every line is a record with one line of one process; None for other texts."""
    contents = field.findall(piece.text)
    count = piece.text.count("\n")
    if len(contents) != count or not all(content.endswith("\\n") for content in contents):
        return None
    text = _meant("".join(contents), quote)
    leads = field.sub("", piece.text).split("\n")
    if text.count("\n") != count or any(identities(leads)):
        return None
    return Piece(text, piece.first_line, piece.line_numbers)


def _meant(content: str, quote: str) -> str:
    """A string's content without escapes: entities if line ends are (XML), doubled quotes if there are some (CSV)."""
    if "&#xA;" in content or "&#10;" in content:
        return with_entities_shown(content)
    return content.replace('""', '"') if '""' in content and quote == '"' else unescaped(content)


def _contents(piece: Piece, field: re.Pattern[str], quote: str) -> Piece:
    """The lines of all contents, sorted by process."""
    return on_lines(list(_findings(Rows.of(piece), field, quote)))


def _findings(rows: Rows, field: re.Pattern[str], quote: str) -> Iterator[Content]:
    """The content of each field, or the line itself if it has none; `lead` is the rest of the line."""
    for line, number in zip(rows.lines, rows.numbers, strict=True):
        contents = [_meant(match[1], quote) for match in field.finditer(line)] if quote in line else []
        if not contents:
            yield Content(number, line, "", quoted=False)
            continue
        lead = field.sub("", line)
        for content in sorted(contents, key=_is_behind_headlines):
            headline = recovered_words(lead, content) if PANICKING in content else ""
            yield Content(number, headline + content, lead, quoted=len(contents) == 1)


def _is_behind_headlines(content: str) -> bool:
    """Sorts headlines first: the order of the fields in a record means nothing."""
    return not content.startswith(HEADLINES)


def _field_around(line: str, column: int, quote: str) -> str:
    """An expression for what stands before the string at a column, usually a field's name; '' if there is none."""
    for count, string in enumerate(_STRINGS[quote].finditer(line)):
        if string.start() >= column:
            return ""
        if column <= string.end("inside"):
            lead = line[max(0, string.start() - LONGEST_LEAD) : string.start()]
            field = _FIELD.search(lead)
            if field is None:
                strings = rf"{quote}[^{quote}\\\n]*(?:\\.[^{quote}\\\n]*)*{quote}[^{quote}\n]*"
                return rf"^[^{quote}\n]*(?:{strings}){{{count}}}" if count < MOST_STRINGS_BEFORE else ""
            return (
                rf"{re.escape(field['name'])}\s*:\s*"
                if field["name"]
                else rf"(?<![\w.@-]){re.escape(field['word'])}\s?=\s?"
            )
    return ""


def _holds_dump(text: str, line_start: int, field: str, quote: str) -> bool:
    """Whether the contents of this field, in the lines around, are lines of a dump."""
    content = re.compile(field + _CONTENTS[quote])
    lines: list[str] = []
    for line in lines_around(text, line_start):
        for match in content.finditer(line):
            lines += CONTROL.sub("", _meant(match[1][:20_000], quote)).split("\n")[:50]
    is_prose = field.startswith("^") and all(token_of(line) == CRASH for line in lines)  # headlines in quotation marks
    return not is_prose and holds_dump(lines)
