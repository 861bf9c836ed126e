"""Puts together what was pasted one word a line; splitting it again is `flattened`'s.

goroutine
1
[running]:
main.main()
/src/main.go:5
+0x1d
"""

import re
from array import array
from collections.abc import Iterator

from debugtext.text import Piece
from debugtext.unwrapping.joined.flattened import split
from debugtext.unwrapping.lines.rows import Rows, piece_of

FEWEST_WORDS = 6
LONGEST_RUN = 200_000
_BEGINNING = re.compile(
    r"(?m)^[ \t]*(?:goroutine\n[ \t]*(?:[0-9]|profile:)|@\n[ \t]*(?:0x|heap)|heap\n[ \t]*profile:"
    r"|profile:\n[ \t]*total\n|---\n[ \t]*(?:contention|mutex):\n)"
)


def with_words_together(piece: Piece) -> Piece:
    """The piece with such texts put together; itself if it has none."""
    if not _BEGINNING.search(piece.text):
        return piece
    rows = Rows.of(piece)
    lines: list[str] = []
    numbers = array("Q")
    for line, number in _lines(rows):
        lines.append(line)
        numbers.append(number)
    return piece_of("\n".join(lines) + ("\n" if rows.ends_line else ""), numbers, piece.first_line)


def _lines(rows: Rows) -> Iterator[tuple[str, int]]:
    words: list[tuple[str, int]] = []
    for line, number in zip(rows.lines, rows.numbers, strict=True):
        word = line.strip()
        if word and " " not in word and "\t" not in word and len(words) < LONGEST_RUN:
            words.append((word, number))
            continue
        yield from _put_together(words)
        words.clear()
        yield line, number
    yield from _put_together(words)


def _put_together(words: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    text = " ".join(word for word, _ in words)
    found = split(text, "") if len(words) >= FEWEST_WORDS else []
    if not found:
        yield from words
        return
    index, position = 0, 0
    for column, line in found:
        while index < len(words) - 1 and position + len(words[index][0]) < column + 1:
            position += len(words[index][0]) + 1
            index += 1
        yield line, words[index][1]
