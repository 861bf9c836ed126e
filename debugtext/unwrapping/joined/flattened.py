"""Splits a line that holds several lines of Go's: a call and its location, a whole dump, a title behind other text.

runtime.chansend(...) runtime/chan.go:283
goroutine 1 [running]: main.main() /src/main.go:5 +0x1d
=== BEGIN goroutine stack dump ===goroutine 23 [running]:
"""

import re
from itertools import islice, pairwise

from debugtext.unwrapping.lines.anchors import CREATED as CREATED_ANCHOR
from debugtext.unwrapping.lines.anchors import HEADER as HEADER_ANCHOR
from debugtext.unwrapping.lines.anchors import SAMPLE as SAMPLE_ANCHOR
from debugtext.unwrapping.lines.anchors import TITLE as TITLE_ANCHOR
from debugtext.unwrapping.lines.anchors import anchors
from debugtext.unwrapping.lines.go_lines import (
    CALL,
    CREATED,
    FRAME,
    HEADER,
    PLACE,
    SAMPLE,
    STACK_LINES,
    TITLE,
    pasted,
    token_of,
)
from debugtext.unwrapping.lines.shapes import as_printed
from debugtext.unwrapping.retold.notes import is_note

LONGEST_PAIR = 4000
LONGEST_NAME = 500
MOST_CUTS = 60
"""How many spaces between a call and its location are tried."""
SPLITTING = (HEADER_ANCHOR, SAMPLE_ANCHOR, TITLE_ANCHOR, CREATED_ANCHOR)

_BEGINNING = re.compile(
    r"(?<=\s)(?:(?=#\s+(?:0x[0-9a-f]|[A-Z][A-Za-z]+ =|runtime\.MemStats|labels: ))|(?=sampling period=)|(?=\[signal )"
    r"|(?=goroutine running on other thread)|(?=\.\.\.(?:[0-9]+|additional) frames elided)|(?=\[originating from)"
    r"|(?=exit status [0-9]))"
)
_FRAME_BEHIND_SAMPLE = re.compile(r"(?<=\s)(?=[A-Za-z_][^\s+:.]*\.[^\s+:]*\+0x[0-9a-f]{1,8}\s+[^\s:]+:[0-9])")
"""A frame of a profile that has lost its `#` and its address."""
_PLACE_END = re.compile(
    r":[0-9]{1,9}(?: \+0x[0-9a-f]{1,16})?(?: fp=0x[0-9a-f]+(?: sp=0x[0-9a-f]+)?(?: pc=0x[0-9a-f]+)?)?(?=[\s;,]|$)"
)
_PARENT = re.compile(r" in goroutine [0-9]+(?= )")
_HEADER_END = re.compile(r"\](?: \{[^{}\n]{0,2000}\})?:(?=\s|$)")


def split(line: str, before: str) -> list[tuple[int, str]]:
    """The lines of Go's that a line holds, each with its column; none if it does not hold several, or one changed.

    `before` is the kind of the line before it.
    """
    beginning = _BEGINNING if "#" in line or " @ 0x" not in line else _FRAME_BEHIND_SAMPLE
    parts = _at(line, [*_anchor_columns(line), *(match.start() for match in beginning.finditer(line))])
    found: list[tuple[int, str]] = []
    for column, part in parts:
        found += _stack_lines(column, part, (token_of(found[-1][1]) if found else "") or before)
    if len(found) == 1 and token_of(found[0][1]) == "":
        return []
    known = [token_of(text) for _, text in found if token_of(text) or not text.strip()]
    return found if known and (len(found) > 1 or found[0][1] != line) else []


def _anchor_columns(line: str) -> list[int]:
    return [anchor.position for anchor in anchors(line, len(line)) if anchor.kind in SPLITTING]


def _at(line: str, columns: list[int]) -> list[tuple[int, str]]:
    cuts = sorted({0, *columns, len(line)})
    return [(start, line[start:end]) for start, end in pairwise(cuts) if line[start:end].strip()]


def _stack_lines(column: int, text: str, before: str) -> list[tuple[int, str]]:
    """The header, calls and locations in a part of a line, each with its column."""
    holds_place = _PLACE_END.search(text) is not None
    for kind in (FRAME,) if holds_place else (HEADER, SAMPLE, TITLE, FRAME, CALL, CREATED):
        printed = as_printed(text, kind)
        if printed:
            return [(column, printed)]
    found: list[tuple[int, str]] = []
    start = 0
    if text.startswith("goroutine "):
        end = _HEADER_END.search(text)
        header = as_printed(text[: end.end()], HEADER) if end else None
        if end and header:
            found.append((column, header))
            start, before = end.end(), HEADER
    for end in _PLACE_END.finditer(text, start):
        pair = _call_and_place(text[start : end.end()], before if not found else token_of(found[-1][1]))
        if not pair and end.end() - start < LONGEST_PAIR:
            continue
        found += [(column + start, line) for line in pair]
        start = end.end()
    rest = text[start:].strip() if found else text
    is_behind_place = bool(found) and token_of(found[-1][1]) == PLACE
    if rest.strip() and not (is_behind_place and is_note(rest)):
        found.append((column + start, as_printed(rest, CALL) or rest))
    return found


def _call_and_place(text: str, before: str) -> list[str]:
    """A call, or the creator, and its location, which stood on one line; none if the text is no such pair."""
    text = text.strip()
    if before in (CALL, CREATED) and " " not in text.partition(" +0x")[0]:
        place = as_printed(text, PLACE)
        return [place] if place else []
    parent = _PARENT.search(text)
    behind_parent = parent.end() if parent else 0
    for blanks in islice(re.finditer(r"\s+", text), MOST_CUTS):
        cut = blanks.end()
        place = as_printed(text[cut:], PLACE)
        if place is None or text[cut] in "+(" or cut < behind_parent:
            continue
        call = text[:cut].strip()
        for kind in (CREATED, CALL):
            printed = as_printed(call, kind)
            if printed:
                return [printed, place]
        if before in STACK_LINES and len(call) < LONGEST_NAME and pasted("BARE_CALL").fullmatch(call):
            return [f"{call}(...)", place]
    return []
