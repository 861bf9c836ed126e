"""What others may build on: the names of the package."""

import ast
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import debugtext

PUBLIC = """
    Allocation Ancestor Capture Certainty Change ContentionProfile ContentionSample CountProfile CountSample Crash
    DebugtextError Elision Finding Frame Goroutine GoroutineDump GoroutineGroup Header HeapProfile HeapSample Ignore
    InputUnavailableError Location MemStats Panic Problem RaceAccess RaceCreation RaceReport Reading Reason
    RenderOptions Report Rule SampleKind Settings SettingsError Severity Signal Stack State Subject TestRun Trend
    UnreadableInputError Verdict analyze analyze_each read read_url render
""".split()  # noqa: SIM905 - a list of words reads better as words


def test_the_public_names_are_these():
    """Take one away only with a new major version."""
    assert debugtext.__all__ == PUBLIC
    assert dir(debugtext) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_each_is_there_and_documented(name):
    assert getattr(debugtext, name).__doc__


def test_no_other_name_is_there():
    with pytest.raises(AttributeError, match="module 'debugtext' has no attribute 'nonsense'"):
        debugtext.nonsense  # noqa: B018


def test_what_type_checkers_see_is_what_there_is():
    tree = ast.parse(Path(debugtext.__file__).read_text("utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    assert sorted(alias.name for node in guarded.body for alias in node.names) == sorted(PUBLIC)


def test_importing_the_package_imports_nothing_else():
    code = "import sys, debugtext; print(*(m for m in sys.modules if m.startswith('debugtext') or m == 'dataclasses'))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "debugtext\n"
    )


def test_the_version_is_that_of_the_distribution():
    assert debugtext.__version__ == version("debugtext")


def test_a_text_becomes_a_report_in_three_calls():
    reading = debugtext.read(
        "goroutine 7 [chan receive (nil chan)]:\nmain.main()\n\t/src/main.go:7 +0x1\n", name="example"
    )
    report = debugtext.analyze([reading])
    assert report.findings[0].certainty is debugtext.Certainty.CERTAIN
    assert debugtext.render(report).startswith("LEAK certain: ")
    assert debugtext.render(report, "json").startswith('{\n  "schema_version": 1,')
    with pytest.raises(debugtext.SettingsError, match="no output format 'nonsense'"):
        debugtext.render(report, "nonsense")
