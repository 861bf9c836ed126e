"""A test that hangs: several rules say so of one goroutine, and one finding tells it."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from debugtext.analyzers.precedence.rule_families import ASK, TEST, TIMEOUT
from debugtext.analyzers.precedence.same_finding import also_of, dump_of, folded
from debugtext.records.findings import OF_WAITS, REASONS, TOLD_BY, Finding

_OF_LOCK = "rule_of_chain"
_WEIGHED = frozenset({REASONS, "points", "threshold"})
"""What led to one rule's finding, and not to another's."""
_NO_MORE_TIME = "More time (-timeout) would likely not help."


def each_wait_once(findings: list[Finding], starts: Sequence[int]) -> list[Finding]:
    """The findings, but one for the stack of a test that hangs, though several rules say that it leaks or waits."""
    if all(finding.rule != TEST for finding in findings):
        return findings
    findings = _without_tests_own(findings, starts)
    by_stack: dict[Hashable, list[Finding]] = {}
    for order, finding in enumerate(findings):
        waits = finding.verdict in OF_WAITS and finding.stack is not None
        place = (dump_of(finding, starts), finding.functions[:1], finding.location, finding.stack) if waits else order
        by_stack.setdefault(place, []).append(finding)
    kept: list[Finding] = []
    for ones in by_stack.values():
        kept += ones if len(ones) == 1 else _joined(ones)
    return kept


def _without_tests_own(findings: list[Finding], starts: Sequence[int]) -> list[Finding]:
    """The findings without the test's own wait for the goroutine that the finding about the test opens."""
    tests = {
        (dump_of(one, starts), one.functions[:2]): one for one in findings if one.rule == TEST and one.functions[1:]
    }

    def test_of(one: Finding) -> Finding | None:
        is_another = one.count == 1 and one.rule != TEST
        return tests.get((dump_of(one, starts), one.functions[1::-1])) if is_another else None

    return folded(findings, test_of)


def _joined(findings: Sequence[Finding]) -> list[Finding]:
    """Of what several rules say of the same goroutines the loudest and surest, a deadlock before a leak.

    Those of one rule are about different ones: they wait for something else.
    """
    rules = [finding.rule for finding in findings]
    if TEST not in rules or len({*rules}) < len(rules):
        return [*findings]
    first, *others = sorted(findings, key=lambda one: (one.severity.rank, one.certainty, one.verdict, one.rule))
    advice = next((one.advice for one in (first, *others) if one.rule not in ASK), first.advice)
    of_others = {key: value for one in reversed(others) for key, value in one.evidence.items() if key not in _WEIGHED}
    evidence = {**of_others, **first.evidence, "also": [one.rule for one in others]}
    return [replace(first, advice=advice, evidence=evidence)]


def with_hangs(findings: list[Finding], starts: Sequence[int]) -> list[Finding]:
    """The findings, but of a test out of time that hangs the timeout, which is certain, tells what is likely besides.

    The other one stays for who reads verdicts, as a deadlock; people are shown the first (`Report.shown`).
    """
    hangs = {_stuck_at(one, starts): one for one in findings if one.rule == TEST}
    told = {_stuck_at(one, starts) for one in findings if one.rule == TIMEOUT} & hangs.keys()
    if not told:
        return findings
    kept: list[Finding] = []
    for one in findings:
        place = _stuck_at(one, starts)
        if one.rule == TIMEOUT and place in told:
            kept.append(_hanging(one, hangs[place]))
        elif one.rule == TEST and place in told:
            kept.append(replace(one, evidence={**one.evidence, TOLD_BY: TIMEOUT}))
        else:
            kept.append(one)
    return kept


def _stuck_at(finding: Finding, starts: Sequence[int]) -> Hashable:
    """Where a test stands; of one whose goroutine is not in the text, which test it is."""
    stack = finding.stack if finding.location is not None else None
    return dump_of(finding, starts), finding.functions[:1], finding.location, stack


def _hanging(timeout: Finding, hang: Finding) -> Finding:
    """A test out of time, with what is likely because it hangs; of a lock it is known already who should unlock it."""
    is_known = _OF_LOCK in timeout.evidence or hang.location is None
    advice = timeout.advice if is_known else hang.advice
    evidence = {**timeout.evidence, **hang.evidence, **timeout.evidence, "also": [TEST, *also_of(hang)]}
    return replace(timeout, advice=f"{advice} {_NO_MORE_TIME}", evidence=evidence)
