"""The order in which findings are reported."""

from typing import NamedTuple

from debugtext.analyzers.precedence.rule_families import ROOTS, SENDERS
from debugtext.records.findings import RECEIVER, Certainty, Finding, Verdict
from debugtext.records.frames import split_package

_VICTIMS = frozenset(
    {"sync.(*WaitGroup).Wait", "net/http.(*conn).serve", "google.golang.org/grpc.(*Server).handleStream"}
)
"""On the stacks of goroutines that wait for the work of others, of which there may be equally many."""


class Importance(NamedTuple):
    """What decides which finding comes first, the most important fact on top; False comes before True."""

    severity: int
    is_no_crash: bool
    """Findings about goroutines that a crash report shows as well did not end the program, however many they count."""
    has_no_place: bool
    is_foreign: bool
    is_likely: bool
    is_behind_others: bool
    """The goroutine that holds up others comes before those that pile up behind it, although these are more."""
    fewer: int
    is_victim: bool
    """Goroutines in WaitGroup.Wait come after those that they may have started, servers come after their clients."""
    package: str
    sends: bool
    file: str
    further_up: int
    """The last sender of a file comes first: the stages of a pipeline mostly stand in the order in which data flows."""
    functions: tuple[str, ...]


def importance(finding: Finding) -> Importance:
    """The sort key of a finding: loudest first, then what ended the program, own code, certain, larger."""
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
