"""The report: everything that was read from the inputs, and what is wrong; renderers turn it into text."""

from collections.abc import Callable
from dataclasses import dataclass, field

from debugtext.records.captures import Reading
from debugtext.records.findings import Finding, Severity
from debugtext.records.frames import Frame, Stack


@dataclass(frozen=True, slots=True)
class Change:
    """How one stack (or function) changed between the first and the last input; `kind` is the sample kind or "goroutines".

    `before` and `after` are estimates in the unit of the kind.
    """

    kind: str
    unit: str
    functions: tuple[str, ...]
    before: int
    after: int
    stack: Stack | None = field(default=None, repr=False)

    @property
    def delta(self) -> int:
        """How much it grew; negative if it shrank."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Report:
    """The inputs as read, the findings (most important first), what changed between inputs.

    `own_frame` gives the first frame of the user's own code on a stack, or None where all of it is library code.
    """

    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    own_frame: Callable[[Stack], Frame | None] = field(default=lambda stack: next(iter(stack.frames), None), repr=False)

    def worst(self) -> Severity | None:
        """The loudest severity of the findings; None without any."""
        return min((finding.severity for finding in self.findings), key=lambda severity: severity.rank, default=None)
