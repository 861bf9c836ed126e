"""What others may build on: the names of the package."""

import ast
import inspect
import pkgutil
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import debugtext
import debugtext.records as debugtext_records
from debugtext.records import captures

PUBLIC = """
    Allocation Ancestor AwaitedLock BinaryInputError Capture Certainty Change ContentionProfile ContentionSample
    CountProfile CountSample Crash DebugtextError Difference Elision Finding Forecast Frame FunctionChange Goroutine
    GoroutineDump GoroutineGroup GroupChange Header HeapProfile HeapSample Ignore InputUnavailableError KnownFinding
    Limit Location LockHolder LockPlace LockWaiters MemStats Operation Pace Panic Place Problem RaceAccess
    RaceCreation RaceLocation RaceReport Reading Reason RenderOptions Repeats Report Rule SampleKind Settings
    SettingsError Severity Shape Signal Stack State Subject TestRun Thread TopCall TopRow TopTable Trend
    UnreadableInputError ValueProfile ValueSample Verdict analyze analyze_each compare_two follow info read
    read_url render why
""".split()  # noqa: SIM905 - a list of words reads better as words


def test_the_public_names_are_these():
    """Take one away only with a new major version."""
    assert debugtext.__all__ == PUBLIC
    assert dir(debugtext) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_each_is_there_and_documented(name):
    assert getattr(debugtext, name).__doc__


LOADER = "Details"
"""How a goroutine reads its arguments later: a field of its record that only our formats set."""


def names_in(annotation):
    """The names in an annotation, also in those that are written as strings."""
    for node in ast.walk(ast.parse(annotation)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from names_in(node.value)


@pytest.mark.parametrize("name", [name for name in PUBLIC if inspect.isclass(getattr(debugtext, name))])
def test_the_records_in_public_fields_are_public(name):
    records = {
        record
        for module in pkgutil.iter_modules(debugtext_records.__path__, "debugtext.records.")
        for record, value in vars(import_module(module.name)).items()
        if inspect.isclass(value) and value.__module__ == module.name
    }
    tree = ast.parse(inspect.getsource(getattr(debugtext, name)))
    fields = [node.annotation for node in ast.walk(tree) if isinstance(node, ast.AnnAssign)]
    answers = [node.returns for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.returns]
    named = {part for annotation in (*fields, *answers) for part in names_in(ast.unparse(annotation))}
    assert sorted((named & records) - {*PUBLIC, LOADER}) == []


def test_every_body_of_a_capture_is_public():
    tree = ast.parse(Path(captures.__file__).read_text("utf-8"))
    [body] = [node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and node.targets[0].id == "Body"]
    assert sorted({*names_in(ast.unparse(body))} - {*PUBLIC}) == []


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
