"""What the values of options must be, and which rules there are to speak of."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from debugtext.configuration import Configuration
from debugtext.renderers import RENDERERS
from debugtext.sizes import is_size, threshold_of
from debugtext.suggestions import did_you_mean, rule_meant

if TYPE_CHECKING:
    from debugtext.analyzers.rule import Rule

SUFFIXES = {"htm": "html", "md": "markdown", "xml": "junit", "txt": "table", "log": "table", "prom": "prometheus"}


def outputs(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """`("sarif:report.sarif",)`, each with a format that there is, and a path."""
    for value in values:
        name, _, path = value.partition(":")
        if name not in RENDERERS or not path:
            message = f"{value!r}: write FORMAT:PATH, with a format of {', '.join(RENDERERS)}.{_meant(value)}"
            raise click.BadParameter(message, context, parameter)
        if not Path(path).parent.is_dir():  # said before hours of reading, not after
            raise click.BadParameter(f"{value!r}: the folder {Path(path).parent} does not exist", context, parameter)
    return values


def _meant(value: str) -> str:
    """` Did you mean 'html:out.html'?` for a bare path that tells its format, or a format that is like the word."""
    word, colon, _ = value.partition(":")
    if word in RENDERERS:
        return ""
    suffix = Path(value).suffix.removeprefix(".").lower()
    name = suffix if suffix in RENDERERS else SUFFIXES.get(suffix)
    if name and not colon:
        return f" Did you mean '{name}:{value}'?"
    return did_you_mean(word, RENDERERS)


def thresholds(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> Mapping[str, float]:
    """`("DT201.minutes=5",)` as a mapping; a threshold that no rule has is an error with a suggestion."""
    if not values:
        return {}
    known = [f"{rule.id}.{name}" for rule in known_rules(context.obj) for name in rule.thresholds]
    chosen = {}
    for value in values:
        name, _, number = value.partition("=")
        if "." not in name or not number:
            raise click.BadParameter(f"{value!r}: write RULE.NAME=VALUE, like {known[0]}=3", context, parameter)
        if name not in known:
            message = f"no rule has a threshold {name!r}.{_thresholds_of(name, known_rules(context.obj))}"
            raise click.BadParameter(message, context, parameter)
        try:
            chosen[name] = threshold_of(name, number)
        except ValueError:
            wanted = "a number" if not is_size(name) else "a size like 64MiB"
            message = f"{value!r}: write RULE.NAME=VALUE, with {wanted}"
            raise click.BadParameter(message, context, parameter) from None
    return chosen


def _thresholds_of(name: str, rules: "Sequence[Rule]") -> str:
    """What may have been meant by `DT201.pints`, and the thresholds that the rule has."""
    word, _, threshold = name.partition(".")
    rule = next((rule for rule in rules if rule.id == word), None)
    if rule is None:
        same = next((rule.id for rule in rules if rule.name == word), "")
        return f" Did you mean {same!r}?" if same else rule_meant(word, [one.id for one in rules], ())
    has = f"has {', '.join(rule.thresholds)}" if rule.thresholds else "has none"
    return f"{did_you_mean(threshold, rule.thresholds)} {word} {has}"


def expression(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A regular expression, looked at before any input is read."""
    if value is not None:
        try:
            re.compile(value)
        except re.error as error:
            raise click.BadParameter(f"{value!r}: {error}", context, parameter) from None
    return value


def known_rules(configuration: Configuration | None) -> "tuple[Rule, ...]":
    """All rules of the package, then those of other packages where the configuration asks for them."""
    from debugtext.analyzers import RULES  # noqa: PLC0415 - importing them all costs some milliseconds

    return (*RULES, *added()) if configuration and configuration.values.get("plugins") else RULES


def added() -> "tuple[Rule, ...]":
    """The rules of other packages."""
    from debugtext.analyzers.added import added_rules  # noqa: PLC0415 - only for who has rules of their own

    return added_rules()
