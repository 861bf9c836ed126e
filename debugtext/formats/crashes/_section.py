"""The lines of a crash report about one thread, outside of goroutines; very long ones are shortened."""

from dataclasses import dataclass, field

from debugtext.formats.crash_lines import FATALS, PANICS
from debugtext.formats.limits import LONGEST_GO_LINE
from debugtext.records.captures import Problem

MANY = (None, *PANICS, *FATALS, "REGISTERS", "RUNTIME_MESSAGE", "RUNTIME_DETAIL")
"""The kinds of lines that may occur any number of times: panics and lines of their messages, registers."""
MOST_LINES, MOST_CHARACTERS = 10_000, 1 << 20
"""The longest section: further lines of the kinds in MANY are left out, as nobody reads such long messages."""
KEPT_AT_END = 200
"""How many characters at the end of a very long line are kept: `[recovered]` stands there."""
TOO_LONG = f"a crash report holds no more than {MOST_LINES} lines or {MOST_CHARACTERS} characters in a row"


@dataclass(slots=True)
class Section:
    """The lines about one thread; `first_goroutine` is the index of the first goroutine below its first line."""

    first_goroutine: int = 0
    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    kinds: set[str | None] = field(default_factory=set)
    last_kind: str | None = None
    """The kind of the last line that is not part of a message."""
    characters: int = 0
    shortened: list[Problem] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    """The numbers of the first and the last line that were left out."""

    def add(self, line: str, number: int, kind: str | None) -> None:
        """Adds a line with its original number and its kind (None: part of a message)."""
        self.kinds.add(kind)
        self.last_kind = kind or self.last_kind
        if (len(self.lines) >= MOST_LINES or self.characters >= MOST_CHARACTERS) and kind in MANY:
            self.left_out[1:] = [number] if self.left_out else []
            self.left_out = self.left_out or [number, number]
            return
        if len(line) > LONGEST_GO_LINE:
            line = self._shortened(line, number)
        self.lines.append(line + "\n")
        self.numbers.append(number)
        self.characters += len(line)

    def _shortened(self, line: str, number: int) -> str:
        """The beginning and the end of a line that is too long, which is also reported."""
        end = line[-KEPT_AT_END:]
        short = f"{line[: LONGEST_GO_LINE - KEPT_AT_END - 5]} ... {end}"
        message = f"{len(line) - len(short) + 5} characters of this line are left out: they are the middle of a message"
        self.shortened.append(Problem(number, message))
        return short

    def problems(self) -> list[Problem]:
        """The problems about lines that were shortened or left out."""
        if not self.left_out:
            return self.shortened
        first, last = self.left_out
        what = "a line is" if first == last else f"{last - first + 1} lines are"
        return [*self.shortened, Problem(first, f"{what} left out: {TOO_LONG}")]

    def says(self, kinds: tuple[str, ...]) -> bool:
        """Whether the section has a line of one of these kinds."""
        return not self.kinds.isdisjoint(kinds)
