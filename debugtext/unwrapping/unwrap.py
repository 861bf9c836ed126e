"""Finds the dumps in any text and hands on plain ones, piece by piece.

First the layers that others have put around a text are taken off, the outermost first, until none is left; then the
lines are repaired. A piece that is plain already is handed on as it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from debugtext.errors import SettingsError
from debugtext.text import Piece
from debugtext.unwrapping.anchors import NEEDLES
from debugtext.unwrapping.plain import is_plain
from debugtext.unwrapping.rows import cut, joined

MOST_LAYERS = 16
LONGEST_HELD = 8 << 20
SMALL = 1 << 16
MOST_LOOKED_AT = 1 << 21


def unwrap(pieces: Iterable[Piece], *, line_prefix: str | None = None) -> Iterator[Piece]:
    """The pieces with every dump in them as Go prints it; `line_prefix` is taken off first, a regular expression."""
    prefix = _compiled(line_prefix)
    stream = _Stream()
    for piece in _whole_if_small(pieces):
        if prefix is not None:
            piece = Piece(prefix.sub("", piece.text), piece.first_line, piece.line_numbers)  # noqa: PLW2901
        yield from stream.take(piece)
    yield from stream.finish()


def _whole_if_small(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Small pieces in one, for only together they tell what was done to them; as they are, if nothing was."""
    small: list[Piece] = []
    for piece in pieces:
        if len(piece.text) + sum(len(waiting.text) for waiting in small) <= SMALL:
            small.append(piece)
            continue
        yield from _together(small)
        small.clear()
        yield piece
    yield from _together(small)


def _together(small: list[Piece]) -> list[Piece]:
    if len(small) < 2 or is_plain("".join(piece.text for piece in small)):  # noqa: PLR2004 - nothing to join
        return list(small)
    whole = small[0]
    for piece in small[1:]:
        whole = joined(whole, piece)
    return [whole]


class _Stream:
    """The pieces of one input on their way; `held` is the end of the last one, which may go on in the next."""

    def __init__(self) -> None:
        self._layers: Layers | None = None
        self._looked_at = 0
        self._held = Piece("", 1)

    def take(self, piece: Piece) -> Iterator[Piece]:
        """What can be handed on of this piece and of what was held."""
        are_open = self._layers is not None and self._layers.are_open
        if not are_open and is_plain(piece.text) and not self._is_encoded(piece.text):
            yield from self._release()
            yield piece
            return
        if self._layers is None:
            self._layers = Layers()
        bare = self._layers.take_off(piece)
        if bare is piece and not self._held.text:
            yield _repaired(piece)
            return
        ready, self._held = _cut_at_blank_line(joined(self._held, bare))
        if ready.text:
            yield _repaired(ready)

    def _is_encoded(self, text: str) -> bool:
        """Whether a text without anything of Go's may hold it in another notation; asked of an input's beginning."""
        self._looked_at += len(text)
        if self._looked_at > MOST_LOOKED_AT or any(needle in text for needle in NEEDLES):
            return False
        from debugtext.unwrapping.encoded import may_hold_dump  # noqa: PLC0415 - most texts are Go's

        return may_hold_dump(text)

    def finish(self) -> Iterator[Piece]:
        """What is left when the input has ended."""
        if self._layers is not None:
            self._held = joined(self._held, self._layers.rest())
        yield from self._release()

    def _release(self) -> Iterator[Piece]:
        if self._held.text:
            yield _repaired(self._held)
        self._held = Piece("", 1)


def _compiled(line_prefix: str | None) -> re.Pattern[str] | None:
    if line_prefix is None:
        return None
    try:
        return re.compile(f"(?m)^(?:{line_prefix})")
    except re.error as error:
        raise SettingsError(f"the line prefix {line_prefix!r} is not a regular expression: {error}") from None


