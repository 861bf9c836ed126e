"""The thresholds that a user sets: whether a rule has them, and whether their values are usable numbers."""

from collections.abc import Mapping, Sequence
from sys import float_info

from debugtext.analyzers.rule import Rule
from debugtext.errors import SettingsError
from debugtext.sizes import bytes_of, is_size
from debugtext.suggestions import did_you_mean, rule_meant

_MOST_BITS_PRINTED = 10_000
"""Python refuses to print integers of more than 4,300 digits."""


def checked_thresholds(given: Mapping[str, object], rules: Sequence[Rule]) -> dict[str, float]:
    """The thresholds with their numbers: `{"DT201.minutes": 5, "DT403.least_bytes": "64MiB"}`, the size in bytes.

    Raises SettingsError for a threshold that none of the rules has, and for a value that is no number of 0 or more.
    """
    known = {f"{rule.id}.{name}" for rule in rules for name in rule.thresholds}
    for name in map(str, given):
        if name not in known:
            raise SettingsError(f"no rule has a threshold {name!r}.{_thresholds_there_are(name, rules)}")
    return {name: _number(name, value) for name, value in given.items()}


def _thresholds_there_are(name: str, rules: Sequence[Rule]) -> str:
    """What may have been meant by `DT201.pints`, and how to find the names: what the rule has, or how to ask for it."""
    word, _, threshold = name.partition(".")
    rule = next((rule for rule in rules if rule.id == word), None)
    if rule is None:
        same = next((rule.id for rule in rules if rule.name == word), "")
        meant = f" Did you mean {same!r}?" if same else rule_meant(word, [rule.id for rule in rules], ())
        return f"{meant} `debugtext explain RULE` lists those of a rule"
    has = f"has {', '.join(rule.thresholds)}" if rule.thresholds else "has none"
    return f"{did_you_mean(threshold, rule.thresholds)} {word} {has}"


def _number(name: str, value: object) -> float:
    if isinstance(value, str) and is_size(name):
        try:
            return bytes_of(value)
        except ValueError:
            raise SettingsError(f"{name} must be a size like 64MiB, not {value!r}") from None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= float_info.max:
        return value
    is_printable = not isinstance(value, int) or value.bit_length() <= _MOST_BITS_PRINTED
    told = repr(value) if is_printable else "so large a number"
    raise SettingsError(f"{name} must be a number of 0 or more, not {told}")  # nan, too: it is in no range
