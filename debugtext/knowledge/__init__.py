"""What is known about public libraries and the runtime: data with sources, read when a rule first needs it."""

from functools import cache
from pathlib import Path
from typing import Any

from debugtext.knowledge.entries import Idle, Knowledge, Library
from debugtext.knowledge.kept import Kept

FILES = ("idle.toml", "libraries.toml", "objects.toml", "constructed.toml", "roles.toml")


@cache
def knowledge(extra: tuple[str, ...] = ()) -> Knowledge:
    """The entries of our files, followed by those of the user's own files (`extra`) of the same form."""
    import tomllib  # noqa: PLC0415 - only goroutines need it

    documents = [tomllib.loads(_text(name)) for name in FILES]
    if extra:
        from debugtext.knowledge.user_files import read_user_file  # noqa: PLC0415 - few users have any

        documents += map(read_user_file, extra)
    return _joined(documents)


@cache
def channel_builds() -> tuple[tuple[list[int], ...], ...]:
    """For each known build of Go: the distances of send, receive, send to nil and receive from nil, in this order."""
    import tomllib  # noqa: PLC0415

    return tuple(tuple(distances) for _, *distances in tomllib.loads(_text("channels.toml"))["builds"])


@cache
def selects_behind_blocks() -> frozenset[int]:
    """How far the address at which a select parks may stand behind the one at which a `select {}` parks."""
    import tomllib  # noqa: PLC0415

    return frozenset(tomllib.loads(_text("channels.toml"))["selects_behind_blocks"])


@cache
def kept_kinds() -> tuple[Kept, ...]:
    """The kinds of objects that stay in the heap until somebody ends them, in the order in which to look for them."""
    import tomllib  # noqa: PLC0415

    return tuple(Kept(**_tuples(entry)) for entry in tomllib.loads(_text("kept.toml"))["kept"])


@cache
def advice_by_panic() -> dict[str, str]:
    """What to do about a panic, by a part of the panic's text, in the order in which to look for the parts."""
    import tomllib  # noqa: PLC0415

    return {entry["text"]: entry["advice"] for entry in tomllib.loads(_text("panics.toml"))["panic"]}


def _text(name: str) -> str:
    """The text of one of our files, also if the package is in a zip file."""
    file = Path(__file__).with_name(name)
    if file.is_file():
        return file.read_text("utf-8")
    from importlib.resources import files  # noqa: PLC0415 - importing it takes as long as reading a text

    return (files(__package__) / name).read_text("utf-8")


def _joined(documents: list[dict[str, Any]]) -> Knowledge:
    """The entries and lists of words of all files, joined."""
    idle = [Idle(**_tuples(entry)) for document in documents for entry in document.get("idle", ())]
    libraries = [Library(**_tuples(entry)) for document in documents for entry in document.get("library", ())]
    resident, alone, starts, ends, gives = (
        frozenset(str(word) for document in documents for word in document.get(name, ()))
        for name in ("resident", "resident_alone", "starts", "ends", "gives")
    )
    return Knowledge(tuple(idle), tuple(libraries), resident, alone, starts, ends, gives)


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of a file as the arguments of its class, which has tuples instead of lists."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
