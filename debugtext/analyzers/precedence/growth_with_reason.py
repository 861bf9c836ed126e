"""Joins growth of goroutines with the finding that says why they wait there."""

from collections.abc import Sequence
from dataclasses import replace

from debugtext.analyzers.precedence.same_finding import told_with
from debugtext.analyzers.rule_families import GROWTH, LIBRARY
from debugtext.records.findings import CHAIN, OF_WAITS, RECEIVER, TOLD_BY, Finding, Severity

_PLACES_OF_LOCKS, _PLACES_OF_SENDERS = 4, 2
_PACE = ("counts", "growth", "per_hour", "p_value")
"""The evidence of growth that a finding about the wait lacks."""


def with_growth(findings: Sequence[Finding]) -> list[Finding]:
    """The findings; growth at a place becomes part of the finding that says what the goroutines there wait for.

    A finding that another one tells of is not shown, so growth never becomes part of it.
    A library's goroutines are also matched by any function on the stack of a finding that says why they pile up.
    """
    growing = [one for one in findings if one.rule == GROWTH and one.functions]
    waiting: dict[tuple[str, str], int] = {}
    of_libraries: dict[tuple[str, str], int] = {}
    for one in findings if growing else ():
        if one.verdict in OF_WAITS and one.severity is not Severity.NOTE and TOLD_BY not in one.evidence:
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
    """How many of a finding's first functions are places where goroutines wait; the rest are their callers.

    After the holder of a lock come those that wait for it; after the receiver come its senders.
    """
    return _PLACES_OF_LOCKS if CHAIN in wait.evidence else _PLACES_OF_SENDERS if RECEIVER in wait.evidence else 1


def _joined(wait: Finding, grown: Finding) -> Finding:
    """The finding about the wait, as loud as the louder one; the largest growth gives the numbers."""
    pace = {key: value for key, value in grown.evidence.items() if key in _PACE}
    severity = min(wait.severity, grown.severity, key=lambda one: one.rank)
    return told_with(replace(wait, severity=severity, evidence={**pace, **wait.evidence}), [grown.rule])