def _cut_at_blank_line(piece: Piece) -> tuple[Piece, Piece]:
    """What can be handed on, and what may go on in the next piece."""
    end = piece.text.rfind("\n\n") + 2
    if end < 2 or end == len(piece.text):  # noqa: PLR2004 - no blank line
        end = len(piece.text) if end >= 2 or len(piece.text) > LONGEST_HELD else 0  # noqa: PLR2004
    return cut(piece, end)


def _repaired(piece: Piece) -> Piece:
    if is_plain(piece.text):
        return piece
    from debugtext.unwrapping.repair import repaired  # noqa: PLC0415 - most texts need none

    return repaired(piece)


class Layers:
    """What others have put around the lines of one input, as far as it was found out."""

    def __init__(self) -> None:
        from debugtext.unwrapping.colours import without_colours  # noqa: PLC0415 - most texts have no layers
        from debugtext.unwrapping.double_spaced import single_spaced  # noqa: PLC0415
        from debugtext.unwrapping.encoded import Encoded  # noqa: PLC0415
        from debugtext.unwrapping.fences import without_fences  # noqa: PLC0415
        from debugtext.unwrapping.links import without_links  # noqa: PLC0415
        from debugtext.unwrapping.markup import without_markup  # noqa: PLC0415
        from debugtext.unwrapping.partial_lines import with_joined_lines  # noqa: PLC0415
        from debugtext.unwrapping.prefixes import Prefixes  # noqa: PLC0415
        from debugtext.unwrapping.quoted import Quoted  # noqa: PLC0415
        from debugtext.unwrapping.quoted_printable import without_quoted_printable  # noqa: PLC0415
        from debugtext.unwrapping.spreadsheets import without_cells  # noqa: PLC0415
        from debugtext.unwrapping.stamp_lines import StampLines  # noqa: PLC0415
        from debugtext.unwrapping.suffixes import Suffixes  # noqa: PLC0415
        from debugtext.unwrapping.upside_down import right_way_up  # noqa: PLC0415
        from debugtext.unwrapping.written_out import with_line_ends  # noqa: PLC0415

        self._prefixes = Prefixes()
        self._suffixes = Suffixes()
        self._encoded = Encoded()
        self._steps: tuple[Callable[[Piece], Piece], ...] = (
            without_colours,
            with_joined_lines,
            self._encoded.take_out,
            without_quoted_printable,
            without_cells,
            Quoted().take_out,
            Quoted("'").take_out,
            without_markup,
            without_fences,
            with_line_ends,
            without_links,
            self._suffixes.strip,
            self._prefixes.strip,
            StampLines().drop,
            single_spaced,
            right_way_up,
        )
        self.are_open = False
        """Whether the last piece had layers: the next one may go on with them, though nothing in it shows."""

    def take_off(self, piece: Piece) -> Piece:
        """The piece without its layers; itself if it has none."""
        self._prefixes.begin()
        self._suffixes.begin()
        again = self._prefixes.strip_again(piece)
        if again is not None and is_plain(_whole_blocks(again.text)):  # a log goes on as it began
            self.are_open = True
            return again
        whole = piece
        for _ in range(MOST_LAYERS):
            before = piece
            for step in self._steps:
                taken_off = step(piece)
                if taken_off is not piece and taken_off.text != piece.text:
                    piece = taken_off
                    break  # begin again: a layer within this one may be of any kind
            if piece is before or (is_plain(piece.text) and not self._encoded.shows(piece.text)):
                break
        self.are_open = piece is not whole or self._prefixes.waits
        return piece

    def rest(self) -> Piece:
        """What has waited for its turn until the end of the input."""
        rest = self._prefixes.release()
        return self.take_off(rest) if rest.text else rest


def _whole_blocks(text: str) -> str:
    """What stands between the first and the last blank line: a piece of a log may begin and end within a record."""
    start, end = text.find("\n\n") + 2, text.rfind("\n\n") + 1
    return text[start:end] if start < end else text
