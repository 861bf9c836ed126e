"""Goroutines that become more at a place of which another finding tells why they wait there: that is one finding."""

from collections.abc import Sequence
from dataclasses import replace

from debugtext.analyzers.precedence.rule_families import GROWTH, LIBRARY
from debugtext.analyzers.precedence.same_finding import also_of
from debugtext.records.findings import CHAIN, OF_WAITS, RECEIVER, Finding, Severity

_OF_LOCKS, _OF_SENDERS = 4, 2
_PACE = ("counts", "growth", "per_hour", "p_value")
"""What the evidence of growth holds that the one about the wait lacks."""


def with_growth(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, but growth of goroutines is told by the one that says what they wait for, if there is one.

    That of a library's goroutines is told by what says why they pile up, wherever on their stacks it says so.
    """
    growing = [one for one in findings if one.rule == GROWTH and one.functions]
    waiting: dict[tuple[str, str], int] = {}
    of_libraries: dict[tuple[str, str], int] = {}
    for one in findings if growing else ():
        if one.verdict in OF_WAITS and one.severity is not Severity.NOTE:
            for function in one.functions[: _places_of(one)]:
                waiting.setdefault((one.input, function), id(one))
            for function in one.functions if one.rule == LIBRARY else ():
                of_libraries.setdefault((one.input, function), id(one))
    kept = {id(one): one for one in findings}
    for grown in sorted(growing, key=lambda one: one.count, reverse=True):
        place = (grown.input, grown.functions[0])
        wait = waiting.get(place, None if grown.is_own else of_libraries.get(place))
        if wait is not None:
            del kept[id(grown)]
            kept[wait] = _joined(kept[wait], grown)
    return list(kept.values())


def _places_of(wait: Finding) -> int:
    """How many of a finding's functions are places where they wait; the others have only called these.

    Behind who holds a lock come those who wait for it, behind who should receive the senders.
    """
    return _OF_LOCKS if CHAIN in wait.evidence else _OF_SENDERS if RECEIVER in wait.evidence else 1


def _joined(wait: Finding, grown: Finding) -> Finding:
    """The finding about the wait, as loud as the louder one, with the numbers of those that have become most."""
    pace = {key: value for key, value in grown.evidence.items() if key in _PACE}
    severity = min(wait.severity, grown.severity, key=lambda one: one.rank)
    also = [*dict.fromkeys([*also_of(wait), grown.rule])]
    return replace(wait, severity=severity, evidence={**pace, **wait.evidence, "also": also})
