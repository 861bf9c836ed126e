"""Where several rules find the goroutine of one test that hangs, one finding tells of it."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from debugtext.analyzers.precedence.same_finding import Dumps, also_of, folded, told_with
from debugtext.analyzers.rule_families import ASK_WHO_WAKES, HANGING_TEST, TIMEOUT
from debugtext.records.findings import OF_WAITS, REASONS, TOLD_BY, Finding

_OF_LOCK = "rule_of_chain"
_NOT_COPIED = frozenset({REASONS, "points", "threshold", "also"})
"""Evidence that is true only of the rule that gave it: how it weighed, and which other rules found the same."""
_NO_MORE_TIME = "More time (-timeout) would likely not help."


def each_hanging_test_once(findings: list[Finding], dumps: Dumps) -> list[Finding]:
    """The findings; those of several rules about the stack of one test that hangs become one."""
    if all(finding.rule != HANGING_TEST for finding in findings):
        return findings
    findings = _without_tests_own_waits(findings, dumps)
    by_stack: dict[Hashable, list[Finding]] = {}
    for order, finding in enumerate(findings):
        waits = finding.verdict in OF_WAITS and finding.stack is not None
        place = (dumps.of(finding), finding.functions[:1], finding.location, finding.stack) if waits else order
        by_stack.setdefault(place, []).append(finding)
    kept: list[Finding] = []
    for of_stack in by_stack.values():
        kept += of_stack if len(of_stack) == 1 else _joined(of_stack)
    return kept


def _without_tests_own_waits(findings: list[Finding], dumps: Dumps) -> list[Finding]:
    """The findings without those about how a test itself waits for the goroutine that the finding about it opens."""
    tests = {
        (dumps.of(one), one.functions[:2]): one for one in findings if one.rule == HANGING_TEST and one.functions[1:]
    }

    def test_of(one: Finding) -> Finding | None:
        is_another = one.count == 1 and one.rule != HANGING_TEST
        return tests.get((dumps.of(one), one.functions[1::-1])) if is_another else None

    return folded(findings, test_of)


def _joined(findings: Sequence[Finding]) -> list[Finding]:
    """The findings about one stack as one: the loudest and surest stays, a deadlock before a leak.

    Two findings of the same rule are about goroutines that wait for different things: then all stay as they are.
    """
    rules = [finding.rule for finding in findings]
    if HANGING_TEST not in rules or len({*rules}) < len(rules):
        return [*findings]
    first, *others = sorted(findings, key=lambda one: (one.severity.rank, one.certainty, one.verdict, one.rule))
    advice = next((one.advice for one in (first, *others) if one.rule not in ASK_WHO_WAKES), first.advice)
    of_others = {
        key: value for one in reversed(others) for key, value in one.evidence.items() if key not in _NOT_COPIED
    }
    joined = replace(first, advice=advice, evidence={**of_others, **first.evidence})
    return [told_with(joined, [rule for one in others for rule in (one.rule, *also_of(one))])]


def with_hangs(findings: list[Finding], dumps: Dumps) -> list[Finding]:
    """The findings; where a test ran out of time because it hangs, the (certain) timeout also tells of the hang.

    The finding about the hang stays for programs that read verdicts; people see only the timeout (`Report.shown`).
    """
    hangs = {_stuck_at(one, dumps): one for one in findings if one.rule == HANGING_TEST}
    told = {_stuck_at(one, dumps) for one in findings if one.rule == TIMEOUT} & hangs.keys()
    if not told:
        return findings
    kept: list[Finding] = []
    for one in findings:
        place = _stuck_at(one, dumps)
        if one.rule == TIMEOUT and place in told:
            kept.append(_hanging(one, hangs[place]))
        elif one.rule == HANGING_TEST and place in told:
            kept.append(replace(one, evidence={**one.evidence, TOLD_BY: TIMEOUT}))
        else:
            kept.append(one)
    return kept


def _stuck_at(finding: Finding, dumps: Dumps) -> Hashable:
    """The stack on which a test stands; where its goroutine is not in the text, only which test it is."""
    stack = finding.stack if finding.location is not None else None
    return dumps.of(finding), finding.functions[:1], finding.location, stack


def _hanging(timeout: Finding, hang: Finding) -> Finding:
    """The timeout with the evidence and advice about the hang; if it names a lock's holder, it keeps its own."""
    is_known = _OF_LOCK in timeout.evidence or hang.location is None
    advice = timeout.advice if is_known else hang.advice
    evidence = {**timeout.evidence, **hang.evidence, **timeout.evidence, "also": also_of(timeout)}
    hanging = replace(timeout, advice=f"{advice} {_NO_MORE_TIME}", evidence=evidence)
    return told_with(hanging, [HANGING_TEST, *also_of(hang)])
