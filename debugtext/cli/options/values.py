"""Checks the values of options, and finds the rules that options may name."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from debugtext.errors import SettingsError
from debugtext.project.configuration import Configuration
from debugtext.renderers import RENDERERS
from debugtext.suggestions import did_you_mean

if TYPE_CHECKING:
    from debugtext.analyzers.rule import Rule

SUFFIXES = {"htm": "html", "md": "markdown", "xml": "junit", "txt": "table", "log": "table", "prom": "prometheus"}


def outputs(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values of `-o`, like `sarif:report.sarif`; each has a known format and its own path in an existing folder."""
    written: set[Path] = set()
    for value in values:
        name, _, path = value.partition(":")
        if name not in RENDERERS or not path:
            message = f"{value!r}: write FORMAT:PATH, with a format of {', '.join(RENDERERS)}.{_meant(value)}"
            raise click.BadParameter(message, context, parameter)
        if path == "-":
            message = f"{value!r}: -o writes files. For the standard output, use --format {name}."
            raise click.BadParameter(message, context, parameter)
        if Path(path).resolve() in written:
            raise click.BadParameter(f"{value!r}: another -o writes this file already", context, parameter)
        written.add(Path(path).resolve())
        if not Path(path).parent.is_dir():  # said before hours of reading, not after
            raise click.BadParameter(f"{value!r}: the folder {Path(path).parent} does not exist", context, parameter)
    return values


def no_empty_values(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values, none of which may be empty, as that of an unset variable is."""
    if "" in values:
        raise click.BadParameter("a value is empty: is a variable of the script not set?", context, parameter)
    return values


def _meant(value: str) -> str:
    """` Did you mean 'html:out.html'?` for a path without format, or ` Did you mean 'sarif'?` for a similar word."""
    word, colon, _ = value.partition(":")
    if word in RENDERERS:
        return ""
    suffix = Path(value).suffix.removeprefix(".").lower()
    name = suffix if suffix in RENDERERS else SUFFIXES.get(suffix)
    if name and not colon:
        return f" Did you mean '{name}:{value}'?"
    return did_you_mean(word, RENDERERS)


def thresholds(
    context: click.Context, parameter: click.Parameter, values: tuple[str | tuple[str, object], ...]
) -> Mapping[str, float]:
    """The thresholds by name, from `DT201.minutes=5` (command line, variable) or `("DT201.minutes", 5)` (file)."""
    if not values:
        return {}
    from debugtext.analyzers.thresholds import checked_thresholds  # noqa: PLC0415 - few set thresholds

    try:
        given = dict(_name_and_value(value) if isinstance(value, str) else value for value in values)
        return checked_thresholds(given, known_rules(context.obj))
    except SettingsError as error:
        raise click.BadParameter(str(error), context, parameter) from None


def _name_and_value(text: str) -> tuple[str, object]:
    """`DT201.minutes=5` as a name and a number, `DT403.least_bytes=64MiB` as a name and a text."""
    name, _, value = text.partition("=")
    if "." not in name or not value:
        raise SettingsError(f"{text!r}: write RULE.NAME=VALUE, like DT201.points=3")
    try:
        return name, float(value)
    except ValueError:
        return name, value


def expression(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A regular expression, which is checked before any input is read."""
    if value is not None:
        try:
            re.compile(value)
        except re.error as error:
            raise click.BadParameter(f"{value!r}: {error}", context, parameter) from None
    return value


def known_rules(configuration: Configuration | None) -> "tuple[Rule, ...]":
    """All rules of this package, then those of other packages if the configuration asks for them."""
    from debugtext.analyzers import RULES  # noqa: PLC0415 - importing them all costs some milliseconds

    return (*RULES, *added()) if configuration and configuration.values.get("plugins") else RULES


def added() -> "tuple[Rule, ...]":
    """The rules of other packages."""
    from debugtext.analyzers.added import added_rules  # noqa: PLC0415 - few have rules of their own

    return added_rules()
