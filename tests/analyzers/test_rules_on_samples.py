"""Every rule on real texts: it fires where its class says so, and is silent where that says so."""

import re
import tomllib
from inspect import cleandoc
from pathlib import Path

import pytest

from debugtext.analysis import analyze
from debugtext.analyzers import RULES
from debugtext.reading import read

EXPECTED_FILE = Path(__file__).with_name("expected_on_samples.toml")
EXPECTED = tomllib.loads(EXPECTED_FILE.read_text("utf-8"))

RETIRED = {"DT220": "said-to-leak"}
"""Deleted rules: their ids and names may stand in people's ignores and baselines, so no new rule may take them.

Add a rule here when you delete it.
"""


def runs(names: tuple[str, ...], is_series: bool) -> list[tuple[str, ...]]:
    return [names] if is_series and names else [(name,) for name in names]


CASES = [
    pytest.param(rule, run, fires, id=f"{rule.id}-{'fires' if fires else 'quiet'}-{run[0]}")
    for rule in RULES
    for fires, names in ((True, rule.fires_on), (False, rule.quiet_on))
    for run in runs(names, rule.is_series)
]


def told_by(rule, samples, run):
    """What a rule tells of a text or a series, by itself or in another rule's finding about the same."""
    report = analyze([read(samples / name) for name in run])
    return [one for one in report.findings if rule.id in (one.rule, *one.evidence.get("also", ()))]


@pytest.mark.parametrize(("rule", "run", "fires"), CASES)
def test_a_rule_fires_and_stays_quiet_where_it_says(samples, rule, run, fires):
    told = [one.title for one in told_by(rule, samples, run)]
    assert bool(told) is fires, told


FIRING = [
    pytest.param(rule, run, id=f"{rule.id}-{run[-1]}") for rule in RULES for run in runs(rule.fires_on, rule.is_series)
]


def expected_on(rule_id: str, sample: str) -> tuple[str, str | list[str]]:
    """("functions" or "titles", what the file expects of the rule on the sample)."""
    for kind, rules in EXPECTED.items():
        if sample in rules.get(rule_id, {}):
            return kind, rules[rule_id][sample]
    pytest.fail(
        f"{EXPECTED_FILE.name} has no line for {sample}: read the sample, and add the function that is to blame "
        f"below [functions.{rule_id}], or words of the title below [titles.{rule_id}] if no function is"
    )


@pytest.mark.parametrize(("rule", "run"), FIRING)
def test_a_rule_finds_what_a_reader_of_the_sample_finds(samples, rule, run):
    """The function to open first, or words of the title if the finding has no function."""
    kind, expected = expected_on(rule.id, run[-1])
    told = told_by(rule, samples, run)
    if kind == "functions":
        listed = {expected} if isinstance(expected, str) else set(expected)
        assert {one.functions[0] if one.functions else one.title for one in told} == listed
    else:
        assert told
        assert [one.title for one in told if one.functions or expected not in one.title] == []


def test_a_sample_without_an_expectation_is_said_to_lack_one():
    with pytest.raises(pytest.fail.Exception, match=r"no line for dump/new.txt.*below \[functions.DT201\]"):
        expected_on("DT201", "dump/new.txt")


@pytest.mark.parametrize(("rule", "run"), FIRING)
def test_shares_are_numbers_for_scripts(samples, rule, run):
    values = [value for one in told_by(rule, samples, run) for value in one.evidence.values()]
    assert values
    assert [value for value in values if isinstance(value, str) and re.fullmatch(r"[0-9.]+ ?%", value)] == []


def test_what_is_expected_is_of_the_samples_on_which_the_rules_fire():
    listed = {(rule, name) for kind in EXPECTED.values() for rule, names in kind.items() for name in names}
    assert listed == {(rule.id, run[-1]) for rule in RULES for run in runs(rule.fires_on, rule.is_series)}
    assert EXPECTED["functions"].keys().isdisjoint(EXPECTED["titles"])


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.is_series], ids=lambda rule: rule.id)
def test_a_rule_about_a_series_is_quiet_on_one_whose_texts_differ(samples, rule):
    """The same text twice cannot have anything that grows."""
    for names in (rule.fires_on, rule.quiet_on):
        assert len({(samples / name).read_bytes() for name in names}) == len(names) > 1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_samples_that_prove_it(rule):
    assert rule.quiet_on
    assert rule.fires_on


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_documented_in_full(rule):
    text = rule.__class__.__doc__ or ""
    parts = ("**What it sees.**", "**Why it is trouble.**", "**When it is not.**", "**What to do.**")
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_a_rule_lists_takes_a_line_an_item(rule):
    """`explain` wraps each paragraph without an indent: a longer item could not be told from the text around it."""
    paragraphs = cleandoc(rule.__doc__ or "").split("\n\n")
    items = [paragraph for paragraph in paragraphs if re.search(r"^[-*] ", paragraph, re.MULTILINE)]
    assert [item for item in items if "\n" in item or len(item) > 80] == []


def test_ids_and_names_are_unique_and_in_families():
    assert len({rule.id for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    assert [rule.id for rule in RULES if rule.id in RETIRED or rule.name in RETIRED.values()] == []
    families = {"DT1": {"certain"}, "DT2": {"likely"}, "DT3": {"likely"}, "DT4": {"likely"}, "DT5": {"likely"}}
    families["DT6"] = {"certain"}
    assert {rule.id: rule.certainty for rule in RULES if rule.certainty not in families[rule.id[:3]]} == {}


@pytest.mark.parametrize(
    "name",
    [
        "dump/baseline-go1.27.txt",
        "dump/idle-pool-go1.26.txt",
        "dump/busy-pool-go1.27.txt",
        "dump/ctx-loops-go1.27.txt",
        "dump/http-load-go1.25.txt",
        "dump/keepalive-go1.26.txt",
        "dump/contention-go1.27.txt",
        "dump/caddy-go1.27.txt",
        "dump/etcd-go1.16.txt",
        "goroutine/baseline-go1.27.txt",
        "goroutine/idle-pool-go1.23.txt",
        "goroutine/prometheus-go1.19.txt",
        "heap/baseline-go1.26.txt",
        "heap/plateau-go1.22-2.txt",
        "crash/sigquit-go1.27.txt",
    ],
)
def test_a_healthy_program_raises_no_alarm(samples, name):
    report = analyze([read(samples / name)])
    assert [finding.title for finding in report.findings if finding.severity != "note"] == []
