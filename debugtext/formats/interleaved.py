"""Takes the lines of one report from a cursor; lines of other programs may stand between them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from debugtext.pieces.text import Cursor
from debugtext.records.captures import Problem

PATIENCE = 12
"""More foreign lines in a row end a report."""


@dataclass(slots=True)
class Taken:
    r"""Lines of a report, each ending in "\n"; `numbers` are their lines in the original input.

    `foreign` are the lines of other programs between them, as (line number, text).
    """

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    foreign: list[tuple[int, str]] = field(default_factory=list)

    def add(self, before: list[tuple[int, str]], number: int, line: str) -> None:
        """Takes a line of the report; of the lines `before` it, blank ones are taken and others are foreign."""
        for number_before, line_before in before:
            if line_before.strip():
                self.foreign.append((number_before, line_before))
            else:
                self._own(number_before, "")
        self._own(number, line)

    def _own(self, number: int, line: str) -> None:
        self.lines.append(line + "\n")
        self.numbers.append(number)

    @property
    def text(self) -> str:
        """The report's own lines."""
        return "".join(self.lines)

    @property
    def last_line(self) -> int:
        """The original number of the report's last line."""
        return self.numbers[-1]

    def problems(self, expected: str) -> tuple[Problem, ...]:
        """A problem for each foreign line; `expected` is what should have stood there."""
        message = "another program's line in the middle of this report"
        return tuple(Problem(number, message, expected, text[:120]) for number, text in self.foreign)


def take(cursor: Cursor, belongs: Callable[[str], bool], ends: Callable[[str], bool]) -> Taken:
    """Takes the line at the cursor and the following lines for which `belongs` is True.

    Stops before a line for which `ends` is True, and after the last line that belongs if only foreign lines follow; the
    cursor is left there. Blank lines are taken if a line that belongs follows them.
    """
    taken = Taken()
    waiting: list[tuple[int, str]] = []
    behind = cursor.position
    while cursor.more():
        line = cursor.line()
        if not waiting:
            behind = cursor.position
        if taken.lines and ends(line):
            break
        number = cursor.line_number()
        cursor.skip_line()
        if not taken.lines or belongs(line):
            taken.add(waiting, number, line)
            waiting.clear()
            behind = cursor.position
        else:
            waiting.append((number, line))
        if len(waiting) > PATIENCE:
            break
        if cursor.position >= len(cursor.text) and waiting and not cursor.extend():
            break  # the cursor cannot come back into a piece that it has left
    cursor.position = behind
    return taken
