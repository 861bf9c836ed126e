"""One rule's findings that say the same: a log may tell of one crash all day, and tests of one leak each."""

from bisect import bisect
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from debugtext.analyzers.precedence.same_finding import identity
from debugtext.records.captures import Capture
from debugtext.records.findings import Certainty, Finding

_EVENTS = frozenset({"crash", "race"})
"""What these texts tell of has happened as often as it is told; others show what is there, over and over."""


def with_alike_counted(findings: Iterable[Finding], captures: Sequence[Capture]) -> list[Finding]:
    """The first of those that are alike, with their number; of a place that dumps show over and over, the loudest."""
    alike: dict[Hashable, list[Finding]] = {}
    for finding in _each_place_once(findings, captures) if len(captures) > 1 else findings:
        alike.setdefault(identity(finding), []).append(finding)
    return [_with_number(first, more) if more else first for first, *more in alike.values()]


def _with_number(first: Finding, more: list[Finding]) -> Finding:
    count = first.count + sum(finding.count for finding in more)
    return replace(first, count=count, evidence={**first.evidence, "times": 1 + len(more)})


def _each_place_once(findings: Iterable[Finding], captures: Sequence[Capture]) -> list[Finding]:
    """The findings, but of what several dumps show at one place the loudest one, and how many each of them counts."""
    starts = [capture.first_line for capture in captures]
    by_place: dict[Hashable, dict[int, list[Finding]]] = {}
    for order, finding in enumerate(findings):
        index = max(bisect(starts, finding.first_line) - 1, 0)
        shown = finding.certainty is Certainty.LIKELY and captures[index].format not in _EVENTS
        place = (finding.rule, finding.verdict, finding.functions[:1], finding.location) if shown else order
        by_place.setdefault(place, {}).setdefault(index, []).append(finding)
    kept: list[Finding] = []
    for by_capture in by_place.values():
        found = [finding for _, ones in sorted(by_capture.items()) for finding in ones]
        is_shown_again = len(by_capture) == len(found) > 1
        kept += [_loudest(found)] if is_shown_again else found
    return kept


def _loudest(found: Sequence[Finding]) -> Finding:
    """Of one place's findings, dump by dump, the loudest; of equal ones the largest, of these the latest."""
    loudest = max(reversed(found), key=lambda finding: (-finding.severity.rank, finding.count))
    counts = [finding.count for finding in found]
    again = {"dumps": len(found)} | ({"counts": counts} if len(set(counts)) > 1 else {})
    return replace(loudest, evidence={**again, **loudest.evidence})
