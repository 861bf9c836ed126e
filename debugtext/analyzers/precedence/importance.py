"""The order in which findings are reported."""

from typing import NamedTuple

from debugtext.analyzers.rule_families import LIBRARY, ROOTS, SENDERS
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
    victim: int
    """Goroutines in WaitGroup.Wait come after those that they may have started, servers come after their clients (2).

    Servers that wait for what a library gives, such as a connection to a database, come before their clients (0).
    """
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
        victim=_victim(finding),
        package=split_package(finding.functions[0])[0] if finding.functions else "",
        sends=sends,
        file=finding.location.file if sends and finding.location else "",
        further_up=-(finding.location.line or 0) if sends and finding.location else 0,
        functions=finding.functions[:1],
    )


def _victim(finding: Finding) -> int:
    """How likely another finding of as many goroutines tells what these wait for: 0, or 1 as for most, or 2."""
    if finding.stack is None or _VICTIMS.isdisjoint(finding.stack.functions):
        return 1
    return 0 if finding.rule == LIBRARY else 2
