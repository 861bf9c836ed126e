"""The entries of servers.toml: what to fetch, how to start it, where its texts are, which load it gets."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

SERVERS = Path(__file__).with_name("servers.toml")
PLACEHOLDER = re.compile(r"\{(port[2-9]?|data|tree)\}")
LOADS = ("get", "stream", "say", "datagram", "run")
READY = ("http://", "https://", "tcp://", "unix:", "log:", "soon")


class EntryError(Exception):
    """An entry of servers.toml that makes no sense, in words for its author."""


@dataclass(frozen=True, slots=True)
class Load:
    """Clients of one kind: they get a URL, read a stream for ever, say lines, send datagrams, or run a command."""

    kind: str
    target: str | tuple[str, ...]
    text: str = ""
    again: str = ""
    method: str = "GET"
    clients: int = 40


@dataclass(frozen=True, slots=True)
class Expected:
    """What is rightly told of a server that is not healthy, and why."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Server:
    """One server; where a text has {port}, {port2}, {data} or {tree}, the run fills it in."""

    name: str
    packages: tuple[str, ...]
    command: tuple[str, ...]
    ready: str
    pprof: str = ""
    why_no_pprof: str = ""
    load: tuple[Load, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    prepare: str = ""
    signal: str = "SIGQUIT"
    note: str = ""
    expected: tuple[Expected, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """Every text of the entry in which a placeholder may stand."""
        targets = [one for load in self.load for one in ((load.target,) if load.kind != "run" else load.target)]
        said = [text for load in self.load for text in (load.text, load.again)]
        written = [content for _, content in (*self.files, *self.environment)]
        return (*self.command, self.ready, self.pprof, self.prepare, *targets, *said, *written)

    def placeholders(self) -> frozenset[str]:
        """The names of what the run is to fill in."""
        return frozenset(name for text in self.texts() for name in PLACEHOLDER.findall(text))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A server that Debian has and the zoo has not, and why."""

    name: str
    why: str


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled in; every other brace stays, as configurations are full of them."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], text)


def read_servers(path: Path = SERVERS) -> tuple[tuple[Server, ...], tuple[LeftOut, ...]]:
    """All servers and those left out. Raises EntryError where an entry makes no sense."""
    document = tomllib.loads(path.read_text("utf-8"))
    servers = tuple(server_of(table) for table in document["server"])
    left_out = tuple(LeftOut(**table) for table in document.get("left-out", ()))
    names = [one.name for one in (*servers, *left_out)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise EntryError(f"named twice: {', '.join(twice)}")
    return servers, left_out


def server_of(table: Mapping[str, Any]) -> Server:
    """One entry as a record."""
    name = str(table.get("name", "?"))
    known = {field.name for field in fields(Server)}
    if unknown := sorted(set(table) - known):
        raise EntryError(f"{name}: unknown {', '.join(unknown)}")
    if missing := sorted({"name", "packages", "command", "ready"} - set(table)):
        raise EntryError(f"{name}: no {', '.join(missing)}")
    server = Server(
        **{
            **table,
            "packages": tuple(table["packages"]),
            "command": tuple(table["command"]),
            "load": tuple(load_of(name, one) for one in table.get("load", ())),
            "files": tuple(table.get("files", {}).items()),
            "environment": tuple(table.get("environment", {}).items()),
            "expected": tuple(Expected(**one) for one in table.get("expected", ())),
        }
    )
    if not server.ready.startswith(READY):
        raise EntryError(f"{name}: ready is one of {', '.join(READY)}")
    if bool(server.pprof) == bool(server.why_no_pprof):
        raise EntryError(f"{name}: either pprof or why_no_pprof")
    return server


def load_of(name: str, table: Mapping[str, Any]) -> Load:
    """One kind of clients: the key that names the kind holds whom they ask."""
    kinds = [kind for kind in LOADS if kind in table]
    if len(kinds) != 1:
        raise EntryError(f"{name}: a load is one of {', '.join(LOADS)}")
    [kind] = kinds
    rest = {key: value for key, value in table.items() if key != kind}
    if unknown := sorted(set(rest) - {field.name for field in fields(Load)}):
        raise EntryError(f"{name}: unknown in a load: {', '.join(unknown)}")
    target = tuple(table[kind]) if kind == "run" else str(table[kind])
    return Load(kind, target, **rest)
