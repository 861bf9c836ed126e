"""Goroutines of which the words right above them say that they leak, are stuck, or one of very many."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from debugtext.analyzers.evidence.excerpts import shows_few
from debugtext.analyzers.evidence.suspicion import suspicion_of
from debugtext.analyzers.rule import Rule, Subject
from debugtext.analyzers.stacks.crowds import Crowd, crowds
from debugtext.analyzers.stacks.operations import LOCKS, Operation
from debugtext.analyzers.stacks.places import Place
from debugtext.analyzers.waits.library_leak import LibraryLeak
from debugtext.analyzers.waits.stuck import WAITING_RULES
from debugtext.analyzers.wording import goroutines, minutes
from debugtext.records.captures import Caption
from debugtext.records.findings import Certainty, Finding, Severity, Verdict

_TOLD = LOCKS
"""Who waits for a lock is told with who holds it (DT304)."""
_SAID = {"leak": "calls {} a leak", "stuck": "calls {} stuck", "many": "has many like {}"}


class SaidToLeak(Rule):
    """A few goroutines that somebody has copied out, and calls a leak, stuck, or one of many.

    **What it sees.** Up to five goroutines, or records of a profile, without the main one, or that one alone, and right
    above them a sentence that speaks of a leak, of what hangs, or of very many, and points to them, by its
    colon or as what follows: `leaked goroutine:`, `it is stuck here:`, `there are 4,000 goroutines like this:`. What a
    test's checker prints in its own form is DT105's.

    **Why it is trouble.** Who has looked at the whole dump, or at two, has chosen these.

    **When it is not.** The words are the only evidence: nothing in the goroutines themselves proves it, else another
    rule would tell of them.

    **What to do.** Open the first function: see what it waits for, and who should end it. A goroutineleak profile
    (Go 1.27) or two dumps make sure.
    """

    id = "DT220"
    name = "said-to-leak"
    verdict = Verdict.LEAK
    certainty = Certainty.LIKELY
    fires_on: ClassVar = ("pasted/said-to-leak.txt",)
    quiet_on: ClassVar = ("dump/baseline-go1.27.txt", "crash/goleak-go1.26.txt")

    def examine(self, subject: Subject) -> Iterator[Finding]:
        """One finding for each function of such a dump, unless another rule warns of it."""
        for _, capture in subject.captures():
            caption = capture.caption
            if not caption or caption.says not in _SAID:
                continue
            shown = [place for place in subject.company(capture).places if place.operation is not Operation.RUNNING]
            if not shows_few(subject, capture) and not _is_main_alone(subject, shown):
                continue
            accused = (place for place in shown if place.front is not None and not place.leaked)
            accused = (place for place in accused if not (place.idle and caption.says == "stuck"))
            for crowd in crowds(accused):
                if crowd.operation not in _TOLD and not _is_told(subject, crowd):
                    yield self._tell(subject, caption, crowd)

    def _tell(self, subject: Subject, caption: Caption, crowd: Crowd) -> Finding:
        first: Place = crowd.first
        waits = "" if first.operation is Operation.UNKNOWN else f", {first.waits_for}{minutes(first.oldest_minutes)}"
        them = "it" if crowd.count == 1 else "them"
        return self.place_finding(
            subject,
            f"{goroutines(crowd.count)} in {first.function}{waits}: the text {_SAID[caption.says].format(them)}",
            list(crowd.places),
            severity=Severity.WARNING,
            evidence={"goroutines": crowd.count, "said_above": caption.words},
            advice="Open this function: see what it waits for, and who should send, close or cancel. A goroutineleak "
            "profile (Go 1.27) or two dumps make sure.",
        )


def _is_main_alone(subject: Subject, places: Sequence[Place]) -> bool:
    """Whether the main goroutine is the only one shown, but for who writes the dump."""
    return len(places) == 1 and subject.members(places[0].capture).is_main(places[0])


def _is_told(subject: Subject, crowd: Crowd) -> bool:
    """Whether another rule warns of them: none does of those that a library is known for, however suspicious."""
    for rule in WAITING_RULES:
        for seen in crowds(place for place in crowd.places if rule.looks_at(subject, place)):
            if suspicion_of(subject, seen).points >= rule.threshold(subject, "points"):
                return True
    capture = crowd.first.capture
    patterns = {library.id for place in crowd.places for library in place.libraries}
    lines = (line for pattern, line in subject.once("warned patterns", _warned) if pattern in patterns)
    return bool(patterns) and any(capture.first_line <= line <= capture.last_line for line in lines)


def _warned(subject: Subject) -> list[tuple[object, int]]:
    """The patterns of libraries that DT211 warns of, each with the line of its first goroutine."""
    found = (one for one in LibraryLeak().examine(subject) if one.severity is not Severity.NOTE)
    return [(one.evidence["pattern"], one.first_line) for one in found]
