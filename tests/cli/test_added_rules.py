"""A rule of another package and the pytest fixture, each through a real entry point of an installed distribution."""

import json
import os
import subprocess
import sys
import zipfile
from xml.etree import ElementTree as ET

import pytest

RULE = '''\
import debugtext


class TooManyGoroutines(debugtext.Rule):
    """More goroutines than this service ever needs.

    Look at who starts them.
    """

    id, name = "ACME1", "too-many-goroutines"
    verdict, certainty = debugtext.Verdict.GROWTH, debugtext.Certainty.LIKELY
    thresholds = {"goroutines": 2}

    def examine(self, subject):
        for source, capture in subject.captures():
            if (count := capture.goroutines or 0) > self.threshold(subject, "goroutines"):
                reasons = [debugtext.Reason(2, "too many for us"), debugtext.Reason(-1, "it is noon")]
                yield self.finding(f"{count} goroutines", severity=debugtext.Severity.ERROR, source=(source, 1),
                                   evidence={"reasons": reasons})


class Clash(TooManyGoroutines):
    id = "DT201"


class Blank(TooManyGoroutines):
    id = ""


nothing = object()
'''
LOG = "goroutine profile: total 3\n3 @ 0x1\n#\t0x1\tmain.work+0x1\t/src/main.go:7\n\n"


@pytest.fixture
def installed(tmp_path, command):
    """Installs a wheel with these entry points, and gives a way to run the command beside it."""

    def install(*entries):
        wheel, site = tmp_path / "acme_rules-1.0-py3-none-any.whl", tmp_path / "site"
        info = "acme_rules-1.0.dist-info"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("acme_rules.py", RULE)
            archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n")
            archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            archive.writestr(f"{info}/entry_points.txt", "\n".join(["[debugtext.rules]", *entries, ""]))
            archive.writestr(f"{info}/RECORD", f"acme_rules.py,,\n{info}/RECORD,,\n")
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", site, wheel]
        subprocess.run(pip, check=True)
        (tmp_path / "job.log").write_text(LOG)

        def run(*arguments, **environment):
            kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEBUGTEXT_", "GITHUB_"))}
            return subprocess.run(
                [command, *arguments],
                cwd=tmp_path,
                env=kept | {"PYTHONPATH": str(site), "DEBUGTEXT_PLUGINS": "1"} | environment,
                capture_output=True,
                text=True,
                encoding="utf-8",
            )

        return run

    return install


ACME = "too-many = acme_rules:TooManyGoroutines"


def test_a_rule_of_another_package_is_a_rule_like_ours(installed, tmp_path):
    run = installed(ACME)
    heading, summary = run("rules").stdout.splitlines()[-2:]
    assert heading.split() == ["ACME1", "likely", "growth", "too-many-goroutines"]
    assert summary.strip() == "More goroutines than this service ever needs."
    explained = run("explain", "too-many-goroutines").stdout
    assert "More goroutines than this service ever needs." in explained
    assert "ACME1.goroutines = 2" in explained
    result = run("check", "job.log", "-o", "junit:a.xml", "-o", "sarif:a.sarif")
    assert result.returncode == 1
    assert result.stdout.startswith("growth likely: 3 goroutines [ACME1, error]")
    assert "  why  too many for us; but it is noon\n" in result.stdout
    sarif = json.loads((tmp_path / "a.sarif").read_text())["runs"][0]
    [found] = sarif["results"]
    assert sarif["tool"]["driver"]["rules"][found["ruleIndex"]]["help"]["text"].endswith("Look at who starts them.")
    quiet = run("check", "job.log", "--threshold", "ACME1.goroutines=5", "-o", "junit:a.xml")
    assert quiet.returncode == 0
    names = [case.get("name") for case in ET.parse(tmp_path / "a.xml").iter("testcase")]
    assert names == ["debugtext job.log"]


def test_a_rule_of_another_package_can_be_ignored(installed, tmp_path):
    run = installed(ACME)
    (tmp_path / ".debugtext.toml").write_text("plugins = true\n[[ignore]]\nrule = 'ACME1'\nreason = 'a load test'\n")
    result = run("check", "job.log", DEBUGTEXT_PLUGINS="1")
    assert (result.returncode, result.stderr) == (0, "")


def test_nobody_s_rules_are_loaded_unasked(installed):
    run = installed(ACME)
    assert "ACME1" not in run("rules", DEBUGTEXT_PLUGINS="0").stdout
    assert run("check", "job.log", DEBUGTEXT_PLUGINS="0").returncode == 0
    assert run("explain", "ACME1", DEBUGTEXT_PLUGINS="0").returncode == 2


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("gone = acme_rules:Gone", "the rule gone (acme_rules:Gone) cannot be loaded"),
        ("none = acme_rules:nothing", "is no debugtext.Rule with id, name, verdict, certainty"),
        ("blank = acme_rules:Blank", "the rule blank (acme_rules:Blank) has the id '': it must be capital letters"),
        ("clash = acme_rules:Clash", "has the id DT201 of another rule"),
    ],
)
def test_a_rule_that_cannot_be_used_is_one_line(installed, entry, told):
    result = installed(entry)("check", "job.log")
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


TESTS = """\
import debugtext
import pytest

LEAK = "goroutine 7 [chan receive (nil chan)]:\\nmain.work()\\n\\t/src/main.go:7 +0x1\\n"


def test_a_green_text(debugtext_check):
    assert debugtext_check("all is well").findings == ()


def test_a_leak(debugtext_check):
    debugtext_check(LEAK)


def test_a_leak_in_a_file(debugtext_check, tmp_path):
    (tmp_path / "a.log").write_text(LEAK)
    debugtext_check(tmp_path / "a.log")


def test_a_process_that_said_nothing(debugtext_check):
    assert debugtext_check(b"").findings == ()


def test_a_leak_that_is_allowed(debugtext_check):
    assert debugtext_check(LEAK, fail_on="never").findings


def test_slips(debugtext_check):
    with pytest.raises(ValueError, match="fail_on must be error, warning, note or never, not 'eror'"):
        debugtext_check("", fail_on="eror")
    with pytest.raises(TypeError, match="settings must be debugtext.Settings"):
        debugtext_check("", settings={"fail_on": "note"})
    with pytest.raises(debugtext.UnreadableInputError, match="looks like a name"):
        debugtext_check("http//localhost:6060/debug/pprof/goroutine")
"""


def test_the_fixture_is_there_where_the_package_is_installed(tmp_path):
    (tmp_path / "test_service.py").write_text(TESTS)
    program = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--override-ini=addopts=", "."]
    result = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert "2 failed, 4 passed" in result.stdout, result.stdout
    assert "LEAK certain: " in result.stdout
    assert "main.work /src/main.go:7" in result.stdout
    assert "pytest_plugin.py" not in result.stdout  # the failure is the report, not our code
