"""Removes what a log puts before every line: no product's format is known, each prefix is learned from the text.

    web-1  | goroutine 1 [running]:
    web-1  | main.main()
    web-1  | 	/src/main.go:5 +0x1d

An anchor in the middle of its line shows a prefix. It is believed if the lines around have it too (what may change from
line to line is `templates.py`'s), and are lines of Go's without it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from debugtext.pieces.text import Piece
from debugtext.unwrapping.lines.anchors import MESSAGE, Anchor, anchors
from debugtext.unwrapping.lines.go_lines import (
    CALL,
    CRASH,
    FOREIGN,
    FRAME,
    PLACE,
    SURE_LINES,
    TITLE,
    is_sure,
    pasted,
    token_of,
)
from debugtext.unwrapping.lines.rows import joined
from debugtext.unwrapping.lines.shapes import as_printed
from debugtext.unwrapping.logs.any_of import AnyOf
from debugtext.unwrapping.logs.continuations import with_continuations
from debugtext.unwrapping.logs.lone_messages import is_lone_message, looks_like_prefix
from debugtext.unwrapping.logs.processes import Processes
from debugtext.unwrapping.logs.surroundings import LONGEST_NEIGHBOUR, neighbours_of
from debugtext.unwrapping.logs.templates import LONGEST_PREFIX, indents, sibling, stripped_template, templates
from debugtext.unwrapping.logs.upside_down import oldest_first

MOST_TEMPLATES = 24
"""So many prefixes are remembered; the oldest are forgotten first."""
MOST_TRIES = 60
"""So many anchors of a piece are looked at, and so many refused prefixes remembered: a log may mention dumps often."""
FEWEST_ITEMS = 4

_OWN_PROFILES = ("goroutine profile: ", "goroutineleak profile: ", "threadcreate profile: ", "heap profile: ")
_BULLET = re.compile(r"(?:[-*+]|[0-9]{1,2}[.)]) {1,10}")
LIKELY_LINES = SURE_LINES | {CALL, CRASH}


@dataclass(frozen=True, slots=True)
class Template:
    """A learned prefix. If it is `exact`, only times may change in it, so that it tells processes apart.

    `others` is an expression for the prefixes of other processes in the same log.
    """

    expression: str
    exact: bool
    others: str | None = None

    def leads_up(self, lead: str) -> bool:
        """Whether `lead`, the text before an anchor, is this prefix, perhaps with a tab of Go's behind it."""
        match = re.match(self.expression, lead)
        return match is not None and not lead[match.end() :].strip("\t")


