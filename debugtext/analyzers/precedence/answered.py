"""What another finding has answered already is not said: nor asked."""

from debugtext.analyzers.precedence.rule_families import TEST
from debugtext.analyzers.precedence.same_finding import chain_of, place_of
from debugtext.records.findings import Certainty, Finding, Severity, Verdict, functions_that_wait


def without_drawn(findings: list[Finding]) -> list[Finding]:
    """The findings, but who waits for whom is told by what is certain alone, where that draws it."""
    drawn = {chain_of(one) for one in findings if one.certainty is Certainty.CERTAIN} - {()}
    return [one for one in findings if one.certainty is Certainty.CERTAIN or chain_of(one) not in drawn]


def without_answered(findings: list[Finding]) -> list[Finding]:
    """The findings without what another one has answered: whether goroutines become more, and that all are asleep."""
    more = {
        place_of(finding)
        for finding in findings
        if finding.verdict is Verdict.GROWTH and finding.severity is not Severity.NOTE
    }
    asleep = {place for finding in findings for place in _asleep(finding)}
    return [
        one
        for one in findings
        if not (one.severity is Severity.NOTE and one.verdict is Verdict.LEAK and place_of(one) in more)
        and not (one.rule == TEST and (one.input, *one.functions[:1]) in asleep)
    ]


def _asleep(finding: Finding) -> list[tuple[str, ...]]:
    """The functions of which a certain deadlock tells how all wait, with the input."""
    functions = functions_that_wait(finding) if finding.certainty is Certainty.CERTAIN else []
    return [(finding.input, function) for function in functions]
