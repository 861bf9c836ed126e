"""A visit to a server: its texts at rest, under load and after it, each kept as a file."""

import http.client
import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from .entries import Server
from .fetch import Package
from .load import Traffic, loaded
from .run import UNTRUSTED, InterruptedVisitError, NotStartedError, Running, pause, started

KINDS = {
    "goroutine1": "goroutine?debug=1",
    "goroutine2": "goroutine?debug=2",
    "heap": "heap?debug=1",
    "allocs": "allocs?debug=1",
    "block": "block?debug=1",
    "mutex": "mutex?debug=1",
    "threadcreate": "threadcreate?debug=1",
}
LOG = "log"
"""What the server wrote: all of it is a text too, and with SIGQUIT the only one."""
EARLY_SECONDS = (0, 20, 40)
"""When the first texts at rest are taken; the last one comes when ages are told: from the first minute on."""
LOADED_TEXTS = 3
AFTER_SECONDS = 10


@dataclass(slots=True)
class About:
    """What is known of a visit besides its texts."""

    name: str
    version: str
    why_not: str = ""
    traffic: str = ""
    without: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Keeps it beside the texts."""
        (folder / "about.json").write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")


@dataclass(frozen=True, slots=True)
class Turns:
    """How many servers start, and are loaded, at the same time; those at rest only wait."""

    starting: threading.Semaphore
    loading: threading.Semaphore
    rest_seconds: float
    load_seconds: float

    @property
    def at_rest(self) -> tuple[float, ...]:
        """When the texts at rest are taken, in seconds after the start."""
        return (*(seconds for seconds in EARLY_SECONDS if seconds < self.rest_seconds), self.rest_seconds)


def visit(server: Server, packages: Sequence[Package], folder: Path, work: Path, turns: Turns) -> About:
    """Takes all texts of a server into a folder; says why where it could not."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    about = About(server.name, packages[0].version)
    home = work / server.name
    try:
        (visit_pprof if server.pprof else visit_with_signal)(server, packages, folder, home, turns, about)
    except NotStartedError as reason:
        about.why_not = str(reason)
    except InterruptedVisitError:
        about.why_not = "interrupted"
    except Exception as error:  # noqa: BLE001 - of one server; the others go on
        about.why_not = f"{type(error).__name__}: {error}"
    finally:
        if about.why_not:
            for number, log in enumerate(sorted(home.rglob("log.txt")), 1):
                shutil.copyfile(log, folder / f"not-visited-{number}.txt")
        shutil.rmtree(home, ignore_errors=True)
        about.write(folder)
    return about


def visit_pprof(
    server: Server, packages: Sequence[Package], folder: Path, home: Path, turns: Turns, about: About
) -> None:
    """One process: four times at rest, three times under load, once after it, and its last words."""
    with up(server, packages, home, turns) as running:
        begin = time.monotonic()
        try:
            for number, seconds in enumerate(turns.at_rest, 1):
                pause(begin + seconds - time.monotonic())
                take(running, folder, f"rest-{number}", about)
            with turns.loading, loaded(running) as traffic:
                for number in range(1, LOADED_TEXTS + 1):
                    pause(turns.load_seconds / LOADED_TEXTS)
                    take(running, folder, f"load-{number}", about)
            note(about, traffic)
            pause(AFTER_SECONDS)
            take(running, folder, "after-1", about)
            running.quit()
        finally:
            keep_log(running, folder, "after-1")


def visit_with_signal(
    server: Server, packages: Sequence[Package], folder: Path, home: Path, turns: Turns, about: About
) -> None:
    """Three processes, as each prints its goroutines but once: just started, under load, and after a long rest."""
    for phase in ("start-1", "load-1", "rest-1"):
        with up(server, packages, home / phase, turns) as running:
            try:
                if phase == "load-1":
                    with turns.loading, loaded(running) as traffic:
                        pause(turns.load_seconds)
                        running.quit()
                    note(about, traffic)
                else:
                    pause(turns.rest_seconds if phase == "rest-1" else 2)
                    running.quit()
            finally:
                keep_log(running, folder, phase)


@contextmanager
def up(server: Server, packages: Sequence[Package], home: Path, turns: Turns) -> Iterator[Running]:
    """The server, started when it is its turn."""
    turns.starting.acquire()
    waiting = True
    try:
        with started(server, packages, home) as running:
            turns.starting.release()
            waiting = False
            yield running
    finally:
        if waiting:
            turns.starting.release()


def note(about: About, traffic: Traffic) -> None:
    """Keeps what the clients saw: a load that reached nobody was none."""
    counts = {"connections": traffic.connections, "runs": traffic.runs, "datagrams": traffic.sent}
    told = [f"{count:,} {word}" for word, count in counts.items() if count]
    about.traffic = ", ".join([*told, f"{traffic.received_bytes // 1024:,} KiB received"]) if told else "none"


def keep_log(running: Running, folder: Path, moment: str) -> None:
    """What the server has written so far."""
    shutil.copyfile(running.log, folder / f"{moment}.{LOG}.txt")


def take(running: Running, folder: Path, moment: str, about: About) -> None:
    """Every text of one moment; what the server does not have is noted once."""
    running.require_alive()
    for kind, query in KINDS.items():
        status, content = get(f"{running.filled(running.server.pprof)}/{query}")
        if status == 200:
            (folder / f"{moment}.{kind}.txt").write_bytes(content)
        elif (told := f"{kind}: status {status}") not in about.without:
            about.without.append(told)


def get(url: str) -> tuple[int, bytes]:
    """The status and the body of an answer; `unix:/path/of.sock:/debug/pprof/…` asks a socket."""
    if url.startswith("unix:"):
        path, _, query = url.removeprefix("unix:").partition(":")
        connection: http.client.HTTPConnection = Unix(path)
    else:
        parts = urlsplit(url)
        query = f"{parts.path}?{parts.query}"
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(parts.netloc, timeout=60, context=UNTRUSTED)
        else:
            connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    try:
        connection.request("GET", query)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


class Unix(http.client.HTTPConnection):
    """HTTP over a socket in the file system."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)
