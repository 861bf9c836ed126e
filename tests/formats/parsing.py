"""What formats read of a text, each line that one of them recognises being the beginning of its own."""

from types import ModuleType

from debugtext.pieces.text import Cursor, Piece
from debugtext.records.captures import Capture


def captures_by(*formats: ModuleType, text: str) -> list[Capture]:
    """Every capture of a text, with its problems; a line that several formats recognise is the first one's."""
    cursor = Cursor([Piece(text, 1)], lambda line: any(known.recognizes(line) for known in formats))
    found = []
    while cursor.more():
        known = next((known for known in formats if known.recognizes(cursor.line())), None)
        capture = known.parse(cursor) if known else cursor.skip_line()
        if capture:
            found.append(capture)
    return found
