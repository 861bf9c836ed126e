"""Reverses logs that are shown with the newest line first, as their times show, or the order of Go's lines.

/src/main.go:5 +0x1d
main.main()
goroutine 1 [running]:
"""

from itertools import islice, pairwise

from debugtext.formats.grammar import terminal
from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.anchors import HEADER, RACE, SAMPLE, anchors
from debugtext.unwrapping.lines.go_lines import ALONE, BLANK, CALL, CREATED, FRAME, LABELS, PLACE, TITLE, token_of
from debugtext.unwrapping.lines.rows import Rows
from debugtext.unwrapping.lines.shapes import as_printed
from debugtext.unwrapping.logs.templates import TIMES

MOST_LOOKED_AT = 40
LONGEST_LINE = 4000


def right_way_up(piece: Piece) -> Piece:
    """The piece with its lines reversed, if calls stand above their header, or frames above their sample."""
    is_so = _tells_creator(piece.text)
    if is_so is None:
        is_so = _is_upside_down(piece.text) or _is_headless_upside_down(piece.text)
    return _turned(piece) if is_so else piece


def oldest_first(bare: Piece, text: str) -> Piece:
    """The lines of `bare`, reversed if the times decrease that stood before them in `text`."""
    first = _stamp(text[: text.find("\n")], bare.text[: bare.text.find("\n")])
    last = _stamp(_last_line(text), _last_line(bare.text))
    if first <= last or TIMES.sub("", first) != TIMES.sub("", last):
        return bare
    stamps = list(map(_stamp, text.removesuffix("\n").split("\n"), bare.text.removesuffix("\n").split("\n")))
    return _turned(bare) if all(earlier >= later for earlier, later in pairwise(stamps)) else bare


def _last_line(text: str) -> str:
    end = len(text) - text.endswith("\n")
    return text[text.rfind("\n", 0, end) + 1 : end]


def _stamp(line: str, content: str) -> str:
    return line.removesuffix(content).rstrip()


def _turned(piece: Piece) -> Piece:
    rows = Rows.of(piece)
    return Rows(rows.lines[::-1], list(rows.numbers)[::-1], rows.ends_line).piece()


def _is_upside_down(text: str) -> bool:
    above = below = 0
    for anchor in islice(anchors(text), MOST_LOOKED_AT):
        if anchor.kind not in (HEADER, SAMPLE, RACE):
            continue
        start, end = anchor.line_start, text.find("\n", anchor.position)
        before = text[text.rfind("\n", max(start - LONGEST_LINE, 0), max(start - 1, 0)) + 1 : max(start - 1, 0)]
        after = text[end + 1 : text.find("\n", end + 1) if text.find("\n", end + 1) >= 0 else len(text)]
        if anchor.kind == RACE:
            above, below = above + _is_access(before), below + _is_access(after)
            continue
        own = (CALL, ALONE, PLACE) if anchor.kind == HEADER else (FRAME, LABELS)
        if anchor.kind == SAMPLE and _kind(before) in own and _kind(after if end >= 0 else "") == FRAME:
            # no blank line between the records: the addresses show to which sample the frames belong
            is_below, is_above = _is_of(after, text[start:end]), _is_of(before, text[start:end])
            above += is_above and not is_below
            below += not is_above
            continue
        above += _kind(before) in own and _kind(after if end >= 0 else "") in (BLANK, PLACE, CREATED, FRAME, TITLE)
        below += end >= 0 and _kind(after) in (CALL, ALONE, *own[-2:])
    return above > 0 and not below


def _begins_with_headers(text: str) -> bool:
    """Whether a call stands right below a header; in a reversed text the header is the last line of its goroutine."""
    for anchor in islice(anchors(text), MOST_LOOKED_AT):
        end = text.find("\n", anchor.position) if anchor.kind == HEADER else -1
        if end >= 0 and _kind(text[end + 1 : end + 1 + LONGEST_LINE].partition("\n")[0]) in (CALL, ALONE):
            return True
    return False


def _is_access(line: str) -> bool:
    """Whether a line is one of the two accesses of a race report, the first of which stands right below the title."""
    return terminal("race", "ACCESS").fullmatch(line + "\n") is not None


def _kind(line: str) -> str:
    line = line.rstrip(" ")
    return token_of(line) or (FRAME if as_printed(line, FRAME) else "")


def _is_of(line: str, sample: str) -> bool:
    """Whether a frame can belong to a sample: its address is one of the sample's, or one less."""
    printed = as_printed(line, FRAME)
    if printed is None:
        return _kind(line) == LABELS
    address = int(printed.split("\t")[1], 16)
    return not {hex(address), hex(address + 1)}.isdisjoint(sample.lower().partition("@")[2].split())


def _is_headless_upside_down(text: str) -> bool:
    """Whether locations stand above their calls: the package of the call is the folder of the location."""
    if " +0x" not in text or "goroutine " in text or "created by " in text:
        return False
    lines = [line.strip() for line in text.split("\n", MOST_LOOKED_AT)[:MOST_LOOKED_AT] if line.strip()]
    kinds = [token_of(line) if len(line) <= LONGEST_LINE else "" for line in lines]
    above: list[bool] = []
    below: list[bool] = []
    for (first, kind), (second, other) in pairwise(zip(lines, kinds, strict=True)):
        if kind == CALL and " +0x" in second:
            below.append(_belong_together(first, second))
        elif other == CALL and " +0x" in first:
            above.append(_belong_together(second, first))
    return len(above) > 1 and all(above) and below.count(False) > 1


def _tells_creator(text: str) -> bool | None:
    """Whether the lines around `created by` are reversed; None if they do not tell.

    Reversed, its own location stands above it, without a call above that, and the location of a call right below.
    """
    at = text.find("created by ")
    if at < 0 or " +0x" not in text:
        return None
    above = [token_of(line) for line in text[max(at - LONGEST_LINE, 0) : at].split("\n")[-3:-1]]
    below = [token_of(line) for line in text[at : at + LONGEST_LINE].split("\n")[1:3]]
    if above[-1:] != [PLACE]:
        return None
    if above == [CALL, PLACE]:
        return False
    return True if below == [PLACE, CALL] and not _begins_with_headers(text) else None


def _belong_together(call: str, place: str) -> bool:
    folder = place.rpartition("/")[0].rpartition("/")[2]
    return bool(folder) and folder == call.partition("(")[0].rpartition("/")[2].partition(".")[0]
