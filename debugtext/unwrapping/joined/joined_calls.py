"""Splits lines that were joined wrongly: a call behind the location above it, a headline with the line below.

    runtime: goroutine stack exceeds 1000000000-byte limit fatal error: stack overflow runtime stack: runtime.throw(0x1)
    /usr/local/go/src/runtime/panic.go:992 +0x73 runtime.newstack()
    /usr/local/go/src/runtime/stack.go:1101 +0x5cc goroutine 1 [running]: depot.(*Yard).Shunt(0x1)

People write a location before its function, too, but never with the offset that Go prints behind it.
"""

import re
from functools import partial
from itertools import islice

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.go_lines import CALL, CREATED, HEADER, token_of
from debugtext.unwrapping.lines.rows import Written, rewritten

FEWEST = 2
"""So many calls behind a location are needed: one may be somebody's remark."""
LONGEST = 4000
_PLACE = r"[^\n:()]{1,400}\.(?:go|s):[0-9]{1,9}"
_OFFSET = r" \+0x[0-9a-f]{1,16}(?: fp=0x[0-9a-f]+)?(?: sp=0x[0-9a-f]+)?(?: pc=0x[0-9a-f]+)?"
# it begins with a fixed sign, which is fast, and ends with a call: a whole dump on one line does not match
_CALL_BEHIND_OFFSET = re.compile(rf"(?m){_OFFSET} (?:goroutine |created by |[\w.~/-]+[.(])[^\n]{{0,400}}\)[ \t]*$")
_PLACE_BEFORE = re.compile(rf"[ \t]*((?:[A-Za-z]:)?{_PLACE}(?:{_OFFSET})?) +([^ ].*)")
_HEADLINE = re.compile(r"fatal error: [^\n]{1,400} (?:runtime stack:|goroutine [0-9]{1,18} \[)")
# a header in prose may have lost its colon
_HEADER = re.compile(r"(goroutine [0-9]{1,18} \[[^\]\n]{1,99}\]):? (?=[\w./]+\.[^\s(]*\()")
_BETWEEN = re.compile(
    r"(?<! ) +(?=runtime: (?:sp=0x|goroutine stack exceeds )|fatal error: |runtime stack:|\[signal SIG"
    r"|goroutine [0-9]{1,18} \[)|(?<=runtime stack:) +|(?<=\]:) +"
)


def with_calls_apart(piece: Piece) -> Piece:
    """The piece with such lines split; the same piece if it has none."""
    text = piece.text
    are_joined = " +0x" in text and len([*islice(_CALL_BEHIND_OFFSET.finditer(text), FEWEST)]) == FEWEST
    if not are_joined and not ("fatal error: " in text and _HEADLINE.search(text)):
        return piece
    return rewritten(piece, partial(_written, are_joined=are_joined))


def _written(lines: list[str], index: int, *, are_joined: bool) -> Written | None:
    """The parts of a line that was joined; None if it was not."""
    line = lines[index]
    parts = _apart(line, are_joined=are_joined) if len(line) <= LONGEST else [line]
    return None if parts == [line] else Written(parts, [0] * len(parts), 1)


def _apart(line: str, *, are_joined: bool) -> list[str]:
    """The lines that this line consists of; the line alone if it is left as it is."""
    place = _PLACE_BEFORE.fullmatch(line) if are_joined else None
    if place:
        below = _BETWEEN.split(place[2].rstrip())
        return [f"\t{place[1]}", *below] if token_of(below[-1]) in (CALL, CREATED, HEADER) else [line]
    if not _HEADLINE.search(line) and not (are_joined and line.startswith("runtime stack: ")):
        return [line]
    parts = _BETWEEN.split(_HEADER.sub(r"\1: ", line.rstrip()))
    parts = [part.rstrip("\"',;") if part.startswith("fatal error: ") else part for part in parts]
    is_known = line.startswith("fatal error: ") and "runtime stack:" not in parts  # `straighten` splits it
    return [line] if is_known and token_of(parts[-1]) != CALL else parts
