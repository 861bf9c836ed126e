"""What several inputs have in common is told once."""

import pytest

from debugtext.records.captures import Reading
from debugtext.records.findings import Certainty, Finding, Location, Severity, Verdict
from debugtext.records.reports import Report
from debugtext.renderers.tables.over_inputs import with_inputs


def finding(name: str, count: int = 12, verdict: Verdict = Verdict.LEAK, **changes) -> Finding:
    facts = {
        "rule": "DT201",
        "name": "stuck-senders",
        "verdict": verdict,
        "certainty": Certainty.LIKELY,
        "severity": Severity.WARNING,
        "title": f"{count} goroutines blocked in shop.send",
        "functions": ("shop.send", "shop.serve"),
        "location": Location("/src/shop.go", 9),
        "count": count,
        "input": name,
    }
    return Finding(**(facts | changes))


def titles(*findings: Finding, full: bool = False) -> list[str]:
    readings = tuple(Reading(name, ()) for name in dict.fromkeys(one.input for one in findings))
    return [one.title for one in with_inputs(Report(readings, findings), full=full)]


PODS = [finding("pods/a.txt", 30), finding("pods/b.txt"), finding("pods/c.txt", 7)]


def test_the_trouble_of_many_is_told_once_by_the_first():
    assert titles(*PODS) == ["a.txt and 2 other inputs: 30 goroutines blocked in shop.send"]
    assert titles(*PODS[:2]) == ["a.txt and 1 other input: 30 goroutines blocked in shop.send"]


def test_two_findings_of_one_input_are_no_two_inputs():
    assert titles(PODS[0], PODS[0]) == ["a.txt: 30 goroutines blocked in shop.send"]


def test_everything_is_everything():
    assert titles(*PODS, full=True) == [f"{one.input}: {one.title}" for one in PODS]


@pytest.mark.parametrize(
    "changes",
    [
        {"rule": "DT202"},
        {"severity": Severity.NOTE},
        {"functions": ("shop.send", "shop.watch")},
        {"location": Location("/src/shop.go", 10)},
    ],
    ids=["rule", "severity", "stack", "line"],
)
def test_other_trouble_is_told_by_itself(changes):
    assert len(titles(PODS[0], finding("pods/b.txt", **changes))) == 2


def test_crashes_with_other_words_are_others():
    crash = finding("pods/a.txt", verdict=Verdict.CRASH, title="no cart")
    assert len(titles(crash, finding("pods/b.txt", verdict=Verdict.CRASH, title="no cart"))) == 1
    assert len(titles(crash, finding("pods/b.txt", verdict=Verdict.CRASH, title="no till"))) == 2
