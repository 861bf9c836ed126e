"""Where all goroutines of a dump wait for one another, one finding tells of all of them."""

from collections.abc import Sequence
from dataclasses import replace

from debugtext.analyzers.precedence.rule_families import ASK, EVERYONE, LOCKS
from debugtext.analyzers.precedence.same_finding import dump_of
from debugtext.records.findings import OF_WAITS, TOLD_BY, Certainty, Finding, Severity, functions_that_wait


def with_everyone(findings: list[Finding], starts: Sequence[int]) -> list[Finding]:
    """The findings, but where all wait for one another that one tells of each, with what the first of them needs.

    The others stay for who reads verdicts; people are shown the one (`Report.shown`).
    """
    everyone = {dump_of(one, starts): one for one in findings if one.rule == EVERYONE}
    if not everyone:
        return findings
    kept: list[Finding] = []
    for one in findings:
        whole = everyone.get(dump_of(one, starts))
        if whole is None or whole is one or not _is_one_of(one, whole):
            kept.append(one)
            continue
        kept.append(replace(one, evidence={**one.evidence, TOLD_BY: EVERYONE}))
        if one.functions[:1] == whole.functions[:1] and one.rule not in ASK:
            everyone[dump_of(one, starts)] = replace(whole, advice=one.advice)
    return [everyone[dump_of(one, starts)] if one.rule == EVERYONE else one for one in kept]


def _is_one_of(one: Finding, whole: Finding) -> bool:
    """Whether it is about goroutines that wait in one of the functions that a finding about all of a dump names."""
    named = set(functions_that_wait(whole))
    is_likely = one.certainty is Certainty.LIKELY and Severity.NOTE not in (one.severity, whole.severity)
    return is_likely and one.verdict in OF_WAITS and one.rule not in LOCKS and named.issuperset(one.functions[:1])
