"""The result of reading an input: captures (one for each text found in it) and problems (what could not be read)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # a text of one kind is read without loading the records of all others
    from debugtext.records.contention import ContentionProfile
    from debugtext.records.counts import CountProfile
    from debugtext.records.crashes import Crash
    from debugtext.records.goroutines import GoroutineDump, GoroutineGroup
    from debugtext.records.heap import HeapProfile
    from debugtext.records.memstats import MemStats
    from debugtext.records.pprof_tops import TopTable
    from debugtext.records.races import RaceReport
    from debugtext.records.values import ValueProfile

    Body = (
        HeapProfile | CountProfile | GoroutineDump | ContentionProfile | MemStats | Crash | RaceReport | ValueProfile
        | TopTable
    )  # fmt: skip

GOROUTINE_FORMATS = ("goroutine-profile", "goroutine-dump", "crash")


WITHOUT_HEADER = "a goroutine without its header"
"""The beginning of a problem's message about a stack, or the end of one, whose goroutine is not known."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the text that could not be read as it should be.

    `line` is the line of the original input, from 1. `expected` and `found` say what should have stood there and
    what did; both may be empty where `message` says it all (a truncated dump).
    """

    line: int
    message: str
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Repeats:
    """The number of equal reports that were only counted; where the first of them begins, and the last one ends."""

    times: int
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Capture:
    """One debug text found in an input.

    `format` is one of heap, goroutine-profile, goroutine-dump, contention, threadcreate, count, memstats, crash, race,
    pprof-top; or profile, for a binary profile that has no text form.
    `first_line` and `last_line` are lines of the original input, from 1. `truncated`: the text ends in the middle.
    `repeats`: if an input has the same crash (or stack of a running goroutine) very often, only some are captures; the
    first of these says how many more there are. `fatal_message`: the message of the logger that ended the program,
    right above the stacks that it printed.
    """

    format: str
    first_line: int
    last_line: int
    body: "Body"
    problems: tuple[Problem, ...] = ()
    truncated: bool = False
    repeats: Repeats | None = None
    fatal_message: str = ""

    @property
    def dump(self) -> "Body":
        """The body; for a crash, the goroutine dump in it."""
        found: Body = getattr(self.body, "dump", self.body)
        return found

    def groups(self) -> "tuple[GoroutineGroup, ...]":
        """Goroutines by stack and state, the largest group first; nothing for texts without goroutines."""
        if self.format not in GOROUTINE_FORMATS:
            return ()
        return cast("GoroutineDump | Crash | CountProfile", self.body).groups()

    @property
    def goroutines(self) -> int | None:
        """The number of goroutines in the text; None for texts that are not about goroutines, such as a heap profile.

        A profile may be pasted without its end: its header then counts more goroutines than its samples do.
        """
        if self.format == "goroutine-profile":
            profile = cast("CountProfile", self.body)
            return max(profile.count, profile.total or 0)
        return len(cast("GoroutineDump | Crash", self.body).goroutines) if self.format in GOROUTINE_FORMATS else None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from one input: `name` as the user gave it (`-` is standard input).

    `taken_at` is when the text was made, in seconds (Unix time, or since the start of a series); None: unknown.
    `left_out` is the number of further texts that were read and not kept, all different; a problem says where they are.
    """

    name: str
    captures: tuple[Capture, ...]
    problems: tuple[Problem, ...] = ()
    taken_at: float | None = None
    left_out: int = 0

    @property
    def refusal(self) -> str:
        """Why nothing at all could be read (no such file, no answer, a binary); empty if that is not so."""
        return next((problem.message for problem in self.problems if problem.line == 0), "")

    def texts(self) -> int:
        """The number of debug texts in the input, including those that were only counted."""
        counted = (capture.repeats.times for capture in self.captures if capture.repeats)
        return len(self.captures) + sum(counted) + self.left_out

    def all_problems(self) -> Iterable[Problem]:
        """The problems between and inside the captures, in the order of lines."""
        inside = (problem for capture in self.captures for problem in capture.problems)
        return sorted((*self.problems, *inside), key=lambda problem: problem.line)