class Prefixes:
    """The prefixes learned so far from one input."""

    def __init__(self) -> None:
        self._templates: list[Template] = []
        self._refused: set[str] = set()
        self._of_every_line: AnyOf | None = None
        self._levels: list[Processes] = []
        self._depth = 0

    def strip(self, piece: Piece) -> Piece:
        """The piece without its prefixes; the same piece if it has none."""
        text = piece.text
        for anchor in islice(self._unexplained(text), MOST_TRIES):
            self._learn(text, anchor)
        used = self._used(text)
        if not used:
            return piece
        piece = with_continuations(piece)
        text = piece.text
        any_prefix = AnyOf([known.expression for known in used])
        stripped, count = any_prefix.strip(text)
        level, self._depth = self._level(), self._depth + 1
        if not level.wait and len(used) == 1 and count == _lines_in(text):
            self._of_every_line = any_prefix
            return oldest_first(Piece(stripped, piece.first_line, piece.line_numbers), text)
        processes = [*used, *self._siblings(text, any_prefix, used)]
        if not level.wait and len(processes) == 1:
            return Piece(stripped, piece.first_line, piece.line_numbers)
        exact = [template.expression for template in processes if template.exact]
        stripped, _ = AnyOf([known.expression for known in processes]).strip(text)
        return level.sort(piece, exact, stripped)

    def _level(self) -> Processes:
        """The processes that the prefix at this depth (that of prefixes around it) tells apart."""
        if self._depth == len(self._levels):
            self._levels.append(Processes())
        return self._levels[self._depth]

    def begin(self) -> None:
        """Begins a new piece: its outermost prefix is removed first."""
        self._depth = 0

    @property
    def waits(self) -> bool:
        """Whether lines of interleaved processes are held back."""
        return any(level.wait for level in self._levels)

    def release(self) -> Piece:
        """The lines of interleaved processes that were held back."""
        released = Piece("", 1)
        for level in self._levels:
            released = joined(released, level.release())
        return released

    def strip_again(self, piece: Piece) -> Piece | None:
        """The piece without the prefix that every line of an earlier piece had; None unless all its lines have it."""
        if self._of_every_line is None or self.waits:
            return None
        stripped, count = self._of_every_line.strip(piece.text)
        if count != _lines_in(piece.text):
            return None
        return oldest_first(Piece(stripped, piece.first_line, piece.line_numbers), piece.text)

    def _used(self, text: str) -> list[Template]:
        """The templates that match before an anchor of this text, or at its first line if it has no anchors."""
        leads = {text[anchor.line_start : anchor.position] for anchor in anchors(text)}
        if leads:
            return [known for known in self._templates if any(known.leads_up(lead) for lead in leads if lead)]
        first = text.lstrip("\n").partition("\n")[0][:LONGEST_NEIGHBOUR]
        return [known for known in self._templates if re.match(known.expression, first)]

    def _siblings(self, text: str, any_prefix: AnyOf, used: list[Template]) -> list[Template]:
        """The prefixes of other processes, whose lines stand between the lines of dumps."""
        others = [template.others for template in used if template.others]
        if not others:
            return []
        sibling_prefix = re.compile(f"(?m)^(?:{'|'.join(others)})")
        found: dict[str, Template] = {}
        for match in sibling_prefix.finditer(text):
            if any_prefix.leads_at(text, match.start()) or not match[0].strip():
                continue
            end = text.find("\n", match.start(), match.start() + LONGEST_NEIGHBOUR)
            if token_of(text[match.start() : end]):
                continue
            expression = stripped_template(next(templates(match[0])), match[0])
            found.setdefault(expression, Template(expression, exact=True))
            any_prefix = AnyOf([known.expression for known in (*used, *found.values())])
            if len(found) >= MOST_TEMPLATES:
                break
        return list(found.values())

    def _unexplained(self, text: str) -> Iterator[Anchor]:
        """The anchors in the middle of lines that no learned or refused prefix explains."""
        for anchor in anchors(text):
            if not 0 < anchor.column <= LONGEST_PREFIX:
                continue
            lead = text[anchor.line_start : anchor.position]
            if lead in self._refused or any(known.leads_up(lead) for known in self._templates):
                continue
            yield anchor

    def _learn(self, text: str, anchor: Anchor) -> None:
        """Remembers the text before an anchor as a prefix, in its most exact form that the lines around prove."""
        prefix = text[anchor.line_start : anchor.position]
        if is_sure(prefix.rstrip()) or pasted("WHOLE_CALL").fullmatch(prefix.rstrip()):
            self._refused.add(prefix)  # two of Go's lines on one
            return
        neighbours = list(neighbours_of(text, anchor.line_start))
        if not prefix.strip() or (_BULLET.fullmatch(prefix) and not _before_each(prefix, neighbours)):
            neighbours[0] = " " * len(prefix) + neighbours[0][len(prefix) :] if prefix.strip() else neighbours[0]
            self._learn_indent(prefix if not prefix.strip() else " " * len(prefix), neighbours)
            return
        for lead, are_flush in ((prefix, True), (prefix.rstrip("\t"), False)):  # a tab may be Go's own
            for level, bare in enumerate(templates(lead)):
                expression = stripped_template(bare, lead)
                contents = _contents(re.compile(expression), neighbours)
                flush = (token_of(content) in LIKELY_LINES for content in contents[1:])
                if are_flush and lead.endswith("\t") and not any(flush):
                    continue
                if are_flush and lead.endswith("\t") and _some_lack_tab(lead, neighbours):
                    expression = f"{bare.removesuffix(re.escape(chr(9)))}\t?"
                if _are_proof(contents, strictly=level > 1):
                    others = sibling(lead) if level == 0 else None
                    self._add(Template(expression, exact=level == 0, others=others))
                    return
        if _is_alone(text, anchor) or (anchor.kind == MESSAGE and is_lone_message(text, anchor, neighbours)):
            expression = stripped_template(next(templates(prefix)), prefix)
            self._add(Template(expression, exact=True, others=sibling(prefix)))
        elif len(self._refused) < MOST_TRIES:
            self._refused.add(prefix)

    def _learn_indent(self, prefix: str, neighbours: list[str]) -> None:
        """Learns an indent. Lines that Go does not indent must begin right behind it."""
        width = len(prefix)
        kinds = [_kind_behind_indent(line[width:].rstrip(" ")) for line in neighbours if line.startswith(prefix)]
        sure, likely = sum(kind in SURE_LINES for kind in kinds), sum(kind in LIKELY_LINES for kind in kinds)
        lone_message = CRASH in kinds and len(kinds) == sum(1 for line in neighbours if line.strip()) and prefix != "\t"
        if (sure and (likely > 1 or kinds == [TITLE])) or lone_message:
            self._add(Template(indents(prefix), exact=False))
        elif len(self._refused) < MOST_TRIES:
            self._refused.add(prefix)

    def _add(self, template: Template) -> None:
        self._templates = [*self._templates[-MOST_TEMPLATES + 1 :], template]


