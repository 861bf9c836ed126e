"""The report: everything that was read from the inputs, and what is wrong; renderers turn it into text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from debugtext.records.captures import Capture, Reading
from debugtext.records.findings import TOLD_BY, Certainty, Finding, KnownFinding, Severity
from debugtext.records.frames import Frame, Stack

if TYPE_CHECKING:  # growth is seldom asked for: `debugtext heap` does not wait for it
    from debugtext.records.growth import Change, Difference, Forecast, Pace, Trend
    from debugtext.records.locks import AwaitedLock


@dataclass(frozen=True, slots=True)
class Report:
    """The inputs as read, the findings (most important first), and what changed between the inputs.

    `series` are the readings that were compared with one another, a tuple for each program, in time order; empty if
    each was judged by itself. `changes` compare two inputs by stack, `trends` follow many. `differences` are the
    changes by sample kind, to be divided by `pace` if there is one; `forecasts` say when a number that grows
    reaches a limit. `locks` are all those that goroutines wait for, with or without a finding. `suppressed` are the
    findings that the user ignores. `absent` are findings of the baseline that are gone; None: there is no baseline.
    `own_frame` returns the first frame of the user's own code on a stack, or None if it is all library code.
    `front_frame` then returns the most telling frame of a dependency or of the standard library.
    """

    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...] = ()
    series: tuple[tuple[Reading, ...], ...] = ()
    changes: "tuple[Change, ...]" = ()
    trends: "tuple[Trend, ...]" = ()
    differences: "tuple[Difference, ...]" = ()
    pace: "Pace | None" = None
    forecasts: "tuple[Forecast, ...]" = ()
    suppressed: tuple[Finding, ...] = ()
    locks: "tuple[AwaitedLock, ...]" = ()
    absent: tuple[KnownFinding, ...] | None = None
    own_frame: Callable[[Stack], Frame | None] = field(default=lambda stack: next(iter(stack.frames), None), repr=False)
    front_frame: Callable[[Stack], Frame | None] = field(
        default=lambda stack: next(iter(stack.frames), None), repr=False
    )

    @property
    def captures(self) -> tuple[Capture, ...]:
        """The captures of all inputs, in the order of the inputs."""
        return tuple(capture for reading in self.readings for capture in reading.captures)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings to show to people: without those that another finding here reports as well.

        A new finding stays if the other one is known to the baseline.
        """
        tellers = {(one.rule, one.input, one.known) for one in self.findings}
        return tuple(one for one in self.findings if not _has_teller(one, tellers))

    @property
    def is_certain(self) -> bool:
        """True if at least one finding is certain."""
        return any(finding.certainty is Certainty.CERTAIN for finding in self.findings)

    @property
    def is_quiet(self) -> bool:
        """True if there are no findings, or notes only."""
        return all(finding.severity is Severity.NOTE for finding in self.findings)

    def standings(self) -> Iterator[tuple[Finding, str]]:
        """Each finding with its standing: `new`, `known` (to a baseline) or `ignored`."""
        yield from ((finding, "known" if finding.known else "new") for finding in self.findings)
        yield from ((finding, "ignored") for finding in self.suppressed)

    def worst(self) -> Severity | None:
        """The highest severity of the findings that are not in a baseline; None if there are none."""
        new = (finding.severity for finding in self.findings if not finding.known)
        return min(new, key=lambda severity: severity.rank, default=None)


def _has_teller(finding: Finding, tellers: set[tuple[str, str, bool]]) -> bool:
    """True if a finding of the same input reports this one as well."""
    rule = finding.evidence.get(TOLD_BY)
    return rule is not None and any((str(rule), finding.input, known) in tellers for known in {False, finding.known})
