"""What a baseline says of a report: which findings are known, and which are gone."""

from debugtext.project.baseline import against
from debugtext.records.findings import Certainty, Finding, KnownFinding, Severity, Verdict
from debugtext.records.reports import Report


def finding(function):
    return Finding("DT101", "leaked", Verdict.LEAK, Certainty.CERTAIN, Severity.ERROR, function, (function,))


OLD, NEW, IGNORED, GONE = map(finding, ("main.old", "main.new", "main.ignored", "main.gone"))
KNOWN = [KnownFinding(one.rule, one.fingerprint, one.title) for one in (OLD, IGNORED, GONE)]


def test_known_findings_come_last_and_are_marked():
    report = against(Report((), (OLD, NEW)), KNOWN)
    assert [(one.title, one.known) for one in report.findings] == [("main.new", False), ("main.old", True)]


def test_a_known_finding_that_is_ignored_now_is_not_gone():
    report = against(Report((), (OLD,), suppressed=(IGNORED,)), KNOWN)
    assert [one.title for one in report.absent] == ["main.gone"]


def test_without_a_baseline_nothing_is_said_to_be_gone():
    assert against(Report((), (OLD,)), ()).absent == ()
    assert Report((), (OLD,)).absent is None
