"""Removes what a log puts behind every line; such suffixes are learned from the lines around an anchor.

    | goroutine 1 [running]:       |
    | main.main()                  |
    goroutine 1 [running]: {"pod":"a-1"}
    main.main() {"pod":"a-1"}

Where a header, a sample or a location ends is known. What follows is a suffix if the lines around end alike, and are
lines of Go's without it. What stands before the lines is left to `prefixes.py`.
"""

import re
from collections.abc import Iterator
from itertools import islice

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.anchors import HEADER, LOCATION, OF_OTHERS, RACE, SAMPLE, TITLE, Anchor, anchors
from debugtext.unwrapping.lines.own_forms import END
from debugtext.unwrapping.logs.surroundings import neighbours_of
from debugtext.unwrapping.logs.templates import templates

LONGEST = 400
REACH = 2 * LONGEST
"""How far from the end of a line a suffix is searched for: in other lines its numbers and words may be longer."""
MOST_TRIES = 40
MOST_SUFFIXES = 8
FEWEST_ALIKE = 3

_ENDS = {
    HEADER: re.compile(r"goroutine [^\[\n]{1,99}\[[^\]\n]{1,400}\](?: \{[^{}\n]{0,2000}\})?:"),
    SAMPLE: re.compile(r"[^@\n]{1,100}@(?: 0x[0-9a-f]+)*"),
    TITLE: re.compile(
        r"(?:[\w./-]{1,200} profile: (?:total [0-9]+|[0-9]+: [0-9]+ \[[0-9]+: [0-9]+\] @ heap[\w/]{0,40})"
        r"|cycles/second=[0-9]+|# runtime\.MemStats)"
    ),
    RACE: re.compile(r"WARNING: DATA RACE"),
    LOCATION: re.compile(r"[^\n]{0,2000}? \+0x[0-9a-f]+(?: fp=0x[0-9a-f]+(?: sp=0x[0-9a-f]+)?(?: pc=0x[0-9a-f]+)?)?"),
    **dict.fromkeys(OF_OTHERS, END),
}
# how a line of Go's ends: a call, a header, a location, numbers, a list of addresses
_GO_END = re.compile(
    r"(?:\)|\]:|:[0-9]{1,9}|[ +=]0x[0-9a-f]{1,16}|(?:= |total )[0-9.]{1,20}| @|DATA RACE| in goroutine [0-9]{1,18}"
    r"|<<<<<|\?\?\?|\}|DEADLOCK:|stack:|0x[0-9a-f]{1,16} in [^\s]+|/[^\s/:]+\.[^\s/:]+"
    r"|(?:cum|[0-9])%(?: {1,40}[^\s:]+\.[^\s:]+)?)$"
)
_RULES = " \t|+-=_─━═│┃┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣║"  # around the cells of tables
_FILLED_UP = re.compile(r"(?m)(?<=[^ \t\n]) +$")


class Suffixes:
    """The suffixes learned so far from one input."""

    def __init__(self) -> None:
        self._known: list[re.Pattern[str]] = []
        self._used: set[re.Pattern[str]] = set()
        self._refused: set[str] = set()

    def begin(self) -> None:
        """Begins a new piece: each suffix is removed from it once."""
        self._used.clear()

    def strip(self, piece: Piece) -> Piece:
        """The piece without its suffixes; the same piece if it has none."""
        text = piece.text
        for anchor in islice(_with_ends(text), MOST_TRIES):
            suffix = _suffix(text, anchor)
            if suffix and suffix not in self._refused and not any(known.match(suffix) for known in self._known):
                self._learn(text, anchor, suffix)
        for known in self._known:
            if known not in self._used and (bare := _without(known, text)) != text:
                self._used.add(known)
                text = bare
                text = _FILLED_UP.sub("", text) if " \n" in text else text
        return piece.with_text(text)

    def _learn(self, text: str, anchor: Anchor, suffix: str) -> None:
        neighbours = list(neighbours_of(text, anchor.line_start))
        for expression in templates(suffix):
            tail = re.compile(f"{expression}$")
            if _are_proof(tail, neighbours):
                self._known = [*self._known[-MOST_SUFFIXES + 1 :], tail]
                return
        if len(self._refused) < MOST_TRIES:
            self._refused.add(suffix)


def _with_ends(text: str) -> Iterator[Anchor]:
    return (anchor for anchor in anchors(text) if anchor.kind in _ENDS)


def _suffix(text: str, anchor: Anchor) -> str:
    """The text behind a line of Go's, without the spaces that fill a column; '' if Go may have printed it."""
    match = _ENDS[anchor.kind].match(text, anchor.position)
    if match is None:
        return ""
    end = text.find("\n", match.end())
    rest = text[match.end() : end if end >= 0 else len(text)]
    suffix = rest.strip(" \t")
    if len(suffix) > LONGEST or not suffix or rest[0].isalnum():
        return ""
    # a tab or a single space belongs to the suffix; more spaces only fill the column
    return rest[0] + suffix if suffix[0].isalnum() or len(rest) - len(rest.lstrip()) == 1 else suffix


def _match_at_end(tail: re.Pattern[str], line: str) -> re.Match[str] | None:
    """The suffix at the end of a line, which blanks may follow."""
    line = line.rstrip(" \t")
    return tail.search(line, max(len(line) - REACH, 0))


def _without(tail: re.Pattern[str], text: str) -> str:
    """The text without this suffix and the blanks behind it."""
    lines = text.split("\n")
    return "\n".join(line[: match.start()] if (match := _match_at_end(tail, line)) else line for line in lines)


def _are_proof(tail: re.Pattern[str], neighbours: list[str]) -> bool:
    """Whether the lines end alike, and end as lines of Go's do without the suffix."""
    lines = [line for line in neighbours if line.strip(_RULES)]
    bare = [line[: match.start()].rstrip() for line in lines if (match := _match_at_end(tail, line))]
    ends = sum(_GO_END.search(line) is not None for line in bare)
    alike = len(bare) >= FEWEST_ALIKE and len(bare) * 4 >= len(lines) * 3
    return alike and ends > 1 and ends * 2 >= sum(1 for line in bare if line)
