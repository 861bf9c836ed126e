"""What reading an input gives: captures (one for each text found in it) and problems (what could not be read)."""

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
"""How problems begin that tell of a stack, or the end of one, of which nobody knows whose it is."""


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
    """So many more equal reports were counted and not kept; where the first of these begins, and the last ends."""

    times: int
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Capture:
    """One debug text found in an input.

    `format` is one of heap, goroutine-profile, goroutine-dump, contention, threadcreate, count, memstats, crash, race,
    pprof-top; of a binary profile that has no text, profile.
    `first_line` and `last_line` are lines of the original input, from 1. `truncated`: the text ends in the middle.
    `repeats`: of a crash, or a stack of one goroutine that runs, which an input shows very often, the first report says
    how often it is told besides those that are among the captures. `fatal_message`: what a logger said that ended the
    program, right above the stacks which it printed.
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
        """What was read, of a crash its goroutines."""
        found: Body = getattr(self.body, "dump", self.body)
        return found

    def groups(self) -> "tuple[GoroutineGroup, ...]":
        """Goroutines by stack and state, the largest group first; nothing for texts without goroutines."""
        if self.format not in GOROUTINE_FORMATS:
            return ()
        return cast("GoroutineDump | Crash | CountProfile", self.body).groups()

    @property
    def goroutines(self) -> int | None:
        """How many goroutines the text tells of; None for texts that tell of none by nature.

        A profile may be pasted without its tail: its header then tells of more than its samples hold.
        """
        if self.format == "goroutine-profile":
            profile = cast("CountProfile", self.body)
            return max(profile.count, profile.total or 0)
        return len(cast("GoroutineDump | Crash", self.body).goroutines) if self.format in GOROUTINE_FORMATS else None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from one input: `name` as the user gave it (`-` is standard input).

    `taken_at` is when the text was made, in seconds (Unix time, or from any one start for a series); None: not known.
    `left_out`: so many texts more were read and not kept, each unlike those among the captures; a problem tells where.
    """

    name: str
    captures: tuple[Capture, ...]
    problems: tuple[Problem, ...] = ()
    taken_at: float | None = None
    left_out: int = 0

    @property
    def refusal(self) -> str:
        """Why nothing could be read of the whole input: no such file, no answer, a binary; else empty."""
        return next((problem.message for problem in self.problems if problem.line == 0), "")

    def texts(self) -> int:
        """How many debug texts the input holds, with those that were counted and not kept."""
        counted = (capture.repeats.times for capture in self.captures if capture.repeats)
        return len(self.captures) + sum(counted) + self.left_out

    def all_problems(self) -> Iterable[Problem]:
        """The problems between the captures and those inside, in the order of lines."""
        inside = (problem for capture in self.captures for problem in capture.problems)
        return sorted((*self.problems, *inside), key=lambda problem: problem.line)
