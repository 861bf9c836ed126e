"""Converts captures into the formats of other tools: one module for each format, imported when it is needed."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from debugtext.errors import SettingsError
from debugtext.records.captures import Capture

CONVERTERS: dict[str, str] = {
    "pprof": "debugtext.converters.pprof",
    "folded": "debugtext.converters.folded",
    "speedscope": "debugtext.converters.speedscope",
    "jsonl": "debugtext.converters.jsonl",
    "csv": "debugtext.converters.csv_rows",
}
BINARY = frozenset({"pprof"})
"""The formats that must not be written to a terminal."""


def convert(capture: Capture, name: str, kind: str = "") -> Iterator[bytes]:
    """The capture in a format of CONVERTERS, in pieces; raises SettingsError for another name.

    `kind` is the name of a kind of number: formats that hold only one kind have this one, others show it first.
    Raises UnreadableInputError for a capture without stacks.
    """
    if name not in CONVERTERS:
        raise SettingsError(f"no format {name!r} to convert to: there are {', '.join(CONVERTERS)}")
    converter = cast("Callable[[Capture, str], Iterator[bytes]]", import_module(CONVERTERS[name]).convert)
    return converter(capture, kind)
