"""Findings that say the same of the same place: a log may tell of one crash all day, and tests of one leak each."""

from collections.abc import Hashable, Iterable
from dataclasses import replace

from debugtext.records.findings import Finding


def told(finding: Finding) -> Hashable:
    """What a finding says, of which place; whoever has called that does not make it another one."""
    return finding.rule, finding.severity, finding.title, finding.functions[:1], finding.location


def each_once(findings: Iterable[Finding]) -> list[Finding]:
    """The first of those that are alike, with their number."""
    alike: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(told(finding), []).append(finding)
    return [_with_number(first, more) if more else first for first, *more in alike.values()]


def _with_number(first: Finding, more: list[Finding]) -> Finding:
    count = first.count + sum(finding.count for finding in more)
    return replace(first, count=count, evidence={**first.evidence, "times": 1 + len(more)})
