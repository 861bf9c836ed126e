"""Rules of users and of other packages: checks them, and loads those of the entry point group `debugtext.rules`."""

import json
import re
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from traceback import extract_tb

from debugtext.analyzers import RULES
from debugtext.analyzers.rule import Rule
from debugtext.analyzers.subject import Subject
from debugtext.analyzers.thresholds import checked_thresholds
from debugtext.errors import DebugtextError, SettingsError
from debugtext.records.findings import Finding
from debugtext.records.reasons import in_json
from debugtext.settings import Settings

GROUP = "debugtext.rules"
NEEDED = ("id", "name", "verdict", "certainty")
"""What a rule must define."""
_ID = re.compile(r"[A-Z]+[0-9]+")
"""What thresholds, ignores and outputs can name."""


def usable(settings: Settings) -> Settings:
    """The settings with thresholds as numbers; raises SettingsError for a rule or threshold that cannot be used."""
    for rule in settings.rules:
        if isinstance(rule, type) or not is_rule(rule):
            raise SettingsError(f"{rule!r} is no instance of a debugtext.Rule with {', '.join(NEEDED)}")
        _check_id(rule, repr(rule))
    ids = Counter(rule.id for rule in (*RULES, *settings.rules))
    if twice := [rule.id for rule in settings.rules if ids[rule.id] > 1]:
        raise SettingsError(f"two rules have the id {twice[0]}: give yours another one")
    return replace(settings, thresholds=checked_thresholds(settings.thresholds, (*RULES, *settings.rules)))


def examined(rule: Rule, subject: Subject) -> list[Finding]:
    """What a rule of others finds; raises SettingsError, with the rule and the place, for any exception in it."""
    try:
        findings = list(rule.examine(subject))
        for finding in findings:
            json.dumps(dict(finding.evidence), default=in_json, allow_nan=False)
    except DebugtextError:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}".partition("\n")[0]
        where = ", ".join((f"{type(rule).__module__}.{type(rule).__qualname__}", *_own_lines(rule, error)[-1:]))
        raise SettingsError(f"the rule {rule.id} failed ({where}): {what}; mend it, or leave it out") from error
    return findings


def _own_lines(rule: Rule, error: Exception) -> list[str]:
    """`/src/acme/rules.py:17` for each line of the rule's own file that the exception went through."""
    file = getattr(sys.modules.get(type(rule).__module__), "__file__", None)
    return [f"{call.filename}:{call.lineno}" for call in extract_tb(error.__traceback__) if call.filename == file]


def is_rule(rule: object) -> bool:
    """Whether an object is a rule with all that a finding needs."""
    return isinstance(rule, Rule) and all(hasattr(rule, name) for name in NEEDED)


def _check_id(rule: Rule, what: str) -> None:
    """Raises SettingsError unless the id of a rule can be named in settings and outputs."""
    if not isinstance(rule.id, str) or not _ID.fullmatch(rule.id):
        raise SettingsError(f"{what} has the id {rule.id!r}: it must be capital letters and a number, like ACME1")


@cache
def added_rules() -> tuple[Rule, ...]:
    """The rules of installed packages, in the order of their names; raises SettingsError if one cannot be used.

    Looking entry points up takes tens of milliseconds: only users with `plugins = true` wait for it.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415

    rules: list[Rule] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            loaded = entry.load()
        except Exception as error:
            raise SettingsError(f"the rule {entry.name} ({entry.value}) cannot be loaded: {error}") from error
        rule = loaded() if isinstance(loaded, type) else loaded
        if not is_rule(rule):
            raise SettingsError(f"the rule {entry.name} ({entry.value}) is no debugtext.Rule with {', '.join(NEEDED)}")
        _check_id(rule, f"the rule {entry.name} ({entry.value})")
        if any(rule.id == other.id for other in (*RULES, *rules)):
            raise SettingsError(f"the rule {entry.name} ({entry.value}) has the id {rule.id} of another rule")
        rules.append(rule)
    return tuple(rules)
