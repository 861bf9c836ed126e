"""Findings that say the same of the same place are one, with their number."""

import pytest

from debugtext.analyzers.alike import each_once
from debugtext.records.findings import Certainty, Finding, Location, Severity, Verdict


def finding(**changes) -> Finding:
    facts = {
        "rule": "DT201",
        "name": "stuck-senders",
        "verdict": Verdict.LEAK,
        "certainty": Certainty.LIKELY,
        "severity": Severity.WARNING,
        "title": "12 goroutines blocked in shop.send",
        "functions": ("shop.send", "shop.serve"),
        "location": Location("/src/shop.go", 9),
        "count": 12,
    }
    return Finding(**(facts | changes))


def test_alike_are_one_with_all_they_count():
    (found,) = each_once([finding(), finding(functions=("shop.send", "shop.other"), count=30)])
    assert (found.count, found.evidence, found.functions) == (42, {"times": 2}, ("shop.send", "shop.serve"))


@pytest.mark.parametrize(
    "other",
    [
        finding(rule="DT202"),
        finding(severity=Severity.NOTE),
        finding(title="13 goroutines blocked in shop.send"),
        finding(functions=("shop.sends",)),
        finding(location=Location("/src/shop.go", 10)),
    ],
    ids=["rule", "severity", "title", "function", "line"],
)
def test_what_differs_is_told_apart(other):
    assert each_once([finding(), other]) == [finding(), other]
