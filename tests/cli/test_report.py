"""`debugtext report` judges as `check` does: exit codes, thresholds, baseline, configuration; pages as an output."""

import json

import pytest

from debugtext.cli import exit_codes


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), exit_codes.CLEAN),
        (("--fail-on", "error"), exit_codes.FINDINGS),
        (("--fail-on", "error", "--baseline", "known.json"), exit_codes.CLEAN),
    ],
    ids=str,
)
def test_exit_codes(run, texts, options, code):
    assert run("baseline", "write", "panic.txt", "--to", "known.json").exit_code == exit_codes.CLEAN
    result = run("report", "panic.txt", "-o", "page.html", *options)
    assert (result.exit_code, result.stdout) == (code, "")
    assert (texts / "page.html").read_text("utf-8").startswith("<!doctype html>")


def test_the_configuration_counts(run, texts):
    (texts / ".debugtext.toml").write_text('fail-on = "error"\nformat = "json"\n')
    assert run("report", "panic.txt", "-o", "page.html").exit_code == exit_codes.FINDINGS
    ignore = '[[ignore]]\nany = "main.main"\nreason = "known"\nexpires = 2000-01-01\n'
    (texts / ".debugtext.toml").write_text(ignore)
    result = run("report", "panic.txt", "-o", "page.html")
    assert (result.exit_code, "expired on 2000-01-01" in result.stderr) == (exit_codes.TROUBLE, True)


def test_a_threshold_that_no_rule_has(run, texts):
    result = run("report", "panic.txt", "--threshold", "DT101.nothing=1")
    assert (result.exit_code, "DT101.nothing" in result.stderr) == (exit_codes.TROUBLE, True)


def test_a_page_beside_other_outputs(run, texts):
    result = run("check", "panic.txt", "--format", "json", "-o", "html:page.html")
    assert json.loads(result.stdout)["findings"]
    page = (texts / "page.html").read_text("utf-8")
    assert page == run("check", "panic.txt", "--format", "html").stdout
    assert page == run("report", "panic.txt").stdout
