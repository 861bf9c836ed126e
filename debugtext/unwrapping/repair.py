"""Repairs single lines once all layers are removed: the cheapest steps first, until the text is plain."""

from debugtext.pieces.text import Piece
from debugtext.unwrapping.joined.backslashes import without_backslashes
from debugtext.unwrapping.joined.blank_lines import with_blank_lines
from debugtext.unwrapping.joined.joined_calls import with_calls_apart
from debugtext.unwrapping.joined.joined_races import with_races_apart
from debugtext.unwrapping.joined.places_below import with_places_beside
from debugtext.unwrapping.joined.refilled import with_refilled
from debugtext.unwrapping.joined.straighten import straightened
from debugtext.unwrapping.joined.wrapped import Wrapped
from debugtext.unwrapping.lines.anchors import MESSAGE, anchors
from debugtext.unwrapping.lines.cells import with_tabs
from debugtext.unwrapping.lines.plain import is_plain
from debugtext.unwrapping.lines.rows import Rows
from debugtext.unwrapping.logs.specs import with_specs
from debugtext.unwrapping.retold.bare_frames import with_bare_frames
from debugtext.unwrapping.retold.debuggers import with_debuggers_stacks
from debugtext.unwrapping.retold.drawn_paths import with_drawn_paths
from debugtext.unwrapping.retold.headlines import with_headlines
from debugtext.unwrapping.retold.id_ranges import with_single_ids
from debugtext.unwrapping.retold.masked import unmasked
from debugtext.unwrapping.retold.trace_views import with_trace_views
from debugtext.unwrapping.retold.traces import with_traces

_WRITE_OUT = (
    *(
        with_trace_views,
        with_specs,
        with_refilled,
        with_races_apart,
        with_drawn_paths,
        with_calls_apart,
        with_headlines,
    ),
    *(with_traces, with_debuggers_stacks, with_single_ids, with_places_beside, without_backslashes),
)


def repaired(piece: Piece) -> Piece:
    """The piece with Go's lines as Go prints them; the same piece if there is nothing to repair."""
    for write_out in _WRITE_OUT:
        piece = write_out(piece)
    if not _holds_anchor(piece.text) and "\n+0x" not in piece.text:
        return piece  # no line of Go's is in it
    for step in (unmasked, _with_tabs):
        changed = step(piece)
        if changed is not piece and is_plain(changed.text):
            return changed
        piece = changed
    if {anchor.kind for anchor in anchors(piece.text)} == {MESSAGE}:
        return piece  # a log that only mentions panics
    rows = Rows.of(piece)
    mended = with_blank_lines(with_bare_frames(straightened(Wrapped(rows).joined())))
    return piece if mended is rows else _with_tabs(mended.piece())


def _holds_anchor(text: str) -> bool:
    """Whether a line of Go's, or the offset of a location, is in the text."""
    return " +0x" in text or next(anchors(text), None) is not None


def _with_tabs(piece: Piece) -> Piece:
    text = with_tabs(piece.text)
    return piece.with_text(text)
