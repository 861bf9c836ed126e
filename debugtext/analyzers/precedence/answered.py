"""Findings that another finding makes needless, because it has answered them or knows more."""

from collections.abc import Hashable, Iterable

from debugtext.analyzers.precedence.same_finding import Dumps, chain_of, place_of
from debugtext.analyzers.rule_families import (
    HANGING_TEST,
    HEAP_GROWTH,
    HOARDER,
    HOLDERS,
    SEE_RECEIVERS,
    SENDERS,
)
from debugtext.records.findings import Certainty, Finding, Severity, Verdict, functions_that_wait


def each_chain_once(findings: list[Finding]) -> list[Finding]:
    """The findings without likely ones whose chain (who waits for whom) a certain finding shows as well."""
    shown = {chain_of(finding) for finding in findings if finding.certainty is Certainty.CERTAIN} - {()}
    return [one for one in findings if one.certainty is Certainty.CERTAIN or chain_of(one) not in shown]


def without_answered(findings: list[Finding]) -> list[Finding]:
    """The findings without those to which another one has the answer.

    - Notes about a place where another finding says that goroutines become more: such a note only asks whether they do.
    - Notes about senders where another rule sees their receiver.
    - Tests that hang in a function where, as the runtime says, all goroutines are asleep.
    """
    growing = {place_of(finding) for finding in findings if finding.verdict is Verdict.GROWTH}
    asleep = {place for finding in findings for place in _asleep(finding)}
    seen = {(one.input, function) for one in findings if one.rule in SEE_RECEIVERS for function in one.functions}

    def is_answered(finding: Finding) -> bool:
        function = (finding.input, *finding.functions[:1])
        if finding.rule == HANGING_TEST and function in asleep:
            return True
        is_question = finding.severity is Severity.NOTE and finding.verdict is Verdict.LEAK
        return is_question and (place_of(finding) in growing or (finding.rule == SENDERS and function in seen))

    return [finding for finding in findings if not is_answered(finding)]


def one_holder_of_each_heap(findings: Iterable[Finding], dumps: Dumps) -> list[Finding]:
    """The findings; where several rules say what holds most of one heap, only those of the best informed rule stay."""
    every = list(findings)
    best: dict[Hashable, int] = {}
    for finding in every:
        if finding.rule in HOLDERS:
            heap, rank = dumps.of(finding), HOLDERS.index(finding.rule)
            best[heap] = min(rank, best.get(heap, rank))
    return [one for one in every if one.rule not in HOLDERS or HOLDERS.index(one.rule) == best[dumps.of(one)]]


def without_held_that_grows(findings: list[Finding]) -> list[Finding]:
    """The findings without those that say who holds most of a heap where an alarm says that this place grows."""
    grows = {one.functions[:1] for one in findings if one.rule == HEAP_GROWTH and one.severity is not Severity.NOTE}
    return [one for one in findings if one.rule != HOARDER or one.functions[:1] not in grows]


def _asleep(finding: Finding) -> list[tuple[str, ...]]:
    """The functions in which goroutines wait by a certain deadlock, each with its input; none for other findings."""
    functions = functions_that_wait(finding) if finding.certainty is Certainty.CERTAIN else []
    return [(finding.input, function) for function in functions]
