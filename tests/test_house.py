"""The rules of the house that a machine can keep: sizes, names, one-way imports, light start-up."""

import ast
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from dataclasses import is_dataclass
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import debugtext
from debugtext.analyzers.rule import Rule

PACKAGE = Path(debugtext.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS_WITH_NO_NAME = {"utils", "helpers", "common", "core", "base", "models", "misc", "manager"}
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
HEAVY = {"lark", "click", "tabulate", "sqlite3", "asyncio", "http.client", "urllib.request"}

module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())


@module
def test_a_module_is_short_and_opens_with_a_sentence(path):
    text = path.read_text("utf-8")
    assert text.count("\n") <= MOST_LINES_OF_A_FILE
    first_line = (ast.get_docstring(ast.parse(text)) or "").split("\n")[0]
    assert first_line, "no docstring"
    assert first_line.endswith((".", ":", "?"))


@module
def test_functions_are_short(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < MOST_LINES_OF_A_FUNCTION, node.name


def test_every_room_has_a_name():
    assert len(MODULES) > 50
    assert [path for path in MODULES if {path.stem.strip("_"), path.parent.name} & ROOMS_WITH_NO_NAME] == []


def test_imports_go_one_way(root, tmp_path):
    """The contracts stand in pyproject.toml; import-linter checks them."""
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("import-linter is not installed: pip install -e '.[test]'")
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    config = ["--config", str(root / "pyproject.toml"), "--no-cache"]
    result = subprocess.run([program, *config], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_module_imports_itself_in_a_circle():
    """Imports inside of functions count too, and those for types alone."""
    names = {".".join((PACKAGE.name, *path.relative_to(PACKAGE).with_suffix("").parts)): path for path in MODULES}
    names = {name.removesuffix(".__init__"): path for name, path in names.items()}
    graph: dict[str, set[str]] = {}
    for name, path in names.items():
        imported = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
        inside = {f"{node.module}.{alias.name}" for node in imported for alias in node.names}
        graph[name] = {one for one in inside | {node.module for node in imported} if one in names and one != name}
    graph.pop(PACKAGE.name)  # its public names are imported when first used
    assert sum(map(len, graph.values())) > len(MODULES)
    TopologicalSorter(graph).prepare()


def loaded_by(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-I", "-c", program], text=True).split())


def test_to_import_the_library_imports_nothing_heavy():
    assert loaded_by("import debugtext; debugtext.read; debugtext.analyze") & HEAVY == set()


def test_a_dump_of_known_shape_is_read_without_the_network_or_a_table(samples):
    path = samples / "dump" / "idle-pool-go1.26.txt"
    loaded = loaded_by(f"import debugtext, pathlib; debugtext.read(pathlib.Path({str(path)!r}))")
    assert loaded & (HEAVY - {"lark"}) == set()


def test_the_public_names_are_there_and_say_what_they_are_for():
    assert debugtext.__all__ == sorted(debugtext.__all__)
    for name in debugtext.__all__:
        assert (getattr(debugtext, name).__doc__ or "").strip(), name
    with pytest.raises(AttributeError):
        debugtext.no_such_name  # noqa: B018


def test_the_records_are_frozen_and_slotted():
    classes = [getattr(debugtext, name) for name in debugtext.__all__]
    records = [one for one in classes if one.__module__.startswith("debugtext.records.") and is_dataclass(one)]
    assert len(records) > 20
    assert [one for one in records if not (one.__dataclass_params__.frozen and "__slots__" in vars(one))] == []


def modules_of(room: str) -> list[ModuleType]:
    folder = import_module(f"debugtext.{room}")
    names = [found.name for found in pkgutil.walk_packages(folder.__path__, f"debugtext.{room}.")]
    assert len(names) > 5
    return [import_module(name) for name in names]


def test_every_format_is_on_the_list():
    readers = [one.__name__.partition("formats.")[2] for one in modules_of("formats") if hasattr(one, "recognizes")]
    formats = import_module("debugtext.formats")
    assert sorted(readers) == sorted(one.module for one in (*formats.FORMATS, formats.HEADLESS))


def test_every_rule_is_on_the_list():
    offered = {
        one
        for place in modules_of("analyzers")
        for one in vars(place).values()
        if isinstance(one, type) and issubclass(one, Rule) and hasattr(one, "id")
    }
    listed = import_module("debugtext.analyzers").RULES
    assert offered == {one if isinstance(one, type) else type(one) for one in listed}
    assert len({one.id for one in listed}) == len(listed)


def test_what_a_user_reads_names_no_machine(root):
    """Documents and code are for everybody: no home folders, nobody's e-mail address."""
    private = re.compile(r"/(?:home|Users|root)/[a-z]|[\w.]+@[\w-]+\.(?:com|org|net|io)\b")
    documents = [*root.glob("*.md"), *(root / "docs").rglob("*.md"), root / "pyproject.toml", *MODULES]
    found = {path.name: match[0] for path in documents if (match := private.search(path.read_text("utf-8")))}
    assert found == {}
