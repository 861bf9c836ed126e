"""Findings of one rule that say the same become one: a log may repeat a crash all day, many tests leak the same."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from debugtext.analyzers.precedence.same_finding import Dumps, identity
from debugtext.records.findings import Certainty, Finding

_EVENTS = frozenset({"crash", "race"})
"""Formats whose texts report events: two texts are two events. Texts of other formats show the same state again."""


def with_alike_counted(findings: list[Finding], dumps: Dumps) -> list[Finding]:
    """The findings; of alike ones the first stays and counts them, of one place in several dumps the loudest stays."""
    alike: dict[Hashable, list[Finding]] = {}
    for finding in _each_place_once(findings, dumps) if len(dumps.captures) > 1 else findings:
        alike.setdefault(identity(finding), []).append(finding)
    return [_with_number(first, more) if more else first for first, *more in alike.values()]


def _with_number(first: Finding, more: list[Finding]) -> Finding:
    """The first of alike findings, with the goroutines or crashes of all, and how many findings there were."""
    count = first.count + sum(finding.count for finding in more)
    return replace(first, count=count, evidence={**first.evidence, "times": 1 + len(more)})


def _each_place_once(findings: list[Finding], dumps: Dumps) -> list[Finding]:
    """The findings; where several dumps show one at the same place, the loudest stays, with the count of each dump."""
    by_place: dict[Hashable, dict[int, list[Finding]]] = {}
    for order, finding in enumerate(findings):
        dump = max(dumps.of(finding)[1], 1)
        is_state = finding.certainty is Certainty.LIKELY and dumps.captures[dump - 1].format not in _EVENTS
        place = (finding.rule, finding.verdict, finding.functions[:1], finding.location) if is_state else order
        by_place.setdefault(place, {}).setdefault(dump, []).append(finding)
    kept: list[Finding] = []
    for by_dump in by_place.values():
        at_place = [finding for _, in_dump in sorted(by_dump.items()) for finding in in_dump]
        is_one_each = len(by_dump) == len(at_place) > 1
        kept += [_loudest(at_place)] if is_one_each else at_place
    return kept


def _loudest(of_dumps: Sequence[Finding]) -> Finding:
    """The loudest of the findings that the dumps show at one place; of equally loud ones the largest, then the last."""
    loudest = max(reversed(of_dumps), key=lambda finding: (-finding.severity.rank, finding.count))
    counts = [finding.count for finding in of_dumps]
    again = {"dumps": len(of_dumps)} | ({"counts": counts} if len(set(counts)) > 1 else {})
    return replace(loudest, evidence={**again, **loudest.evidence})
