"""What a rule is: a heuristic with a stable id, whose docstring is the user's documentation of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from debugtext.analyzers.ownership import Ownership
from debugtext.records.captures import Capture, Reading
from debugtext.records.findings import Certainty, Finding, Verdict
from debugtext.settings import Settings


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule looks at: all inputs in time order. One input is the usual case; `diff` gives two, `trend` more."""

    readings: tuple[Reading, ...]
    ownership: Ownership
    settings: Settings

    @property
    def last(self) -> Reading:
        """The newest input: what is wrong now."""
        return self.readings[-1]

    def captures(self) -> Iterator[tuple[str, Capture]]:
        """(input name, capture) of the newest input."""
        return ((self.last.name, capture) for capture in self.last.captures)


class Rule:
    """A heuristic: a pure function from a subject and named thresholds to findings.

    The docstring of a rule is its documentation: what it sees, why that is trouble, when it is not, what to do.
    `fires_on` and `quiet_on` name samples (paths below samples/) that prove both.
    """

    id: ClassVar[str]
    name: ClassVar[str]
    verdict: ClassVar[Verdict]
    certainty: ClassVar[Certainty]
    thresholds: ClassVar[Mapping[str, float]] = {}
    fires_on: ClassVar[tuple[str, ...]] = ()
    quiet_on: ClassVar[tuple[str, ...]] = ()

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """The findings of this rule, in any order."""
        raise NotImplementedError

    def threshold(self, subject: Subject, name: str) -> float:
        """The user's value of a threshold, or the rule's own."""
        return subject.settings.thresholds.get(f"{self.id}.{name}", self.thresholds[name])
