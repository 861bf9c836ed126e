"""Reads and checks the user's own knowledge files, which are written by hand in the same form as ours."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from math import inf
from pathlib import Path
from typing import Any

from debugtext.errors import SettingsError
from debugtext.knowledge.entries import Idle, Library
from debugtext.records.findings import Verdict
from debugtext.suggestions import did_you_mean

WORDS = ("resident", "resident_alone", "starts", "ends", "gives")
"""The lists of words of roles.toml."""
_ENTRIES = {"idle": Idle, "library": Library}
_WHERE = {"idle": ("top", "any", "creator", "end"), "library": ("any", "below", "leaf", "creator")}
_VERDICTS = tuple(verdict.value for verdict in Verdict)
_KINDS = {
    "str": (str, "a text in quotes"),
    "int": (int, "a whole number"),
    "float": (float, "a number"),
    "bool": (bool, "true or false"),
}


def read_user_file(name: str) -> dict[str, Any]:
    """The contents of one file; raises SettingsError, with file, entry and key, for anything that is not valid."""
    try:
        document = tomllib.loads(Path(name).read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{name}: {error.strerror}") from None
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from error
    _check_keys(name, document, (*_ENTRIES, *WORDS, "source"))
    for key in WORDS:
        _check_texts(f"{name}: {key}", document.get(key, []))
    for kind in _ENTRIES:
        entries = document.get(kind, [])
        if not isinstance(entries, list):
            raise SettingsError(f"{name}: write [[{kind}]], in double brackets, as there may be several")
        for number, entry in enumerate(entries, 1):
            _check_entry(f"{name}: [[{kind}]] number {number}{_called(entry)}", kind, entry)
    return document


def _check_entry(place: str, kind: str, entry: Mapping[str, Any]) -> None:
    if not isinstance(entry, dict):
        raise SettingsError(f"{place}: write [[{kind}]] with a key on each line below it")
    known: dict[str, Field[Any]] = {one.name: one for one in fields(_ENTRIES[kind])}
    _check_keys(place, entry, known)
    missing = [name for name, one in known.items() if name not in entry and one.default is MISSING]
    if missing:
        raise SettingsError(f"{place}: {', '.join(missing)} missing")
    for name, value in entry.items():
        _check_value(f"{place}: {name}", getattr(known[name].type, "__name__", ""), value)
    if not all(entry["functions"]):
        raise SettingsError(f"{place}: functions: an empty name")
    if not entry["functions"]:
        raise SettingsError(f"{place}: functions: name at least one")
    if entry.get("each") == 0:
        raise SettingsError(f"{place}: each = 0: write how many goroutines one has, 1 or more")
    if "verdict" in entry and entry["verdict"] not in _VERDICTS:
        raise SettingsError(f"{place}: verdict = {entry['verdict']!r}: write one of {', '.join(_VERDICTS)}")
    where = entry.get("where", "any")
    if where not in _WHERE[kind]:
        raise SettingsError(f"{place}: where = {where!r}: write one of {', '.join(_WHERE[kind])}")


def _check_keys(place: str, table: Iterable[str], known: Iterable[str]) -> None:
    known = list(known)
    for key in table:
        if key not in known:
            raise SettingsError(f"{place}: unknown key {key!r}.{did_you_mean(key, known)}")


def _check_value(place: str, kind: str, value: object) -> None:
    if kind.startswith("tuple"):
        _check_texts(place, value)
        return
    wanted, words = _KINDS[kind]
    is_number = wanted is float and isinstance(value, int) and not isinstance(value, bool)
    if not is_number and type(value) is not wanted:
        raise SettingsError(f"{place} = {value!r}: write {words}")
    if wanted in (int, float) and not 0 <= value < inf:  # type: ignore[operator] # it was checked to be a number
        raise SettingsError(f"{place} = {value!r}: write a number from 0 on")


def _check_texts(place: str, value: object) -> None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise SettingsError(f"{place} = {value!r}: write a list of texts, in brackets")


def _called(entry: object) -> str:
    """` (ID)` of an entry for a message; empty if it has none."""
    name = entry.get("id") if isinstance(entry, dict) else None
    return f" ({name})" if name else ""
