"""The score on labelled texts: the targets hold, no certain finding is wrong, and docs/evaluation.md says so."""

import fnmatch
import importlib.util
import sys
import tomllib
from pathlib import Path

import pytest

from debugtext.records.findings import Certainty

pytestmark = pytest.mark.shared

TARGETS = {
    ("corpus", "named"): 0.975,
    ("corpus", "first"): 0.97,
    ("corpus", "top3"): 0.97,
    ("realworld", "named"): 0.93,
    ("realworld", "first"): 0.975,
    ("realworld", "top3"): 0.975,
}
MOST_FALSE_ALARMS = 0.02


@pytest.fixture(scope="module")
def evaluation():
    spec = importlib.util.spec_from_file_location("evaluation", Path(__file__).with_name("evaluation.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules["evaluation"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["evaluation"]


@pytest.fixture(scope="module")
def scorer(evaluation, shared):
    return evaluation.Scorer(shared)


@pytest.fixture(scope="module")
def judged(scorer):
    return {name: [scorer.judge(case) for case in scorer.cases(name)] for name in ("corpus", "realworld")}


@pytest.mark.parametrize(("name", "measure"), TARGETS, ids=lambda value: value)
def test_the_share_of_faults_that_are_told(evaluation, judged, name, measure):
    good, every = evaluation.share(judged[name], measure)
    assert good / every >= TARGETS[name, measure]


@pytest.mark.parametrize("name", ["corpus", "realworld"])
def test_the_share_of_false_alarms_on_healthy_programs(evaluation, judged, name):
    healthy = [one for one in judged[name] if one.case.truth == "healthy"]
    false, every = evaluation.share(healthy, "false")
    assert false / every <= MOST_FALSE_ALARMS


def test_no_certain_leak_or_deadlock_in_a_healthy_program_but_what_the_runtime_itself_marks(judged):
    wrong = {
        one.case.id
        for one in judged["corpus"] + judged["realworld"]
        if one.case.truth == "healthy"
        for finding in one.case.findings
        if finding.certainty is Certainty.CERTAIN
        and finding.severity != "note"
        and str(finding.verdict) in {"leak", "deadlock"}
        and finding.rule != "DT101"
    }
    assert wrong == set()


def test_every_miss_has_its_reason(scorer, evaluation):
    assert [line for line in evaluation.page(scorer).splitlines() if line.endswith("| ? |")] == []


def test_every_reason_is_that_of_a_miss(evaluation, judged):
    missed = [one.case.id for name in ("corpus", "realworld") for one in judged[name] if one.is_miss]
    reasons = tomllib.loads(evaluation.REASONS.read_text("utf-8"))["miss"]
    assert [one["case"] for one in reasons if not fnmatch.filter(missed, one["case"])] == []


def test_the_page_is_what_the_rules_score(scorer, evaluation, update_golden):
    text = evaluation.page(scorer)
    if update_golden:
        evaluation.PAGE.write_text(text, "utf-8", newline="\n")
    assert evaluation.PAGE.read_text("utf-8") == text
