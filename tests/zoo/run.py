"""Starts a server on this machine alone, waits until it is up, and stops it by its own id."""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .entries import Server, fill
from .fetch import Package
from .ports import free_port, open_to_all

READY_SECONDS = 60
END_SECONDS = 15
PLACES = ("usr/sbin", "usr/bin", "sbin", "bin")
LIBRARIES = ("usr/lib", "usr/lib/*-linux-gnu*", "lib/*-linux-gnu*")
UNTRUSTED = ssl.create_default_context()
UNTRUSTED.check_hostname = False
UNTRUSTED.verify_mode = ssl.CERT_NONE

LOUD = re.compile(r"error|fatal|panic|unknown|cannot|refused", re.IGNORECASE)

stopping = threading.Event()


class NotStartedError(Exception):
    """A server that could not be started, with the reason."""


class InterruptedVisitError(Exception):
    """The whole run is ending."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that is up."""

    server: Server
    process: subprocess.Popen[bytes]
    values: Mapping[str, str]
    environment: Mapping[str, str]
    log: Path

    def filled(self, text: str) -> str:
        """A text of the entry with this run's ports and folders."""
        return fill(text, self.values)

    def require_alive(self) -> None:
        """Raises NotStartedError where the server has ended by itself."""
        if (status := self.process.poll()) is not None:
            raise NotStartedError(f"it ended with {status}: {last_words(self.log)}")

    def quit(self) -> None:
        """Has the server print all its goroutines and end, as SIGQUIT does with Go's programs."""
        self.require_alive()
        os.kill(self.process.pid, signal.Signals[self.server.signal])
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            raise NotStartedError(f"it does not end on {self.server.signal}") from None
        if b"\ngoroutine " not in self.log.read_bytes():
            raise NotStartedError(f"it prints no goroutines on {self.server.signal}")


def pause(seconds: float) -> None:
    """Sleeps, unless the whole run is ending."""
    if stopping.wait(max(seconds, 0)):
        raise InterruptedVisitError


def last_words(log: Path) -> str:
    """The last line of a log that tells of trouble, or says anything."""
    lines = [line.strip() for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    loud = [line for line in lines if LOUD.search(line)]
    return [*lines, *loud][-1][:200] if lines else "it said nothing"


@contextmanager
def started(server: Server, packages: Sequence[Package], home: Path) -> Iterator[Running]:
    """The server, up; whatever happens it is stopped, by its id, and no other."""
    data = home / "data"
    data.mkdir(parents=True)
    values = {name: str(free_port()) for name in server.placeholders() if name.startswith("port")}
    values |= {"data": str(data), "tree": str(packages[0].tree)}
    environment = {**surroundings(packages, data), **{name: fill(text, values) for name, text in server.environment}}
    for name, content in server.files:
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fill(content, values), "utf-8")
    log = home / "log.txt"
    if server.prepare:
        command = ["sh", "-ec", fill(server.prepare, values)]
        done = subprocess.run(command, cwd=data, env=environment, capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise NotStartedError(f"not prepared: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
    with log.open("wb") as written:
        process = launched(server, values, environment, data, written)
        try:
            running = Running(server, process, values, environment, log)
            wait_until_ready(running)
            yield running
        finally:
            end(process)


def surroundings(packages: Sequence[Package], data: Path) -> dict[str, str]:
    """The environment: the packages' programs and libraries first, a home of its own, no proxy, all goroutines."""
    places = [str(package.tree / place) for package in packages for place in PLACES]
    libraries = [str(path) for package in packages for place in LIBRARIES for path in package.tree.glob(place)]
    path = os.pathsep.join([*places, os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    home = {name: str(data) for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")}
    return {**home, "PATH": path, "LD_LIBRARY_PATH": os.pathsep.join(libraries), "GOTRACEBACK": "all", "LC_ALL": "C"}


def launched(server: Server, values: Mapping[str, str], environment: Mapping[str, str], data: Path, log):
    """The process of the server's command."""
    command = [fill(part, values) for part in server.command]
    program = shutil.which(command[0], path=environment["PATH"])
    if program is None:
        raise NotStartedError(f"no program {command[0]} in its packages")
    return subprocess.Popen(
        [program, *command[1:]],
        cwd=data,
        env=dict(environment),
        stdin=subprocess.PIPE,  # some end with their input
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is for us: we end it
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Stops the process: asked first, then made to."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
    if process.stdin:
        process.stdin.close()


def wait_until_ready(running: Running) -> None:
    """Returns when the server is up, and on 127.0.0.1 alone; raises NotStartedError else."""
    deadline = time.monotonic() + READY_SECONDS
    how = running.filled(running.server.ready)
    while not is_ready(how, running.log):
        running.require_alive()
        if time.monotonic() > deadline:
            raise NotStartedError(f"not up after {READY_SECONDS} s: {last_words(running.log)}")
        pause(0.2)
    pause(1)
    running.require_alive()
    if ports := open_to_all(running.process.pid):
        raise NotStartedError(f"it listens for other machines too: port {', '.join(map(str, ports))}")


def is_ready(how: str, log: Path) -> bool:
    """Whether what the entry calls ready is so."""
    scheme, _, where = how.partition(":")
    try:
        if scheme in {"http", "https"}:
            with urllib.request.urlopen(how, timeout=2, context=UNTRUSTED if scheme == "https" else None):
                return True
        if scheme == "log":
            return where in log.read_text("utf-8", "replace")
        if scheme == "soon":
            return True
        connect(how).close()
    except urllib.error.HTTPError:
        return True  # it answers
    except (OSError, ValueError):
        return False
    return True


def connect(address: str) -> socket.socket:
    """A connection to tcp://host:port or unix:path."""
    scheme, _, where = address.partition(":")
    if scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(5)
        try:
            connection.connect(where)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = where.removeprefix("//").partition(":")
    return socket.create_connection((host, int(port)), 5)
