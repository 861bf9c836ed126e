"""What a finding says, of which place and of which dump: by that findings are known to be about the same."""

from bisect import bisect
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from debugtext.records.findings import CHAIN, Finding, Verdict


def identity(finding: Finding) -> Hashable:
    """What a finding says, of which place; whoever has called that does not make it another one."""
    return finding.rule, finding.severity, finding.title, finding.functions[:1], finding.location


def place_of(finding: Finding) -> Hashable:
    """The function that it opens, in its input."""
    return finding.input, finding.functions[:1], finding.location


def dump_of(finding: Finding, starts: Sequence[int]) -> tuple[str, int]:
    """The dump of which a finding tells, among all of its input."""
    return finding.input, bisect(starts, finding.first_line)


def chain_of(finding: Finding) -> tuple[object, ...]:
    """Who waits for whom, of a deadlock: what is certain tells it too, and then it is told once."""
    chain = finding.evidence.get(CHAIN) if finding.verdict is Verdict.DEADLOCK else None
    return tuple(chain) if isinstance(chain, list) else ()


def also_of(finding: Finding) -> list[str]:
    """The rules that have found the same, as far as that is known already."""
    also = finding.evidence.get("also")
    return also if isinstance(also, list) else []


def told_with(finding: Finding, rules: list[str]) -> Finding:
    """The finding, which tells of what these rules have found as well."""
    return replace(finding, evidence={**finding.evidence, "also": [*also_of(finding), *rules]}) if rules else finding


def folded(findings: list[Finding], teller_of: Callable[[Finding], Finding | None]) -> list[Finding]:
    """The findings without those that have a teller: that one names their rules instead."""
    also: dict[int, list[str]] = {}
    kept = []
    for one in findings:
        teller = teller_of(one)
        if teller is None:
            kept.append(one)
        else:
            also.setdefault(id(teller), []).append(one.rule)
    return [told_with(one, also.get(id(one), [])) for one in kept]
