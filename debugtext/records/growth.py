"""Differences between two readings of one program, and trends over many, with their statistics."""

from dataclasses import dataclass, field
from enum import StrEnum

from debugtext.records.frames import Stack

_LONG_SECONDS = 600
"""The pace of a shorter series is given per minute, else per hour."""


@dataclass(frozen=True, slots=True)
class Change:
    """How one stack changed between two readings.

    `kind` is the sample kind (`inuse_space`, `goroutine`), `before` and `after` are estimates in its `unit`.
    `functions` are those of `stack`, leaf first. `state` is the wait reason of its largest group (dumps only).
    `noise` is the standard error of the difference by sampling alone, in the unit; 0 if everything is counted.
    """

    kind: str
    unit: str
    functions: tuple[str, ...]
    before: int
    after: int
    stack: Stack | None = field(default=None, repr=False)
    state: str = ""
    noise: float = 0.0

    @property
    def delta(self) -> int:
        """How much it grew; negative if it shrank."""
        return self.after - self.before

    @property
    def word(self) -> str:
        """new, gone, grown, shrunk or same."""
        if not self.delta:
            return "same"
        if not self.before:
            return "new"
        if not self.after:
            return "gone"
        return "grown" if self.delta > 0 else "shrunk"


@dataclass(frozen=True, slots=True)
class FunctionChange:
    """The number of a function itself (flat) and with everything that it calls (cum), before and after."""

    function: str
    flat_before: int
    flat_after: int
    cum_before: int
    cum_after: int

    @property
    def flat_delta(self) -> int:
        """How much the function's own number grew."""
        return self.flat_after - self.flat_before

    @property
    def cum_delta(self) -> int:
        """How much the number grew, with everything that the function calls."""
        return self.cum_after - self.cum_before


@dataclass(frozen=True, slots=True)
class GroupChange:
    """The number of goroutines in one state, or of one creator, before and after."""

    name: str
    before: int
    after: int

    @property
    def delta(self) -> int:
        """How many more."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Difference:
    """Two readings compared in one sample kind; all lists have the largest growth first.

    `states` and `creators` are empty unless both are goroutine dumps (debug=2).
    """

    kind: str
    unit: str
    before: int
    after: int
    stacks: tuple[Change, ...]
    functions: tuple[FunctionChange, ...]
    states: tuple[GroupChange, ...] = ()
    creators: tuple[GroupChange, ...] = ()

    @property
    def delta(self) -> int:
        """The growth of all, which `go tool pprof -base` shows as the sum over all nodes."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Pace:
    """The number by which differences are divided: seconds between two readings, or requests served meanwhile."""

    per: str
    number: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a number that grows will reach a limit; `name` is its field of MemStats or its kind.

    `now` is None, and `name` empty, if the texts have no such number. `seconds` count from the last snapshot on; None
    if the number does not grow, or if the times are not known.
    """

    name: str
    unit: str
    limit: int
    now: int | None
    seconds: float | None


class Shape(StrEnum):
    """What the numbers of one stack do over time."""

    GROWING = "growing"
    WARM_UP = "warm-up"
    """Grew, then stayed: a cache that has filled, tables that were loaded."""
    SAWTOOTH = "sawtooth"
    """Rises and falls back again, and its low points do not rise."""
    STEADY = "steady"
    """Goes up and down without direction (churn), or does not move."""
    SHRINKING = "shrinking"
    UNKNOWN = "unknown"
    """Too few snapshots to tell."""


@dataclass(frozen=True, slots=True)
class Trend:
    """What one stack (or one field of MemStats, or the total) did over several snapshots.

    `kind` is the sample kind or `memstats`; `name` the field of MemStats (`heap_alloc_bytes`) or `total`, empty for a
    stack. `values` has one number for each snapshot (0 if the stack is missing). `slope` is Theil-Sen's, in units per
    second, or per snapshot if the times are not known (`per` says which). `p_value`: how probable so steady a rise is
    if there is no trend (Mann-Kendall, one-sided); None for too few snapshots. `growth` is the rise over the whole
    series by the slope, `share` the part of all growth that this stack explains (0..1). `noise` is the standard error
    of `growth` by sampling alone.
    `points` is the number of snapshots with new numbers (heap records change only at a collection), `span` the seconds
    (or snapshots) from the first of them to the last. `source` names the series if there are several (the URLs of a
    watch).
    """

    kind: str
    unit: str
    values: tuple[int, ...]
    shape: Shape
    functions: tuple[str, ...] = ()
    stack: Stack | None = field(default=None, repr=False)
    name: str = ""
    slope: float = 0.0
    per: str = "second"
    p_value: float | None = None
    growth: float = 0.0
    share: float = 0.0
    noise: float = 0.0
    points: int = 0
    span: float = 0.0
    source: str = ""

    @property
    def grew(self) -> bool:
        """True if the numbers grow, and still did so at the end."""
        return self.shape is Shape.GROWING

    @property
    def per_hour(self) -> float | None:
        """The slope in units per hour; None if the times are not known."""
        return self.slope * 3600 if self.per == "second" else None

    @property
    def pace(self) -> tuple[float, str]:
        """The slope to show, and its unit of time: `an hour`, `a minute` for a short series, or `a snapshot`."""
        return pace_of(self.per_hour, self.span) or (self.slope, "a snapshot")


def pace_of(per_hour: float | None, span: float) -> tuple[float, str] | None:
    """The pace to show for a series of `span` seconds: nobody has seen an hour of what was watched for a minute."""
    if per_hour is None:
        return None
    return (per_hour / 60, "a minute") if 0 < span < _LONG_SECONDS else (per_hour, "an hour")
