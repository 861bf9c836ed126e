"""The base class of rules: a rule is a heuristic with a stable id, and its docstring is its documentation."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from debugtext.analyzers.subject import MOST_FUNCTIONS, Subject
from debugtext.records.findings import Certainty, Finding, Severity, Verdict, location_of
from debugtext.records.frames import Frame, Stack

if TYPE_CHECKING:  # a heap text needs none of these
    from debugtext.stacks.places import Place


class Rule:
    """A heuristic: a pure function from a subject and named thresholds to findings.

    The docstring of a rule is its documentation: what it sees, why that is trouble, when it is not, what to do.
    `fires_on` and `quiet_on` name samples (paths below samples/) that prove it: each sample by itself, or with
    `is_series` all together, as the inputs of one series in time order. `about_thresholds` is shown below the table of
    the thresholds.
    """

    id: ClassVar[str]
    name: ClassVar[str]
    verdict: ClassVar[Verdict]
    certainty: ClassVar[Certainty]
    thresholds: ClassVar[Mapping[str, float]] = {}
    about_thresholds: ClassVar[str] = ""
    fires_on: ClassVar[tuple[str, ...]] = ()
    quiet_on: ClassVar[tuple[str, ...]] = ()
    is_series: ClassVar[bool] = False

    def examine(self, subject: Subject) -> Iterable[Finding]:
        """The findings of this rule, in any order."""
        raise NotImplementedError

    def threshold(self, subject: Subject, name: str) -> float:
        """The user's value of a threshold, or the rule's own."""
        return subject.settings.thresholds.get(f"{self.id}.{name}", self.thresholds[name])

    def finding(
        self,
        title: str,
        *,
        severity: Severity,
        functions: tuple[str, ...] = (),
        front: Frame | None = None,
        stack: Stack | None = None,
        count: int = 1,
        source: tuple[str, int] = ("-", 1),
        evidence: Mapping[str, object] | None = None,
        advice: str = "",
        is_own: bool = True,
    ) -> Finding:
        """A finding of this rule; `source` is (input name, line in the input)."""
        location = location_of(front) if front is not None else None
        return Finding(
            rule=self.id,
            name=self.name,
            verdict=Verdict(self.verdict),
            certainty=Certainty(self.certainty),
            severity=Severity(severity),
            title=title,
            functions=functions,
            location=location,
            count=count,
            input=source[0],
            first_line=source[1],
            evidence=dict(evidence or {}),
            advice=advice,
            stack=stack,
            is_own=is_own,
        )

    def place_finding(
        self,
        subject: Subject,
        title: str,
        places: "list[Place]",
        *,
        severity: Severity,
        evidence: Mapping[str, object] | None = None,
        advice: str = "",
    ) -> Finding:
        """A finding about the goroutines of these places; it shows the stack of the first place."""
        first = places[0]
        front = subject.to_open(first.stack, first.front)
        more = [function for place in places[1:4] for function in (place.function,) if function]
        functions = subject.functions(first.stack, front)
        functions = tuple(dict.fromkeys((*functions[:1], *more, *functions[1:])))[:MOST_FUNCTIONS]
        return self.finding(
            title,
            severity=severity,
            functions=functions,
            front=front,
            stack=first.stack,
            count=sum(place.count for place in places),
            source=(first.input, first.group.line),
            evidence=evidence,
            advice=advice,
            is_own=first.own,
        )
