"""Takes off what a log puts before every line, having learned it from the lines around one that is Go's.

    web-1  | goroutine 1 [running]:
    web-1  | main.main()
    web-1  | 	/src/main.go:5 +0x1d

A line of Go's that does not begin where its line begins (an anchor) shows a prefix; it is believed when the lines around
have it too, and are Go's without it. No product's format is known here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from debugtext.text import Piece
from debugtext.unwrapping.anchors import Anchor, anchors
from debugtext.unwrapping.go_lines import CALL, CRASH, is_sure, kind_of
from debugtext.unwrapping.processes import by_process
from debugtext.unwrapping.templates import LONGEST_PREFIX, stripped_template, templates

MOST_TEMPLATES = 24
MOST_TRIES = 200
NEIGHBOURS = 12
LONGEST_NEIGHBOUR = 4000


@dataclass(frozen=True, slots=True)
class Template:
    """A prefix that was learned; `exact`: only its times are free, so that it tells one process from another."""

    expression: str
    exact: bool


class Prefixes:
    """The prefixes learned so far from one input."""

    def __init__(self) -> None:
        self._templates: list[Template] = []
        self._refused: set[str] = set()

    def strip(self, piece: Piece) -> Piece:
        """The piece without its prefixes; itself if it has none."""
        text = piece.text
        for anchor in islice(self._unexplained(text), MOST_TRIES):
            self._learn(text, anchor)
        used = [template for template in self._templates if re.search(f"(?m)^{template.expression}", text)]
        if not used:
            return piece
        if len(used) > 1:
            return by_process(piece, [template.expression for template in used if template.exact], _any_of(used))
        return Piece(_any_of(used).sub("", text), piece.first_line, piece.line_numbers)

    def _unexplained(self, text: str) -> Iterator[Anchor]:
        """The anchors within lines that no learned prefix leads up to."""
        for anchor in anchors(text):
            if not 0 < anchor.column <= LONGEST_PREFIX:
                continue
            lead = text[anchor.line_start : anchor.position]
            if lead in self._refused or any(re.fullmatch(known.expression, lead) for known in self._templates):
                continue
            yield anchor

    def _learn(self, text: str, anchor: Anchor) -> None:
        prefix = text[anchor.line_start : anchor.position]
        neighbours = list(_neighbours(text, anchor.line_start))
        for level, bare in enumerate(templates(prefix)):
            expression = stripped_template(bare, prefix)
            if _is_proved(re.compile(expression), neighbours, strictly=level > 1):
                self._templates = [*self._templates[-MOST_TEMPLATES + 1 :], Template(expression, exact=level == 0)]
                return
        if len(self._refused) < MOST_TRIES:
            self._refused.add(prefix)


def _any_of(used: list[Template]) -> re.Pattern[str]:
    return re.compile("(?m)^(?:" + "|".join(template.expression for template in used) + ")")


def _neighbours(text: str, line_start: int) -> Iterator[str]:
    """Some lines after the beginning of a line (that line first), and some before it."""
    start = line_start
    for _ in range(NEIGHBOURS):
        end = text.find("\n", start)
        yield text[start : end if end >= 0 else len(text)][:LONGEST_NEIGHBOUR]
        if end < 0:
            break
        start = end + 1
    end = line_start - 1
    for _ in range(NEIGHBOURS // 2):
        if end <= 0:
            break
        start = text.rfind("\n", 0, end) + 1
        yield text[start:end][:LONGEST_NEIGHBOUR]
        end = start - 1


def _is_proved(prefix: re.Pattern[str], neighbours: list[str], *, strictly: bool) -> bool:
    """Whether lines around begin like this, and are Go's without it."""
    contents = [line[match.end() :] for line in neighbours if (match := prefix.match(line))]
    sure = sum(is_sure(content) for content in contents)
    likely = sure + sum(not is_sure(content) and kind_of(content) in (CALL, CRASH) for content in contents)
    if strictly:
        return sure > 2 and likely * 3 >= len(contents) * 2  # noqa: PLR2004
    return sure > 0 and likely > 1
