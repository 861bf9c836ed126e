"""From readings to a report: settings are looked at once, and each input is judged by itself where that is asked."""

from dataclasses import replace

import pytest

from debugtext.analysis import analyze, analyze_each
from debugtext.analyzers import added
from debugtext.analyzers.precedence.importance import importance
from debugtext.errors import SettingsError
from debugtext.reading import read
from debugtext.records.findings import Certainty, Finding, Location, Severity, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.settings import Settings

PANIC = "panic: no tea\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:3 +0x1d\n"


@pytest.mark.parametrize("analyzed", [analyze, analyze_each])
def test_a_threshold_that_no_rule_has_is_an_error(analyzed):
    with pytest.raises(SettingsError, match=r"no rule has a threshold 'DT201\.pints'"):
        analyzed([read(PANIC)], Settings(thresholds={"DT201.pints": 1}))


def test_settings_are_looked_at_once_for_many_inputs(monkeypatch):
    looked: list[Settings] = []
    monkeypatch.setattr(added, "usable", lambda settings: looked.append(settings) or settings)
    settings = Settings(thresholds={"DT201.points": 3})
    report = analyze_each([read(PANIC, name=name) for name in ("a", "b", "c")], settings)
    assert looked == [settings]
    assert [finding.input for finding in report.findings] == ["a", "b", "c"]


def test_findings_and_reports_can_stand_in_sets():
    report = analyze([read(PANIC)])
    assert {*report.findings, *analyze([read(PANIC)]).findings} == set(report.findings)
    assert len({report, replace(report)}) == 1


@pytest.mark.parametrize(
    ("rule", "evidence", "first"),
    [
        pytest.param("DT303", {}, "chat.deliver", id="who holds their lock"),
        pytest.param("DT201", {"receiver": "chat.deliver"}, "chat.deliver", id="whose receiver waits itself"),
        pytest.param("DT201", {}, "chat.hear", id="any other"),
    ],
)
def test_who_holds_up_others_comes_before_the_larger_crowd(rule, evidence, first):
    facts = (Verdict.LEAK, Certainty.LIKELY, Severity.WARNING)
    few = Finding(rule, "few", *facts, "12 wait", ("chat.deliver",), None, 12, evidence=evidence)
    many = Finding("DT202", "many", *facts, "60 wait", ("chat.hear",), None, 60)
    assert min((many, few), key=importance).functions == (first,)


@pytest.mark.parametrize(("rule", "first"), [("DT211", "shop.serve"), ("DT204", "shop.ask")])
def test_servers_come_after_as_many_clients_unless_they_wait_for_a_library(rule, first):
    facts = (Verdict.LEAK, Certainty.LIKELY, Severity.WARNING)
    serves = Stack((Frame("shop.serve"), Frame("net/http.(*conn).serve")))
    servers = Finding(rule, "servers", *facts, "12 wait", ("shop.serve",), None, 12, stack=serves)
    clients = Finding("DT211", "clients", *facts, "12 ask", ("shop.ask",), None, 12, stack=Stack((Frame("shop.ask"),)))
    assert min((servers, clients), key=importance).functions == (first,)


def test_of_equal_senders_the_last_stage_of_a_file_comes_first_and_receivers_before_them():
    facts = (Verdict.LEAK, Certainty.LIKELY, Severity.WARNING)
    lines, trim, emit, other = (
        Finding(rule, rule, *facts, "13 wait", (function,), Location(file, line), 13)
        for rule, function, file, line in (
            ("DT201", "pipe.lines", "pipe.go", 18),
            ("DT201", "pipe.trim", "pipe.go", 29),
            ("DT201", "pipe.emit", "out.go", 2),
            ("DT202", "pipe.zip", "pipe.go", 40),
        )
    )
    assert sorted((lines, trim, emit, other), key=importance) == [other, emit, trim, lines]
