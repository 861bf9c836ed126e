"""Findings: what is wrong, where, how sure, why, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict

from debugtext.records.frames import Frame, Stack, place_in_source, short_place_in_source

TOLD_BY = "told_by"
"""The evidence that names the rule of another finding that has told this one as well."""
RECEIVER = "receiver"
"""The evidence of senders whose receiver is seen, and waits itself: others may wait for what it does not send on."""
CHAIN = "chain"
"""The evidence that says who waits for whom, a step an item: a sentence that is not to be cut."""

REASONS = "reasons"
"""The evidence that weighs: a list of `Reason`."""
WAITS = "waits"
"""The evidence of what those wait for who block one another: a list of `Wait`."""


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
"""What is said of goroutines that wait in vain."""


class Certainty(StrEnum):
    """Certain: the runtime itself says so, or it follows. Likely: a heuristic. Never mixed."""

    CERTAIN = "certain"
    LIKELY = "likely"


class Severity(StrEnum):
    """How loud: an error fails CI by default, a warning can, a note never does.

    Compared by loudness: `Severity.ERROR > Severity.WARNING`, also with the words themselves.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Loudest first: 0 for an error."""
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
    """Where a frame stands; None where the text has no file."""
    return Location(frame.file, frame.line) if frame.file else None


class Wait(TypedDict):
    """What goroutines in one function wait for: `doing` is `sending on a channel`."""

    function: str
    count: int
    doing: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    `functions`: the culprit first (the frame to open in an editor), then the rest of the stack as far as it matters.
    `count`: goroutines, objects or events concerned. `evidence`: numbers and the thresholds they passed, by name.
    `first_line`: line of the original input, from 1. `stack` is the representative stack, where there is one.
    `is_own`: whether the culprit is the user's own code, as far as the text tells. `source` is `location` as a checkout
    has it (a path below the source root), where that is known. `known`: a baseline has it. `reason`: why the user has
    it ignored.
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
    evidence: Mapping[str, object] = field(default_factory=dict)
    advice: str = ""
    stack: Stack | None = field(default=None, repr=False)
    is_own: bool = True
    source: Location | None = None
    known: bool = False
    reason: str = ""

    @property
    def fingerprint(self) -> str:
        """The same finding in another run or build: rule and functions, no lines, counts or ids."""
        from hashlib import sha256  # noqa: PLC0415 - most texts have no finding

        names = "\n".join((self.rule, *map(normalised_function, self.functions)))
        return sha256(names.encode(errors="surrogatepass")).hexdigest()[:16]


def functions_that_wait(finding: Finding) -> list[str]:
    """The functions of which a finding tells what is waited for in them."""
    waits = finding.evidence.get(WAITS)
    return [str(wait["function"]) for wait in waits] if isinstance(waits, list) else []


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """What a baseline keeps of a finding."""

    rule: str
    fingerprint: str
    title: str = ""


def normalised_function(function: str) -> str:
    """A function's name without what a rebuild renumbers: `main.f.func2.1` and `main.f.func1` are `main.f.func`."""
    parts = function.split(".")
    kept = []
    for part in parts:
        if part.isdigit():
            continue
        stem = part.rstrip("0123456789")
        kept.append(stem if stem in {"func", "gowrap", "deferwrap", "-range"} or stem.endswith("-range") else part)
    return ".".join(kept)
