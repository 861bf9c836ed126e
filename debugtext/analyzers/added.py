"""Rules of other packages: classes or instances behind the entry point group `debugtext.rules`."""

from functools import cache

from debugtext.analyzers import RULES
from debugtext.analyzers.rule import Rule
from debugtext.errors import SettingsError

GROUP = "debugtext.rules"
NEEDED = ("id", "name", "verdict", "certainty")


@cache
def added_rules() -> tuple[Rule, ...]:
    """The rules of installed packages, in the order of their names; raises SettingsError for one that cannot be used.

    Looking entry points up takes tens of milliseconds: only who says `plugins = true` waits for it.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415

    rules: list[Rule] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            loaded = entry.load()
        except Exception as error:
            raise SettingsError(f"the rule {entry.name} ({entry.value}) cannot be loaded: {error}") from error
        rule = loaded() if isinstance(loaded, type) else loaded
        if not isinstance(rule, Rule) or not all(hasattr(rule, name) for name in NEEDED):
            raise SettingsError(f"the rule {entry.name} ({entry.value}) is no debugtext.Rule with {', '.join(NEEDED)}")
        if any(rule.id == other.id for other in (*RULES, *rules)):
            raise SettingsError(f"the rule {entry.name} ({entry.value}) has the id {rule.id} of another rule")
        rules.append(rule)
    return tuple(rules)
