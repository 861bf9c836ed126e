"""What another finding has answered already is not said: nor asked."""

from collections.abc import Hashable, Iterable, Sequence

from debugtext.analyzers.precedence.rule_families import HEAP_GROWTH, HOARDER, HOLDERS, SEE_RECEIVERS, SENDERS, TEST
from debugtext.analyzers.precedence.same_finding import chain_of, dump_of, place_of
from debugtext.records.findings import Certainty, Finding, Severity, Verdict, functions_that_wait


def without_drawn(findings: list[Finding]) -> list[Finding]:
    """The findings, but who waits for whom is told by what is certain alone, where that draws it."""
    drawn = {chain_of(one) for one in findings if one.certainty is Certainty.CERTAIN} - {()}
    return [one for one in findings if one.certainty is Certainty.CERTAIN or chain_of(one) not in drawn]


def without_answered(findings: list[Finding]) -> list[Finding]:
    """The findings without what others answer: whether goroutines become more, who is asleep, for whom senders wait."""
    more = {
        place_of(finding)
        for finding in findings
        if finding.verdict is Verdict.GROWTH and finding.severity is not Severity.NOTE
    }
    asleep = {place for finding in findings for place in _asleep(finding)}
    seen = {(one.input, function) for one in findings if one.rule in SEE_RECEIVERS for function in one.functions}

    def is_answered(one: Finding) -> bool:
        function = (one.input, *one.functions[:1])
        if one.rule == TEST and function in asleep:
            return True
        is_question = one.severity is Severity.NOTE and one.verdict is Verdict.LEAK
        return is_question and (place_of(one) in more or (one.rule == SENDERS and function in seen))

    return [one for one in findings if not is_answered(one)]


def each_heap_once(findings: Iterable[Finding], starts: Sequence[int]) -> list[Finding]:
    """The findings, but of what holds most of a heap, or of a table of one, the rule that knows most of it."""
    found = list(findings)
    knows_most: dict[Hashable, int] = {}
    for one in found:
        if one.rule in HOLDERS:
            heap, rank = dump_of(one, starts), HOLDERS.index(one.rule)
            knows_most[heap] = min(rank, knows_most.get(heap, rank))
    return [
        one for one in found if one.rule not in HOLDERS or HOLDERS.index(one.rule) == knows_most[dump_of(one, starts)]
    ]


def without_held_that_grows(findings: list[Finding]) -> list[Finding]:
    """The findings, but who holds most of the heap is not asked whether it grows where another one says so loudly."""
    grows = {one.functions[:1] for one in findings if one.rule == HEAP_GROWTH and one.severity is not Severity.NOTE}
    return [one for one in findings if one.rule != HOARDER or one.functions[:1] not in grows]


def _asleep(finding: Finding) -> list[tuple[str, ...]]:
    """The functions of which a certain deadlock tells how all wait, with the input."""
    functions = functions_that_wait(finding) if finding.certainty is Certainty.CERTAIN else []
    return [(finding.input, function) for function in functions]
