"""When two findings are about the same thing (one place, one dump, one chain of waits), and how they become one."""

from bisect import bisect
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from debugtext.records.captures import Capture
from debugtext.records.findings import CHAIN, Finding, Verdict


@dataclass(frozen=True)
class Dumps:
    """The captures in which the findings were found, in the order of their lines."""

    captures: Sequence[Capture] = ()

    @cached_property
    def _first_lines(self) -> list[int]:
        return [capture.first_line for capture in self.captures]

    def of(self, finding: Finding) -> tuple[str, int]:
        """The input of a finding, and the number of its capture: 1 is the first, 0 stands for lines above that."""
        return finding.input, bisect(self._first_lines, finding.first_line)


def identity(finding: Finding) -> Hashable:
    """Equal for findings that say the same of the same place, whatever the functions that have called it."""
    return finding.rule, finding.severity, finding.title, finding.functions[:1], finding.location


def place_of(finding: Finding) -> Hashable:
    """The function that a finding opens, and its input."""
    return finding.input, finding.functions[:1], finding.location


def chain_of(finding: Finding) -> tuple[object, ...]:
    """Who waits for whom, as the finding of a deadlock says it; empty for other findings."""
    chain = finding.evidence.get(CHAIN) if finding.verdict is Verdict.DEADLOCK else None
    return tuple(chain) if isinstance(chain, list) else ()


def also_of(finding: Finding) -> list[str]:
    """The other rules that a finding says have found the same."""
    also = finding.evidence.get("also")
    return also if isinstance(also, list) else []


def told_with(finding: Finding, rules: list[str]) -> Finding:
    """The finding, which says that these rules have found the same; each rule is named once."""
    also = [*dict.fromkeys([*also_of(finding), *rules])]
    return replace(finding, evidence={**finding.evidence, "also": also}) if rules else finding


def folded(findings: list[Finding], teller_of: Callable[[Finding], Finding | None]) -> list[Finding]:
    """The findings without those that another one tells (`teller_of`), which names their rules instead."""
    also: dict[int, list[str]] = {}
    kept = []
    for finding in findings:
        teller = teller_of(finding)
        if teller is None:
            kept.append(finding)
        else:
            also.setdefault(id(teller), []).append(finding.rule)
    return [told_with(finding, also.get(id(finding), [])) for finding in kept]
