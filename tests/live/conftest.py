"""Real programs for the live tests: built by the Go on this machine, served on a free port, stopped by their id."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

LEAK_DETECTOR_BY_EXPERIMENT = (1, 26)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.live)


@pytest.fixture(scope="session")
def go() -> str:
    """The Go command, which must be able to build without the network."""
    found = shutil.which("go")
    if found is None:
        pytest.skip("no Go on this machine")
    return found


@pytest.fixture(scope="session")
def go_environment(go, tmp_path_factory) -> dict[str, str]:
    """Offline, with the Go that is here; Go 1.26 has the leak detector as an experiment."""
    environment = {**os.environ, "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOFLAGS": "", "GOWORK": "off"}
    environment.pop("GODEBUG", None)
    environment.pop("GOTRACEBACK", None)
    if "HOME" not in environment and sys.platform != "win32":
        environment["GOCACHE"] = str(tmp_path_factory.mktemp("gocache"))
    version = subprocess.check_output([go, "env", "GOVERSION"], env=environment, text=True)
    numbers = tuple(map(int, re.findall(r"\d+", version)[:2]))
    environment["DEBUGTEXT_GO"] = ".".join(map(str, numbers))
    if numbers == LEAK_DETECTOR_BY_EXPERIMENT:
        environment["GOEXPERIMENT"] = "goroutineleakprofile"
    return environment


@pytest.fixture(scope="session")
def source(root, go_environment, tmp_path_factory):
    """Copies one of the programs of samples/ to where it can be built, with its go.mod."""

    def copied(program: str) -> Path:
        folder = tmp_path_factory.mktemp(program) / program
        shutil.copytree(root / "samples" / "programs" / program, folder)
        template = (folder / "go.mod.tmpl").read_text("utf-8")
        (folder / "go.mod").write_text(template.replace("@GO@", go_environment["DEBUGTEXT_GO"]), "utf-8")
        return folder

    return copied


@pytest.fixture(scope="session")
def build(go, go_environment, source):
    """Builds one of the programs of samples/, and gives the binary."""

    def built(program: str) -> Path:
        folder = source(program)
        binary = folder / f"{program}.exe"
        subprocess.run([go, "build", "-o", binary, "."], cwd=folder, env=go_environment, check=True)
        return binary

    return built


@pytest.fixture(scope="session")
def serve():
    """Starts a server and gives the process; stops that process, and no other, at the end."""

    @contextmanager
    def served(*arguments, ready=None, **options):
        with subprocess.Popen([*map(str, arguments)], text=True, **options) as process:
            try:
                if ready is not None:
                    wait_until(lambda: ready(process), process)
                yield process
            finally:
                process.kill()

    return served


def wait_until(ready, process, seconds=30):
    deadline = time.monotonic() + seconds
    while not ready():
        assert process.poll() is None, f"the server ended with {process.returncode}"
        assert time.monotonic() < deadline, f"the server was not ready after {seconds} seconds"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def probe_binary(build) -> Path:
    return build("probe")


@pytest.fixture(scope="module")
def probe(probe_binary, serve) -> str:
    """The URL of a server with a little of every trouble (samples/programs/probe), one a file: some tests grow it."""
    with serve(probe_binary, stdout=subprocess.PIPE) as process:
        address = process.stdout.readline().strip()
        assert address, "the probe printed no address"
        yield f"http://{address}"


@pytest.fixture(scope="session")
def curl():
    """Fetches a URL as a user would; the bytes of the answer."""
    found = shutil.which("curl")
    if found is None:
        pytest.skip("no curl on this machine")

    def fetched(url: str) -> bytes:
        return subprocess.run([found, "--silent", "--show-error", url], check=True, capture_output=True).stdout

    fetched.program = found
    return fetched


@pytest.fixture(scope="session")
def piped(curl, command):
    """`curl -s URL | debugtext …`, through a real pipe."""

    def run(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        with subprocess.Popen([curl.program, "--silent", "--show-error", url], stdout=subprocess.PIPE) as fetching:
            return subprocess.run(
                [command, *arguments], stdin=fetching.stdout, capture_output=True, text=True, encoding="utf-8"
            )

    return run


@pytest.fixture(scope="session")
def piped_json(piped):
    """The same with `--format json`: the exit code and the document."""

    def run(url: str, *arguments: str) -> tuple[int, dict]:
        result = piped(url, *arguments, "--format", "json")
        assert result.stdout, result.stderr
        return result.returncode, json.loads(result.stdout)

    return run


@pytest.fixture(scope="session")
def quit_signal():
    """The signal on which Go prints all goroutines and ends."""
    if not hasattr(signal, "SIGQUIT"):
        pytest.skip("this system has no SIGQUIT")
    return signal.SIGQUIT


@pytest.fixture(scope="session")
def run_json(command):
    """`debugtext … --format json` without a pipe: the exit code and the document."""

    def run(*arguments: str, stdin: bytes | None = None) -> tuple[int, dict]:
        result = subprocess.run([command, *arguments, "--format", "json"], input=stdin or b"", capture_output=True)
        assert result.stdout, result.stderr.decode()
        return result.returncode, json.loads(result.stdout)

    return run
