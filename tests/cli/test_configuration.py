"""Settings: which of them wins, what is no setting, where each came from; ignores and baselines."""

import json
import re
from pathlib import Path

import pytest

import debugtext
from debugtext.project.configuration import OTHER_VARIABLES, _key_of

LEAK = """goroutine 7 [chan send (nil chan), 5 minutes]:
main.work()
\t/src/main.go:7 +0x1
created by main.main in goroutine 1
\t/src/main.go:4 +0x1
"""
SECOND = LEAK.replace("main.work", "main.other").replace("goroutine 7", "goroutine 8")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A repository with a folder in it, which is the current one; `DEBUGTEXT_*` of whoever runs the tests is gone."""
    for name in ("CONFIG", "FAIL_ON", "FULL", "COLOR", "OWN", "BASELINE", "PLUGINS"):
        monkeypatch.delenv(f"DEBUGTEXT_{name}", raising=False)
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "repository" / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "repository" / "deep")
    (tmp_path / "repository" / "deep" / "job.log").write_text(LEAK)
    return tmp_path / "repository"


def settings_of(result):
    rows = (line.split() for line in result.stdout.splitlines())
    return {row[0]: (row[1], row[-1]) for row in rows}


@pytest.mark.parametrize(
    ("files", "environment", "arguments", "wins", "origin"),
    [
        pytest.param({}, {}, [], "never", "default", id="defaults"),
        pytest.param({"pyproject.toml": "note"}, {}, [], "note", "pyproject.toml", id="over defaults pyproject"),
        pytest.param(
            {"pyproject.toml": "note", ".debugtext.toml": "warning"}, {}, [],
            "warning", ".debugtext.toml", id="own file"
        ),
        pytest.param(
            {".debugtext.toml": "warning"}, {"DEBUGTEXT_FAIL_ON": "error"}, [], "error", "DEBUGTEXT_FAIL_ON",
            id="variable",
        ),
        pytest.param(
            {".debugtext.toml": "warning"}, {"DEBUGTEXT_FAIL_ON": "error"}, ["--fail-on", "note"], "note", "--fail-on",
            id="flag",
        ),
        pytest.param({".debugtext.toml": "warning"}, {"DEBUGTEXT_CONFIG": ""}, [], "never", "default", id="no files"),
    ],
)  # fmt: skip
def test_what_wins(run, project, files, environment, arguments, wins, origin):
    for name, value in files.items():
        table = "[tool.debugtext]\n" if name == "pyproject.toml" else ""
        (project / name).write_text(f'{table}fail-on = "{value}"\n')
    shown = settings_of(run("config", *arguments, env=environment))
    assert shown["fail-on"][0] == wins
    assert shown["fail-on"][1].endswith(origin)


def test_files_above_the_repository_are_not_ours(run, project):
    (project.parent / ".debugtext.toml").write_text('fail-on = "note"\n')
    assert settings_of(run("config"))["fail-on"] == ("never", "default")


def test_a_file_may_be_named(run, project):
    (project / "other.toml").write_text('fail-on = "note"\n')
    shown = settings_of(run("config", env={"DEBUGTEXT_CONFIG": "../other.toml"}))
    assert shown["fail-on"] == ("note", "../other.toml")
    missing = run("config", env={"DEBUGTEXT_CONFIG": "gone.toml"})
    assert (missing.exit_code, missing.stderr) == (2, "debugtext: gone.toml: No such file or directory\n")


def test_paths_of_a_file_are_below_its_folder(run, project):
    (project / ".debugtext.toml").write_text('baseline = "known.json"\nsource-root = "."\n')
    shown = settings_of(run("config"))
    assert shown["baseline"][0] == str(project / "known.json")
    assert shown["source-root"][0] == str(project)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fail_on = 'error'", "unknown key 'fail_on'. Did you mean 'fail-on'?"),
        ("basline = 'x'", "unknown key 'basline'. Did you mean 'baseline'?"),
        ("zzz = 1", "unknown key 'zzz'."),
        ("fail-on = 3", "fail-on must be a string, not 3"),
        ("fail-on = 'loud'", "fail-on must be one of error, warning, note, never, not 'loud'"),
        ("own = 'a'", "own must be a list of strings, not 'a'"),
        ("line-prefix = '('", "line-prefix: '(': missing ), unterminated subpattern at position 0"),
        ("full = 'yes'", "full must be true or false, not 'yes'"),
        ("thresholds = 3", 'thresholds must be a table: [thresholds] "DT201.minutes" = 5'),
        ("[thresholds]\n'DT201.points' = 'x'", "thresholds: DT201.points must be a number of 0 or more, not 'x'"),
        ("[thresholds]\n'DT201.points' = -1", "thresholds: DT201.points must be a number of 0 or more, not -1"),
        ("[thresholds]\n'DT403.least_bytes' = 'x'", "DT403.least_bytes must be a size like 64MiB, not 'x'"),
        ("[thresholds]\nDT999.minutes = 1", "thresholds: no rule has a threshold 'DT999.minutes'."),
        ("output = ['sarf:x']", "Did you mean 'sarif'?"),
        ("output = ['json:../out.json']", "'json:../out.json' is not below this folder: say it on the command line"),
        ("output = ['json:/dev/null']", "'json:/dev/null' is not below this folder: say it on the command line"),
        ("source-root = 'none'", "does not exist"),
        ("knowledge = ['none.toml']", "none.toml: No such file or directory"),
        ("baseline = 'none.json'", "`debugtext baseline write` makes one"),
        ("x = [", ".debugtext.toml: "),
        ("ignore = 3", "ignore must be tables: [[ignore]]"),
        ("[[ignore]]\nrul = 'DT1'", "ignore number 1: unknown key 'rul'. Did you mean 'rule'?"),
        ("[[ignore]]\nrule = 'DT1'", "ignore number 1: an ignore must have a reason"),
        (
            "[[ignore]]\nreason = 'r'",
            "ignore number 1: an ignore must name a rule, or a function as top, any or creator",
        ),
        ("[[ignore]]\nrule = 'DT1'\nreason = 'r'\nexpires = '2030-01-01'", "expires must be a date without quotes"),
        ("[[ignore]]\nrule = 3\nreason = 'r'", "ignore number 1: rule must be a string, not 3"),
    ],
)
def test_what_is_no_setting_is_one_line_that_names_its_file(run, project, text, told):
    (project / ".debugtext.toml").write_text(text)
    result = run("check", "job.log")
    assert (result.exit_code, result.stdout) == (2, "")
    [line] = result.stderr.splitlines()
    assert told in line
    assert "toml: " in line or ".json: " in line


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DEBUGTEXT_FAIL_ON", "loud", "DEBUGTEXT_FAIL_ON must be one of error, warning, note, never, not 'loud'"),
        ("DEBUGTEXT_FULL", "maybe", "DEBUGTEXT_FULL must be 1 or 0, not 'maybe'"),
        ("DEBUGTEXT_BASELIN", "x", "in the environment: unknown key 'baselin'. Did you mean 'baseline'?"),
        ("DEBUGTEXT_OUTPUT", "sarif", "DEBUGTEXT_OUTPUT: output: 'sarif': write FORMAT:PATH"),
        ("DEBUGTEXT_THRESHOLDS", "DT201.minutes", "DEBUGTEXT_THRESHOLDS: thresholds: "),
    ],
)  # fmt: skip
def test_a_variable_that_makes_no_sense(run, project, name, value, told):
    result = run("check", "job.log", env={name: value})
    assert result.exit_code == 2
    assert told in result.stderr


def test_no_variable_of_ours_is_taken_for_a_mistyped_key():
    source = Path(debugtext.__file__).parent
    named = {name for path in source.rglob("*.py") for name in re.findall(r'"(DEBUGTEXT_[A-Z_]+)"', path.read_text())}
    assert len(named) > 3
    assert {name for name in named if not _key_of(name)} == OTHER_VARIABLES


def test_variables_of_other_programs_are_theirs(run, project):
    assert run("check", "job.log", env={"DEBUGTEXT_ZZZ": "1"}).exit_code == 1


def test_lists_of_a_variable_are_parted_by_commas(run, project):
    shown = run("config", env={"DEBUGTEXT_OWN": "example.com/a, example.com/b", "DEBUGTEXT_FULL": "1"})
    assert "own           example.com/a, example.com/b  DEBUGTEXT_OWN" in shown.stdout
    assert settings_of(shown)["full"] == ("true", "DEBUGTEXT_FULL")


def ignored(run, project, entry, *arguments):
    (project / ".debugtext.toml").write_text(f"[[ignore]]\nreason = 'see #12'\n{entry}\n")
    return run("check", "job.log", *arguments)


@pytest.mark.parametrize(
    "entry",
    [
        "rule = 'DT102'",
        "rule = 'nil-channel'",
        "rule = 'DT10*'",
        "top = 'main.work'",
        "any = 'main.w*'",
        "created-by = 'main.main'",
        "rule = 'DT102'\ntop = 'main.*'\nexpires = 2099-01-31",
    ],
)
def test_an_ignore_hides_a_finding_but_not_that_it_does(run, project, entry):
    result = ignored(run, project, entry)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("nothing else wrong found in 1 goroutine\nignored: 1 finding (see #12)\n")
    assert "healthy" not in ignored(run, project, entry, "--format", "table").stdout
    markdown = ignored(run, project, entry, "--format", "markdown").stdout
    assert "Ignored: 1 finding." in markdown
    assert "(see &#35;<!-- -->12)" in markdown


def test_an_ignore_that_has_expired_fails_loudly_and_ignores_nothing(run, project):
    result = ignored(run, project, "rule = 'DT102'\nexpires = 2020-01-31")
    assert result.exit_code == 2
    assert result.stdout.startswith("LEAK certain: ")
    assert result.stderr == "debugtext: the ignore of DT102 (see #12) expired on 2020-01-31: renew it or remove it\n"
    assert ignored(run, project, "rule = 'DT9*'\nexpires = 2020-01-31", "--fail-on", "never").exit_code == 2


def test_an_ignore_that_matches_nothing_is_mentioned(run, project):
    result = ignored(run, project, "rule = 'DT102'\ntop = 'main.gone'")
    assert result.exit_code == 1
    assert result.stderr == "debugtext: the ignore of DT102, main.gone (see #12) matches nothing\n"


def test_an_ignore_of_no_rule_says_what_may_be_meant(run, project):
    told = ignored(run, project, "rule = 'stuck-recievers'").stderr
    assert told.endswith("matches nothing: there is no rule 'stuck-recievers'. Did you mean 'stuck-receivers'?\n")


def test_a_baseline_lets_only_new_findings_fail(run, project):
    assert run("baseline", "write", "job.log").stderr == "debugtext: .debugtext-baseline.json: 1 known finding\n"
    known = run("check", "job.log", "--baseline", ".debugtext-baseline.json")
    assert (known.exit_code, "[DT102, known]" in known.stdout) == (0, True)
    (project / "deep" / "job.log").write_text(f"{LEAK}\n{SECOND}")
    both = run("check", "job.log", "--baseline", ".debugtext-baseline.json", "--format", "json")
    assert both.exit_code == 1
    found = {one["functions"][0]: one.get("known", False) for one in json.loads(both.stdout)["findings"]}
    assert found == {"main.work": True, "main.other": False}


def test_a_baseline_is_not_written_of_half_of_the_inputs(run, project):
    told = run("baseline", "write", "job.log", "missing.log").stderr.splitlines()
    assert told[-1] == "debugtext: .debugtext-baseline.json: not written, as it would lack what could not be read"
    assert not (project / "deep" / ".debugtext-baseline.json").exists()


def test_a_baseline_does_not_mind_a_rebuild(run, project):
    run("baseline", "write", "job.log")
    moved = LEAK.replace("main.go:7", "main.go:70").replace("goroutine 7", "goroutine 91").replace("5 min", "90 min")
    (project / "deep" / "job.log").write_text(moved)
    assert run("check", "job.log", "--baseline", ".debugtext-baseline.json").exit_code == 0


def test_what_is_gone_is_absent_in_sarif(run, project):
    run("baseline", "write", "job.log")
    (project / "deep" / "job.log").write_text(SECOND)
    run("check", "job.log", "--baseline", ".debugtext-baseline.json", "-o", "sarif:a.sarif")
    [log] = json.loads((project / "deep" / "a.sarif").read_text())["runs"]
    assert {one["baselineState"] for one in log["results"]} == {"new", "absent"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x", "this is not JSON"),
        ("[]", "not written by `debugtext baseline write` of this version"),
        ('{"debugtext_baseline": 99}', "not written by `debugtext baseline write` of this version"),
        ('{"debugtext_baseline": 1, "findings": [{}]}', "a finding in it has no rule or fingerprint"),
        ("[" * 100_000, "this is not JSON"),
    ],
)
def test_a_file_that_is_no_baseline(run, project, text, told):
    (project / "deep" / "known.json").write_text(text)
    result = run("check", "job.log", "--baseline", "known.json")
    assert (result.exit_code, told in result.stderr) == (2, True)


def test_the_job_s_summary(run, project, monkeypatch):
    """Below what other steps wrote, and never so large that GitHub drops it."""
    summary = project / "summary.md"
    environment = {"GITHUB_STEP_SUMMARY": str(summary)}
    run("check", "job.log", env=environment)
    assert not summary.exists()  # only where annotations are asked for
    run("check", "job.log", "--format", "github", env=environment)
    first = summary.read_text("utf-8")
    run("check", "job.log", "-o", "github:a.txt", env=environment)
    assert summary.read_text("utf-8") == f"{first}\n{first}"
    summary.write_text("x" * ((1 << 20) - 200) + "\n")
    run("check", "job.log", "--format", "github", env=environment)
    assert summary.read_text("utf-8").endswith("1 finding. Too many for a summary: see the annotations and the log.\n")
    assert summary.stat().st_size <= 1 << 20
    summary.write_text("x" * (1 << 20))
    run("check", "job.log", "--format", "github", env=environment)
    assert summary.stat().st_size == 1 << 20


def test_a_log_cannot_command_github_s_runner(run, project):
    """A table or JSON on standard output of a job, too: the runner looks for commands in every line."""
    mean = LEAK.replace("main.work", "main.w##[error]x")
    (project / "deep" / "job.log").write_text(mean)
    for form in ("table", "json", "jsonl", "csv", "gitlab", "junit", "sarif", "markdown", "prometheus"):
        shown = run("check", "job.log", "--format", form, env={"GITHUB_ACTIONS": "true"})
        assert "##[" not in shown.output, form
        assert not any(line.lstrip().startswith("::") for line in shown.output.splitlines()), form
    told = run("check", "job.log", "--format", "json", env={"GITHUB_ACTIONS": "true"}).stdout
    assert json.loads(told)["findings"][0]["functions"][0] == "main.w##[error]x"


def test_a_link_leads_no_output_of_a_file_out_of_the_folder(run, project, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "kept"
    elsewhere.write_text("mine")
    (project / "deep" / "out").symlink_to(elsewhere)
    (project / ".debugtext.toml").write_text("output = ['json:out']")
    assert run("check", "job.log").exit_code == 2
    assert elsewhere.read_text() == "mine"
    assert run("check", "job.log", "-o", "json:out", env={"DEBUGTEXT_CONFIG": ""}).exit_code == 1
    assert elsewhere.read_text() != "mine"


def test_several_outputs_at_once(run, project):
    names = ("json", "jsonl", "csv", "markdown", "github", "gitlab", "junit", "sarif", "prometheus", "table")
    arguments = [part for name in names for part in ("-o", f"{name}:out.{name}")]
    assert run("check", "job.log", *arguments).stdout.startswith("LEAK certain: ")
    for name in names[:-1]:
        assert (project / "deep" / f"out.{name}").read_text("utf-8") == run("check", "job.log", "--format", name).stdout
