"""Finds the dumps in any text, and yields them as Go prints them, piece by piece.

First the layers around a text are removed (`layers.py`), then its lines are repaired (`repair.py`). A piece that is
plain already is yielded unchanged.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from debugtext.errors import SettingsError
from debugtext.pieces.text import Piece
from debugtext.strangers import is_hex_dump
from debugtext.unwrapping.lines.anchors import NEEDLES
from debugtext.unwrapping.lines.plain import is_plain
from debugtext.unwrapping.lines.plain_headlines import HEADLINES
from debugtext.unwrapping.lines.rows import cut, joined

if TYPE_CHECKING:
    from debugtext.unwrapping.layers import Layers

LONGEST_HELD = 8 << 20
"""More characters than this are not held back until a blank line comes: memory is limited."""
LONGEST_LINE = 400
"""How much of a block is searched for a crash's headline."""
HELD = 1 << 16
"""How many characters at the end of a piece are held back, because a dump may go on in the next piece."""
MOST_LOOKED_AT = 1 << 21
"""Behind this many characters, an input is searched for the usual encodings only: searching for all takes time."""
HEAD = 1 << 14
"""How much of a piece is searched for needles first: most pieces that hold a needle hold one there."""
_NOT_SAID = tuple(needle for needle in NEEDLES if needle not in HEADLINES)
"""The needles without the headlines: `panic: ` may stand in plain words above a stack that is encoded."""


def unwrap(pieces: Iterable[Piece], *, line_prefix: str | None = None) -> Iterator[Piece]:
    """The pieces with every dump as Go prints it; the expression `line_prefix` is removed from each line first."""
    prefix = _compiled(line_prefix)
    stream = _Stream()
    for piece in pieces:
        if prefix is not None:
            piece = Piece(prefix.sub("", piece.text), piece.first_line, piece.line_numbers)  # noqa: PLW2901
        yield from map(_with_recovered_words, stream.take(piece))
    yield from map(_with_recovered_words, stream.finish())


class _Stream:
    """Unwraps the pieces of one input; `_held` is the end of the pieces so far, which may go on in the next one."""

    def __init__(self) -> None:
        self._layers: Layers | None = None
        self._looked_at = 0
        self._held = Piece("", 1)

    def take(self, piece: Piece) -> Iterator[Piece]:
        """The lines of this piece, and of those held back, that are complete."""
        are_open = self._layers is not None and self._layers.are_open
        if not are_open and (is_hex_dump(piece.text) or (is_plain(piece.text) and not self._is_encoded(piece.text))):
            yield from self._release()
            yield piece
            return
        if self._layers is None:
            from debugtext.unwrapping.layers import Layers  # noqa: PLC0415 - most texts have no layers

            self._layers = Layers()
        bare = self._layers.take_off(piece)
        if bare is piece and not self._held.text:
            yield _repaired(piece)
            return
        ready, self._held = _cut_at_blank_line(joined(self._held, bare))
        if ready.text:
            yield _repaired(ready)

    def _is_encoded(self, text: str) -> bool:
        """Whether a text without needles may hold an encoded dump; far behind, only the usual encodings count."""
        is_behind = self._looked_at > MOST_LOOKED_AT
        self._looked_at += len(text)
        if _holds_needle(text[:HEAD]):
            return False
        from debugtext.unwrapping.notations.encoded import may_hold_dump, may_hold_dump_behind  # noqa: PLC0415 - rare

        may_hold = may_hold_dump_behind if is_behind else may_hold_dump
        return may_hold(text) and not _holds_needle(text)

    def finish(self) -> Iterator[Piece]:
        """The lines that were held back, when the input has ended."""
        if self._layers is not None:
            self._held = joined(self._held, self._layers.rest())
        yield from self._release()

    def _release(self) -> Iterator[Piece]:
        if self._held.text:
            yield _repaired(self._held)
        self._held = Piece("", 1)


def _holds_needle(text: str) -> bool:
    """Whether a needle is in the text, other than a headline."""
    return any(needle in text for needle in _NOT_SAID)


def _compiled(line_prefix: str | None) -> re.Pattern[str] | None:
    if line_prefix is None:
        return None
    try:
        return re.compile(f"(?m)^(?:{line_prefix})")
    except re.error as error:
        raise SettingsError(f"the line prefix {line_prefix!r} is not a regular expression: {error}") from None


def _cut_at_blank_line(piece: Piece) -> tuple[Piece, Piece]:
    """The piece cut at a blank line: what is complete, and what is held back. A headline stays with what follows it.

    The last `HELD` characters are always held back: a dump may go on behind prose that follows a blank line.
    """
    text = piece.text
    latest = max(len(text) - HELD, 0)
    end = text.rfind("\n\n", 0, latest) + 2
    block = text.rfind("\n\n", 0, max(end - 2, 0)) + 2
    if any(word in text[block : min(end, block + LONGEST_LINE)] for word in HEADLINES):
        end = block
    if end < 2:  # noqa: PLR2004 - no blank line
        end = len(text) if len(text) > LONGEST_HELD else 0
    return cut(piece, end)


def _with_recovered_words(piece: Piece) -> Piece:
    if "\npanic(" not in piece.text and "runtime error: " not in piece.text:
        return piece
    from debugtext.unwrapping.notations.recovered_words import with_recovered_words  # noqa: PLC0415 - few texts need it

    return with_recovered_words(piece)


def _repaired(piece: Piece) -> Piece:
    if is_plain(piece.text):
        return piece
    from debugtext.unwrapping.repair import repaired  # noqa: PLC0415 - most texts need no repair

    return repaired(piece)
