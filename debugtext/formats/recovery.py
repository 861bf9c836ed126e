"""Parses lines with Lark, and skips the lines that it refuses, so that one damaged line costs no other."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from debugtext.formats.grammar import expected_in_words, parser

if TYPE_CHECKING:
    from lark.exceptions import UnexpectedInput

Belongs = Callable[[str], bool]
HALF_LOCATION = "a location that is cut off: of its frame the function alone is known"
"""What dumps, profiles and race reports say of a frame whose place was lost."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Consecutive lines that the grammar refuses, or (not `is_whole`) the rest of one line; `index` from 0."""

    index: int
    lines: int
    expected: str
    found: str
    is_whole: bool


@dataclass(slots=True)
class Recovery:
    """Called by Lark at each error: moves its lexer to the next line that the grammar may know."""

    text: str
    may_belong: Belongs
    begins_another: Belongs
    refusals: list[Refusal] = field(default_factory=list)
    ends_at: int | None = None

    def __call__(self, error: "UnexpectedInput") -> bool:
        """Whether Lark should go on."""
        state = error.interactive_parser.lexer_thread.state
        assert state is not None  # it is None only without a text
        token = getattr(error, "token", None)
        if token is not None and not token.strip():
            return True  # a blank line behind a refused line
        position = state.line_ctr.char_pos if token is None else token.start_pos
        start = self.text.rfind("\n", 0, position) + 1
        line = self.text[start : self.text.find("\n", start)]
        if position == start and self.begins_another(line):
            self.ends_at = start
            return False
        end, lines = self._end_of_refusal(start, is_whole=position == start)
        state.line_ctr.feed(self.text[state.line_ctr.char_pos : end])
        expected = expected_in_words(error) or "the end of the line"
        self._add(Refusal(error.line - 1, lines, expected, line[:120], is_whole=position == start))
        return True

    def _end_of_refusal(self, start: int, *, is_whole: bool) -> tuple[int, int]:
        """The place of the next line that may belong, and the number of refused lines; or the end of a half line."""
        end = self.text.find("\n", start)
        if not is_whole:
            return end, 1
        lines = 1
        while (following := self.text.find("\n", end + 1)) >= 0:
            line = self.text[end + 1 : following]
            if not line.strip() or self.may_belong(line) or self.begins_another(line):
                break
            end, lines = following, lines + 1
        return end + 1, lines

    def _add(self, refusal: Refusal) -> None:
        """Adds a refusal; whole lines are joined to the refusal of the lines right above them."""
        last = self.refusals[-1] if self.refusals else None
        if last and last.is_whole and refusal.is_whole and last.index + last.lines == refusal.index:
            refusal = replace(last, lines=last.lines + refusal.lines)
            self.refusals.pop()
        self.refusals.append(refusal)


def parse_lines(
    grammar: str, transformer: Callable[[], Any], text: str, may_belong: Belongs, begins_another: Belongs
) -> tuple[Any, Recovery]:
    r"""The transformer's result for the lines of `text`, each ending in "\n", and the refused lines.

    The parse ends before the first line that begins another text, at `ends_at`.
    """
    from lark.exceptions import UnexpectedInput  # noqa: PLC0415

    recovery = Recovery(text, may_belong, begins_another)
    lark = parser(grammar, transformer, "body")
    try:
        return lark.parse(text, on_error=recovery), recovery
    except UnexpectedInput:
        if recovery.ends_at is None:
            raise
    return lark.parse(text[: recovery.ends_at], on_error=Recovery(text, may_belong, lambda _: False)), recovery
