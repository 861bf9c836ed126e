"""Removes what logs, terminals and web pages have put around a text: layer by layer, the outermost first."""

from collections.abc import Callable

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.plain import is_plain
from debugtext.unwrapping.logs.partial_lines import with_joined_lines
from debugtext.unwrapping.logs.prefixes import Prefixes
from debugtext.unwrapping.logs.stamp_lines import StampLines
from debugtext.unwrapping.logs.suffixes import Suffixes
from debugtext.unwrapping.logs.upside_down import right_way_up
from debugtext.unwrapping.notations.encoded import Encoded
from debugtext.unwrapping.notations.json_documents import JsonDocuments
from debugtext.unwrapping.notations.line_signs import without_signs
from debugtext.unwrapping.notations.piped import with_backslashes
from debugtext.unwrapping.notations.quoted import Quoted
from debugtext.unwrapping.notations.written_out import with_line_ends
from debugtext.unwrapping.pages.captions import without_captions
from debugtext.unwrapping.pages.colours import without_colours
from debugtext.unwrapping.pages.double_spaced import single_spaced
from debugtext.unwrapping.pages.escaped_signs import without_escaped_signs
from debugtext.unwrapping.pages.fences import without_fences
from debugtext.unwrapping.pages.links import without_links
from debugtext.unwrapping.pages.markup import without_markup
from debugtext.unwrapping.pages.quoted_printable import without_quoted_printable
from debugtext.unwrapping.pages.signs import with_signs
from debugtext.unwrapping.pages.spreadsheets import without_cells

MOST_LAYERS = 16
"""More layers than this are not removed: a step that always changes something would never end."""


class Layers:
    """The layers of one input: what was learned from one piece is used for the next."""

    def __init__(self) -> None:
        self._prefixes = Prefixes()
        self._suffixes = Suffixes()
        self._encoded = Encoded()
        self._documents = JsonDocuments()
        self._steps: tuple[Callable[[Piece], Piece], ...] = (
            without_colours,
            with_signs,
            with_joined_lines,
            self._encoded.take_out,
            without_quoted_printable,
            without_cells,
            self._documents.take_out,
            with_backslashes,
            Quoted().take_out,
            Quoted("'").take_out,
            without_markup,
            without_fences,
            without_captions,
            with_line_ends,
            without_signs,
            without_links,
            without_escaped_signs,
            self._suffixes.strip,
            self._prefixes.strip,
            StampLines().drop,
            single_spaced,
            right_way_up,
        )
        self._before: list[Callable[[Piece], Piece]] = []
        self.are_open = False
        """Whether the last piece had layers: the next one may have the same, even if nothing in it shows that."""

    def take_off(self, piece: Piece) -> Piece:
        """The piece without its layers; the same piece if it has none."""
        self._prefixes.begin()
        self._suffixes.begin()
        self._documents.begin()
        again = self._as_before(piece)
        if again is not None and is_plain(_whole_blocks(again.text)):  # a log goes on as it began
            self.are_open = True
            return again
        self._suffixes.begin()
        self._before = []
        whole = piece
        for _ in range(MOST_LAYERS):
            before = piece
            for step in self._steps:
                taken_off = step(piece)
                if taken_off is not piece and taken_off.text != piece.text:
                    piece = taken_off
                    self._before.append(step)
                    break  # begin again: a layer within this one may be of any kind
            if piece is before or (is_plain(piece.text) and not self._encoded.shows(piece.text)):
                break
        self.are_open = piece is not whole or self._prefixes.waits
        return piece

    def _as_before(self, piece: Piece) -> Piece | None:
        """The piece without the layers of the previous piece; None if it does not have the same ones."""
        if not self._before:
            return None
        for step in self._before:
            taken_off = self._prefixes.strip_again(piece) if step == self._prefixes.strip else step(piece)
            if taken_off is None:
                return None
            piece = taken_off
        return piece

    def rest(self) -> Piece:
        """The lines of interleaved processes that were held back until the end of the input."""
        rest = self._prefixes.release()
        return self.take_off(rest) if rest.text else rest


def _whole_blocks(text: str) -> str:
    """The text between the first and the last blank line: a piece of a log may begin and end within a record."""
    start, end = text.find("\n\n") + 2, text.rfind("\n\n") + 1
    return text[start:end] if start < end else text