def _some_lack_tab(lead: str, neighbours: list[str]) -> bool:
    """Whether some lines of Go's stand right behind the sign of a comment, while others have a tab in between."""
    mark = lead.removesuffix("\t")
    bare = (line.removeprefix(mark) for line in neighbours if mark.strip() and line.startswith(mark))
    return any(line[:1] not in ("\t", " ") and is_sure(line) for line in bare if line)


def _kind_behind_indent(line: str) -> str:
    """The kind of a line whose tabs may have been turned into spaces."""
    kind = token_of(line)
    if kind != FOREIGN:
        return kind
    is_place = line.startswith(" ") and " +0x" in line and as_printed(line, PLACE)
    return FRAME if as_printed(line, FRAME) else PLACE if is_place else FOREIGN


def _before_each(bullet: str, neighbours: list[str]) -> bool:
    """Whether every line is an item of the list, not only the first line of each dump."""
    sign = bullet.strip()
    item = re.compile(r"[0-9]{1,6}" + re.escape(sign[-1]) if sign[:1].isdigit() else re.escape(sign))
    lines = [line for line in neighbours if line.strip()]
    return len(lines) > 1 and all(item.match(line) for line in lines[:FEWEST_ITEMS])


def _lines_in(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n"))


def _is_alone(text: str, anchor: Anchor) -> bool:
    """Whether a profile's title fills the rest of its line: an empty profile has no further line as a proof."""
    if anchor.kind != TITLE:
        return False
    end = text.find("\n", anchor.position)
    title = text[anchor.position : end if end >= 0 else len(text)].rstrip()
    lead = text[anchor.line_start : anchor.position]
    return title.startswith(_OWN_PROFILES) and token_of(title) == TITLE and looks_like_prefix(lead)


def _contents(prefix: re.Pattern[str], neighbours: list[str]) -> list[str]:
    return [line[match.end() :].rstrip(" ") for line in neighbours if (match := prefix.match(line))]


def _are_proof(contents: list[str], *, strictly: bool) -> bool:
    """Whether enough lines are Go's once the prefix is removed; `strictly`: its words may be any words."""
    sure = sum(is_sure(content) for content in contents)
    likely = sure + sum(not is_sure(content) and _is_likely(content) for content in contents)
    if strictly:
        return sure > 2 and likely * 3 >= len(contents) * 2  # noqa: PLR2004
    return sure > 0 and likely > 1


def _is_likely(content: str) -> bool:
    """Whether a line is a call, the headline of a crash, or a method's name written by hand."""
    if token_of(content) in (CALL, CRASH):
        return True
    return ".(*" in content[:LONGEST_PREFIX] and pasted("WRITTEN_FRAME").match(content.strip()) is not None
