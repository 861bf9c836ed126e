"""Repairs single lines: removes added indents and notes, and splits lines that hold several lines of Go's."""

import re
from functools import lru_cache

from debugtext.formats.grammar import ALIKE
from debugtext.unwrapping.joined.flattened import split
from debugtext.unwrapping.joined.glued import addresses_of, unglued
from debugtext.unwrapping.lines.anchors import NEEDLES
from debugtext.unwrapping.lines.go_lines import (
    ALONE,
    BLANK,
    CALL,
    CRASH,
    CREATED,
    FOREIGN,
    HEADER,
    LEAKED,
    LONGEST_LINE,
    LONGEST_REMEMBERED,
    PLACE,
    REPORT,
    SAMPLE,
    STACK_LINES,
    SURE_LINES,
    TITLE,
    pasted,
    token_of,
    tokens_of,
)
from debugtext.unwrapping.lines.rows import Rows
from debugtext.unwrapping.lines.shapes import as_printed, begins_place, half_frame
from debugtext.unwrapping.retold.bare_frames import may_be_frame, named_sample, ungrouped
from debugtext.unwrapping.retold.notes import OF_GO, noteless, without_mark

NEAR = 8
"""A line is looked at if one of Go's is at most so many lines above it, or if it holds a needle."""
MASKED = "goroutine 0 ["
_OWN_INDENT = (REPORT, LEAKED)
"""Lines of the race detector and goleak have indents of their own, which their formats read."""

_SIGN = re.compile(r"[(\[.@#=:;/+{<\\]|[^\x00-\x7f]|created by|exit status")
"""Each line of Go's contains one of these, whatever was done to it; a line without them is prose."""
_IN_STACK = frozenset((HEADER, PLACE, ALONE, CALL))
_ABOVE_PLACES = (CALL, CREATED)


def straightened(rows: Rows) -> Rows:
    """The rows with all lines that needed a small repair as Go prints them; the same rows if none did."""
    changed: dict[int, list[str]] = {}
    above, before, since, own_indent = "", BLANK, NEAR + 1, False
    addresses: frozenset[int] = frozenset()
    read = zip(rows.lines, tokens_of(rows.lines), [*rows.lines[1:], ""], strict=True)
    for index, (line, as_read, below) in enumerate(read):
        kind = as_read
        if kind in _OWN_INDENT or (own_indent and kind in (HEADER, SAMPLE, TITLE)):
            own_indent = kind in _OWN_INDENT
        printed = None
        if kind == FOREIGN and not own_indent and (since <= NEAR or any(needle in line for needle in NEEDLES)):
            glued = unglued(line, addresses) if "+0x" in line else None
            half = half_frame(line) if "+0x" in line and not below.strip() else _header_behind_tabs(line, below)
            printed = [glued or half or ""] if glued or half else _printed(line, before)
            if printed and _may_be_words(line, printed) and not may_be_frame(below):
                printed = None  # prose that mentions `goroutine N [state]:`
            if printed is None and begins_place(line) and _may_be_cut(above, before, below):
                printed = [f"\t{line.strip()}"]
        elif kind == CRASH and " goroutine " in line:
            printed = _crash_on_one_line(line, below)
        for part in printed or ():
            kind = token_of(part) or kind
        if printed:
            changed[index] = printed
        above = (printed or [line])[-1]
        if kind == SAMPLE:
            addresses = addresses_of(above)
        since = 0 if kind in SURE_LINES else since + 1
        before = kind or before
    return rows.with_parts(changed.get) if changed else rows


def _header_behind_tabs(line: str, below: str) -> str:
    """The header behind tabs, if a call without any follows; else empty: Go (1.23) indents all of a panic's message."""
    header = line.lstrip("\t")
    is_pushed = header != line and token_of(below) == CALL and token_of(header) == HEADER
    return header if is_pushed else ""


def _may_be_cut(above: str, before: str, below: str) -> bool:
    """Whether a cut-off location may stand here: below a call, and at the end or above another call."""
    is_last = not below.strip()
    if not is_last and token_of(below.strip()) not in _ABOVE_PLACES and not _is_cut_call(below.strip()):
        return False
    return before in _ABOVE_PLACES or _is_cut_call(above)


def _is_cut_call(line: str) -> bool:
    return len(line) <= LONGEST_LINE and pasted("CUT_CALL").fullmatch(line) is not None


def _printed(line: str, before: str) -> list[str] | None:
    """The line, or the lines that it holds, as Go prints them; None if it is left as it is."""
    if _SIGN.search(line) is None:
        return None
    if len(line) > LONGEST_REMEMBERED:
        return _read(line, before)
    alike = line.translate(ALIKE)
    parts = _remembered(alike, before)
    return _remembered(line, before) if parts and alike != line else parts


@lru_cache(maxsize=1 << 12)
def _remembered(line: str, before: str) -> list[str] | None:
    return _read(line, before)


def _read(line: str, before: str) -> list[str] | None:
    if len(line) > LONGEST_LINE:
        return _split(line, before)
    if line.startswith("\t") and token_of(line[1:]) == HEADER:
        return None  # a line of a panic's message, which Go indents since 1.23
    line = ungrouped(line) if "@" in line or " profile: total " in line else line
    if named := named_sample(line):
        return named
    printed = _indented(line, before) or _indented(without_mark(line), before)
    if printed and printed != line:
        return [printed]
    bare = noteless(line, in_stack=before in STACK_LINES)
    is_out_of_place = token_of(bare or "") == PLACE and before not in _ABOVE_PLACES
    if bare and not is_out_of_place and not _holds_more(line, bare):
        return [bare]
    parts = _split(line, before) or _split(without_mark(line), before)
    return parts or ([bare] if bare else None)


def _crash_on_one_line(line: str, below: str) -> list[str] | None:
    """A crash's message and the goroutines behind it, if both stand on one line; None otherwise."""
    parts = _split(line, CRASH) or []
    kinds = tokens_of(parts)
    if HEADER not in kinds[1:] or not (PLACE in kinds or (kinds[-1] == HEADER and may_be_frame(below))):
        return None
    return [*(part.rstrip() for part in parts)]


def _may_be_words(line: str, printed: list[str]) -> bool:
    """Whether the line may be prose: a header without a number or before a word, or a title quoted behind words."""
    if MASKED not in line and any(part.startswith(MASKED) for part in printed):
        return True
    words, is_quoted, _ = line.partition(" profile: ")[0].rpartition("`")
    if is_quoted and words.strip() and token_of(printed[-1]) == TITLE:
        return True
    return len(printed) == 1 and token_of(printed[0]) == HEADER and line.partition("]:")[2][:1].isalpha()


def _holds_more(line: str, bare: str) -> bool:
    """Whether the part of a line that was taken for a note holds a line of Go's."""
    note = line.partition(bare.strip())[2]
    return any(mark in note for mark in OF_GO)


def _indented(line: str, before: str) -> str | None:
    """A line of a stack with the indent that Go prints; None if it is none, or out of place."""
    for kind in (HEADER, CREATED, ALONE, CALL, PLACE):
        if kind in (CALL, ALONE) and before not in _IN_STACK:
            continue
        if kind == PLACE and before not in (CALL, CREATED):
            continue
        printed = as_printed(line, kind)
        if printed:
            return printed
    return None


def _split(line: str, before: str) -> list[str] | None:
    return [part for _, part in split(line, before)] or None
