"""Which finding is told first."""

from typing import NamedTuple

from debugtext.analyzers.precedence.rule_families import ROOTS, SENDERS
from debugtext.records.findings import RECEIVER, Certainty, Finding, Verdict
from debugtext.records.frames import split_package

_VICTIMS = frozenset(
    {"sync.(*WaitGroup).Wait", "net/http.(*conn).serve", "google.golang.org/grpc.(*Server).handleStream"}
)
"""On the stacks of those who wait for what others of the same number do."""


class Importance(NamedTuple):
    """What is told first, by what decides it, first things first; False comes before True."""

    severity: int
    is_no_crash: bool
    """What a crash report shows besides the crash did not end it, however many goroutines it counts."""
    has_no_place: bool
    is_foreign: bool
    is_likely: bool
    is_behind_others: bool
    """Who holds up the others comes before those that pile up, of whom there are more."""
    fewer: int
    is_victim: bool
    """Who waits for a WaitGroup comes after those it may have started, and who serves after the clients."""
    package: str
    sends: bool
    file: str
    further_up: int
    """Stages of a pipeline are mostly written as the data flows: the last sender of a file holds up those before it."""
    functions: tuple[str, ...]


def importance(finding: Finding) -> Importance:
    """Sort key of a finding: loudest first, then what ended the program, own code, the certain, the larger count."""
    sends = finding.rule == SENDERS and finding.location is not None
    return Importance(
        severity=finding.severity.rank,
        is_no_crash=finding.verdict is not Verdict.CRASH,
        has_no_place=not finding.functions,
        is_foreign=not finding.is_own,
        is_likely=finding.certainty is Certainty.LIKELY,
        is_behind_others=finding.rule not in ROOTS and RECEIVER not in finding.evidence,
        fewer=-finding.count,
        is_victim=finding.stack is not None and not _VICTIMS.isdisjoint(finding.stack.functions),
        package=split_package(finding.functions[0])[0] if finding.functions else "",
        sends=sends,
        file=finding.location.file if sends and finding.location else "",
        further_up=-(finding.location.line or 0) if sends and finding.location else 0,
        functions=finding.functions[:1],
    )
