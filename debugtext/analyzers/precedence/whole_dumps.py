"""Where all goroutines of a dump wait for one another, one finding tells of all of them."""

from dataclasses import replace

from debugtext.analyzers.precedence.same_finding import Dumps
from debugtext.analyzers.rule_families import ASK_WHO_WAKES, EVERYONE, LOCKS
from debugtext.records.findings import OF_WAITS, TOLD_BY, Certainty, Finding, Severity, functions_that_wait


def with_everyone(findings: list[Finding], dumps: Dumps) -> list[Finding]:
    """The findings; where one is about all goroutines of a dump, it covers those about some of them.

    It takes its advice from a covered finding about its first function, if that one knows more. Covered findings stay
    for programs that read verdicts; people see only the one about all (`Report.shown`).
    """
    everyone = {dumps.of(one): one for one in findings if one.rule == EVERYONE}
    if not everyone:
        return findings
    kept: list[Finding] = []
    for one in findings:
        whole = everyone.get(dumps.of(one))
        if whole is None or whole is one or not _is_part_of(one, whole):
            kept.append(one)
            continue
        kept.append(replace(one, evidence={**one.evidence, TOLD_BY: EVERYONE}))
        if one.functions[:1] == whole.functions[:1] and one.rule not in ASK_WHO_WAKES:
            everyone[dumps.of(one)] = replace(whole, advice=one.advice)
    return [everyone[dumps.of(one)] if one.rule == EVERYONE else one for one in kept]


def _is_part_of(finding: Finding, whole: Finding) -> bool:
    """Whether a likely finding is about goroutines that wait in a function that `whole`, about all of them, names."""
    is_likely = finding.certainty is Certainty.LIKELY and Severity.NOTE not in (finding.severity, whole.severity)
    waits = is_likely and finding.verdict in OF_WAITS and finding.rule not in LOCKS
    return waits and {*functions_that_wait(whole)}.issuperset(finding.functions[:1])
