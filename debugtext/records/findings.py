"""Findings: what is wrong, where, how sure, why, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict

from debugtext.records.frames import Frame, Stack, place_in_source, short_place_in_source

TOLD_BY = "told_by"
"""Key of the evidence: the rule of another finding that reports this one as well."""
RECEIVER = "receiver"
"""Key of the evidence: the receiver of blocked senders, which waits itself, so that others may wait for it, too."""
CHAIN = "chain"
"""Key of the evidence: who waits for whom, as a list of steps that is never cut."""

REASONS = "reasons"
"""Key of the evidence: what speaks for and against the finding, as a list of `Reason`."""
WAITS = "waits"
"""Key of the evidence: what goroutines that block one another wait for, as a list of `Wait`."""


class Verdict(StrEnum):
    """What kind of trouble a finding is."""

    LEAK = "leak"
    DEADLOCK = "deadlock"
    CRASH = "crash"
    GROWTH = "growth"
    CONTENTION = "contention"
    PRESSURE = "pressure"
    INFO = "info"


OF_WAITS = frozenset({Verdict.LEAK, Verdict.DEADLOCK})
"""The verdicts about goroutines that wait in vain."""


class Certainty(StrEnum):
    """Certain: the runtime itself says so, or it follows from what it says. Likely: a heuristic says so."""

    CERTAIN = "certain"
    LIKELY = "likely"


class Severity(StrEnum):
    """How serious a finding is: an error fails CI by default, warnings and notes do only on demand (`--fail-on`).

    Severities are compared by this order, also with their names: `Severity.ERROR > "warning"`.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """The place in the order, the most serious first: 0 for an error."""
        return list(Severity).index(self)

    def __lt__(self, other: str) -> bool:
        return self.rank > Severity(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank >= Severity(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank < Severity(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank <= Severity(other).rank


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the user's source."""

    file: str
    line: int | None = None

    @property
    def place(self) -> str:
        """`/src/server/server.go:88`."""
        return place_in_source(self.file, self.line)

    @property
    def short_place(self) -> str:
        """`server.go:88`."""
        return short_place_in_source(self.file, self.line)


def location_of(frame: Frame) -> Location | None:
    """The location of a frame; None if the text has no file for it."""
    return Location(frame.file, frame.line) if frame.file else None


class Wait(TypedDict):
    """What `count` goroutines in one function wait for; `doing` is like `sending on a channel`."""

    function: str
    count: int
    doing: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; it can be a key or stand in a set.

    `functions`: the culprit first (the frame to open in an editor), then the rest of the stack as far as it matters.
    `count`: the goroutines, objects or events concerned. `evidence`: numbers and the thresholds they passed, by name.
    `first_line`: line of the original input, from 1. `stack`: an example of the stacks concerned, if there is any.
    `is_own`: the culprit is the user's own code, as far as the text shows. `source`: `location` as a path below the
    source root, if the file is there. `known`: a baseline has this finding. `reason`: why the user ignores it.
    """

    rule: str
    name: str
    verdict: Verdict
    certainty: Certainty
    severity: Severity
    title: str
    functions: tuple[str, ...] = ()
    location: Location | None = None
    count: int = 1
    input: str = "-"
    first_line: int = 1
    evidence: Mapping[str, object] = field(default_factory=dict, hash=False)
    advice: str = ""
    stack: Stack | None = field(default=None, repr=False)
    is_own: bool = True
    source: Location | None = None
    known: bool = False
    reason: str = ""

    @property
    def fingerprint(self) -> str:
        """A hash that is the same in other runs and builds: of rule and functions, without lines, counts and ids."""
        from hashlib import sha256  # noqa: PLC0415 - most texts have no finding

        names = "\n".join((self.rule, *map(normalised_function, self.functions)))
        return sha256(names.encode(errors="surrogatepass")).hexdigest()[:16]


def functions_that_wait(finding: Finding) -> list[str]:
    """The functions in which goroutines block one another, from the evidence of a finding."""
    waits = finding.evidence.get(WAITS)
    return [str(wait["function"]) for wait in waits] if isinstance(waits, list) else []


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """A finding as a baseline keeps it."""

    rule: str
    fingerprint: str
    title: str = ""


def normalised_function(function: str) -> str:
    """The name without numbers that change in a rebuild: `main.f.func2.1` and `main.f.func1` become `main.f.func`."""
    parts = function.split(".")
    kept = []
    for part in parts:
        if part.isdigit():
            continue
        stem = part.rstrip("0123456789")
        kept.append(stem if stem in {"func", "gowrap", "deferwrap", "-range"} or stem.endswith("-range") else part)
    return ".".join(kept)
