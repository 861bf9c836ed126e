"""The wheel as a user gets it: built, installed into a fresh environment, run from another folder."""

import os
import re
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path, PurePosixPath

import pytest

import debugtext

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="session")
def wheel(root, tmp_path_factory) -> Path:
    """The wheel that is built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    if not (root / "debugtext").is_dir():
        pytest.skip("no package to build: these are the tests of an installed wheel")
    arguments = ["wheel", "-q", "--no-deps", "--wheel-dir", str(folder), str(root)]
    subprocess.run([sys.executable, "-m", "pip", *arguments], check=True, cwd=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def names(wheel) -> list[PurePosixPath]:
    with zipfile.ZipFile(wheel) as archive:
        return [PurePosixPath(name) for name in archive.namelist()]


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory) -> Path:
    """The Python of a fresh environment in which there is the wheel and what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([str(python), "-m", "pip", "install", "-q", str(wheel)], check=True)
    return python


def run(program, *arguments, cwd, **options) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(program), *arguments], cwd=cwd, env=clean, capture_output=True, text=True, encoding="utf-8", **options
    )


def test_one_package_and_its_metadata_are_all_that_is_installed(names):
    assert {name.parts[0].partition("-")[0] for name in names} == {"debugtext"}
    assert [name for name in names if "tests" in name.parts or "samples" in name.parts] == []


def test_the_grammars_are_inside(names, root):
    shipped = {name.name for name in names if name.parent == PurePosixPath("debugtext/grammars")}
    assert shipped == {path.name for path in (root / "grammars").iterdir()}
    assert "dump.lark" in shipped


def test_the_data_files_and_the_mark_of_typing_are_inside(names, root):
    package = root / "debugtext"
    data = {path.relative_to(root).as_posix() for path in package.rglob("*.toml")} | {"debugtext/py.typed"}
    assert data <= {name.as_posix() for name in names}


def test_the_metadata_ask_for_three_packages_and_no_others(wheel):
    with zipfile.ZipFile(wheel) as archive:
        [metadata] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        message = message_from_string(archive.read(metadata).decode())
    assert message["Version"] == debugtext.__version__
    assert message["License-Expression"] == "Apache-2.0"
    assert {re.split(r"[<>=]", name)[0] for name in message.get_all("Requires-Dist") if "extra ==" not in name} == {
        "lark",
        "click",
        "tabulate",
    }


def test_the_command_runs_from_another_folder(installed, samples, tmp_path):
    command = installed.with_name("debugtext.exe" if os.name == "nt" else "debugtext")
    for arguments, expected in (
        (["goroutine", "--format", "table", str(samples / "goroutine" / "chan-send-go1.27.txt")], "fetch.First.func1"),
        (["heap", str(samples / "heap" / "map-grow-go1.27-2.txt")], "store.(*Sessions).Create"),
        (["check", "--fail-on", "never", str(samples / "crash" / "nil-deref-go1.27.txt")], "main.load"),
    ):
        result = run(command, *arguments, cwd=tmp_path)
        assert (result.returncode, result.stderr) == (0, "")
        assert expected in result.stdout


def test_the_library_reads_and_is_not_the_checkout_s(installed, samples, root, tmp_path):
    program = """
import pathlib, sys, debugtext
reading = debugtext.read(pathlib.Path(sys.argv[1]))
print(reading.captures[0].goroutines)
print(debugtext.__file__)
"""
    result = run(installed, "-c", program, str(samples / "dump" / "chan-send-go1.27.txt"), cwd=tmp_path, check=True)
    goroutines, home = result.stdout.splitlines()
    assert int(goroutines) > 30
    assert root not in Path(home).parents
