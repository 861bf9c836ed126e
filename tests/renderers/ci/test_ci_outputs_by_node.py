"""Outputs for CI read by what their makers publish for Node: Microsoft's SARIF tool, GitHub's own commands, types.

Needs `npm install @microsoft/sarif-multitool @actions/core codeclimate-types typescript` in some folder, and
DEBUGTEXT_NODE_MODULES to name its `node_modules`.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import debugtext
from debugtext import render
from debugtext.records.captures import Problem, Reading
from debugtext.records.findings import Certainty, Finding, KnownFinding, Location, Severity, Verdict
from debugtext.records.frames import Frame, Stack
from debugtext.records.reports import Report
from debugtext.renderers.finding_text import ci_place, details, heading, short_heading

MEAN = (
    "::error::x", "\n::error file=a::x", "]]>", "<b>a|b`c`</b>", "50%, a: b%0A%2C", "\x1b[2J\x00\u202e\udc80", '\\"',
    "[a](http://a.example)", "C:\\src\\a b.go", "ünï/cödé.go", "a{0}b{{c}}", "../../../etc/passwd",
    "//server/share/a.go",
)  # fmt: skip
SAMPLES = ("crash/test-hang-go1.27.txt", "dump/chan-send-go1.27.txt", "heap/map-grow-go1.27-2.txt")


@pytest.fixture(scope="module")
def modules():
    folder = Path(os.environ.get("DEBUGTEXT_NODE_MODULES", ""))
    if not (folder / "@actions" / "core").is_dir() or shutil.which("node") is None:
        pytest.skip("DEBUGTEXT_NODE_MODULES names no folder with the packages")
    return folder


def finding(text, **fields):
    stack = Stack((Frame(text, text, 3),), created_by=Frame("main.main", "/src/main.go", 7))
    return Finding(
        "DT201", "stuck-senders", Verdict.LEAK, Certainty.LIKELY, Severity.WARNING, f"stuck in {text}", (text,),
        Location(text, 7), 3, text, 5, {"reason": text}, text, stack, **fields,
    )  # fmt: skip


def hostile():
    found = (
        *(finding(text) for text in MEAN),
        *(finding(text, source=Location(text, 9), known=True) for text in MEAN),
    )
    problems = tuple(Problem(3, text, text, text) for text in MEAN)
    suppressed = tuple(finding(text, reason=text) for text in MEAN)
    absent = (KnownFinding("DT201", "ab", "gone"),)
    return Report((Reading("job.log", (), problems),), found, suppressed=suppressed, absent=absent)


@pytest.fixture(scope="module")
def written(samples, tmp_path_factory):
    """A folder with the reports of samples and of mean texts."""
    folder = tmp_path_factory.mktemp("reports")
    found = {Path(name).stem: debugtext.analyze([debugtext.read(samples / name)]) for name in SAMPLES}
    found |= {"hostile": hostile(), "healthy": Report((Reading("a.log", ()),))}
    for name, report in found.items():
        for form in ("sarif", "gitlab", "github"):
            (folder / f"{name}.{form}").write_text(render(report, form), "utf-8")
    return folder


def test_microsoft_s_multitool_finds_no_fault(modules, written):
    tool = modules / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    if not tool.is_file():
        pytest.skip("the tool of another system")
    tool.chmod(0o755)
    rules = "Sarif;Ghas;Gh"
    program = [tool, "validate", written / "*.sarif", "--level", "Error;Warning;Note", "--rule-kind", rules]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    said = subprocess.run(program, env=environment, capture_output=True, text=True).stdout
    assert f"{len(list(written.glob('*.sarif')))} files scanned" in said, said
    faults = {line for line in said.splitlines() if re.search(r": (error|warning) (?!SARIF2005)", line)}
    assert faults == set()  # SARIF2005 asks for the address of the project, which has none
    assert "SARIF2012" in said  # it did look: of rules without an address it says so


def test_github_s_own_library_writes_the_same_commands(modules, tmp_path):
    findings = [finding(text, source=Location(text, 9)) for text in MEAN if text.strip()][:10]
    asked = [
        {
            "properties": {"file": ci_place(one)[0], "line": ci_place(one)[1], "title": short_heading(one)},
            "message": "\n".join([heading(one), *details(one)]),
        }
        for one in findings
    ]
    (tmp_path / "asked.json").write_text(json.dumps(asked), "utf-8")
    script = tmp_path / "say.mjs"
    script.write_text(
        f"""
        import {{ readFileSync }} from "node:fs";
        import {{ issueCommand }} from {json.dumps((modules / "@actions/core/lib/command.js").resolve().as_uri())};
        for (const one of JSON.parse(readFileSync("asked.json", "utf8")))
            issueCommand("warning", one.properties, one.message);
        """
    )
    said = subprocess.run(["node", script], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True)
    assert render(Report((), tuple(findings)), "github") == said.stdout


def test_gitlab_s_issues_are_those_of_code_climate_s_types(modules, written):
    """TypeScript's compiler refuses a key or value that Code Climate's issues do not have."""
    compiler = [modules / ".bin" / "tsc", "--noEmit", "--strict", "--skipLibCheck"]
    (written / "node_modules").symlink_to(modules)
    for path in sorted(written.glob("*.gitlab")):
        source = path.with_suffix(".ts")
        issues = path.read_text("utf-8")
        source.write_text(
            f'import type {{ Issue }} from "codeclimate-types";\nexport const issues: Issue[] = {issues};\n'
        )
    result = subprocess.run([*compiler, *written.glob("*.ts")], cwd=written, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "")
    source.write_text(source.read_text("utf-8").replace('"severity"', '"sevrity"').replace("= []", '= [{"a": 1}]'))
    assert subprocess.run([*compiler, source], cwd=written, capture_output=True).returncode != 0
