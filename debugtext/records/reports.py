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
    """The inputs as read, the findings (most important first), what changed between inputs (and how, over many).

    `differences` are the changes by sample kind, to be divided by `pace` if there is one; `forecasts` say when what
    grows reaches a limit. `locks` are those that goroutines wait for, findings or not. `absent` are findings of the
    baseline that are gone; None: there is no baseline.
    `own_frame` gives the first frame of the user's own code on a stack, or None where all of it
    is library code; `front_frame` gives then the frame that tells most, of a dependency or of the standard library.
    """

    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...] = ()
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
        """All that was read, input by input."""
        return tuple(capture for reading in self.readings for capture in reading.captures)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings for people: without those that another one here has told as well, unless only they are new."""
        tellers = {(one.rule, one.input, one.known) for one in self.findings}
        return tuple(one for one in self.findings if not _has_teller(one, tellers))

    @property
    def is_certain(self) -> bool:
        """Whether one finding at least leaves no doubt."""
        return any(finding.certainty is Certainty.CERTAIN for finding in self.findings)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing but notes was found."""
        return all(finding.severity is Severity.NOTE for finding in self.findings)

    def standings(self) -> Iterator[tuple[Finding, str]]:
        """Each finding with how it stands: `new`, `known` to a baseline, or `ignored`."""
        yield from ((finding, "known" if finding.known else "new") for finding in self.findings)
        yield from ((finding, "ignored") for finding in self.suppressed)

    def worst(self) -> Severity | None:
        """The loudest severity of the findings that no baseline knows; None without any."""
        new = (finding.severity for finding in self.findings if not finding.known)
        return min(new, key=lambda severity: severity.rank, default=None)


def _has_teller(finding: Finding, tellers: set[tuple[str, str, bool]]) -> bool:
    rule = str(finding.evidence.get(TOLD_BY, ""))
    return any((rule, finding.input, known) in tellers for known in {False, finding.known})
