"""What all tests share: where samples and captures lie, who may skip, and how golden files are renewed."""

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
NO_SKIP = bool(os.environ.get("DEBUGTEXT_NO_SKIP") or os.environ.get("CI"))

# A shell that starts CI in the background has its children ignore Ctrl-C, which some tests send.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is no reason to fail, and the same answer comes twice; DEBUGTEXT_EXPLORE=1 tries other examples.
settings.register_profile("house", deadline=None, derandomize=not os.environ.get("DEBUGTEXT_EXPLORE"))
settings.load_profile("house")


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write what was read to tests/golden/")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """In CI, a test that did not run is a test that failed."""
    report = yield
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """… and so is a file of tests that was skipped as a whole."""
    report = yield
    if NO_SKIP and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout: pyproject.toml, README.md, samples/ and tests/ (in CI once without the package itself)."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The samples, a folder for each kind of text."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the captures that are too large to be part of the project: beside the checkout, or as told."""
    folder = Path(os.environ.get("DEBUGTEXT_SHARED") or ROOT.parent / "shared")
    if not (folder / "corpus" / "manifest.json").is_file():
        pytest.skip("no shared captures: neither ../shared beside the checkout nor DEBUGTEXT_SHARED")
    return folder


@pytest.fixture(scope="session")
def corpus(shared) -> Path:
    """The captures with a ground truth, and their manifest.json."""
    return shared / "corpus"


@pytest.fixture(scope="session")
def command() -> str:
    """The installed command, as a shell would find it beside this Python."""
    found = shutil.which("debugtext", path=str(Path(sys.executable).parent)) or shutil.which("debugtext")
    if found is None:
        pytest.skip("the command debugtext is not installed: pip install -e '.[test]'")
    return found


@pytest.fixture(scope="session")
def update_golden(pytestconfig) -> bool:
    """Whether the golden files are to be written instead of compared."""
    return bool(pytestconfig.getoption("--update-golden"))
