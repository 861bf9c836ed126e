"""The rules' own documentation as text: their docstrings, thresholds and certainty."""

from inspect import cleandoc, getdoc

from debugtext.analyzers import RULES
from debugtext.analyzers._rule import Rule
from debugtext.errors import SettingsError


def listing() -> str:
    """A line a rule, in the order of the documentation."""
    rows = [(rule.id, rule.certainty.value, rule.verdict.value, rule.name) for rule in RULES]
    widths = [max((len(row[i]) for row in rows), default=0) for i in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "".join(f"{line}\n" for line in lines)


def explanation(word: str) -> str:
    """Everything about the rule with this id or name; raises SettingsError if there is none."""
    rule = next((rule for rule in RULES if word.lower() in (rule.id.lower(), rule.name.lower())), None)
    if rule is None:
        from debugtext.cli._suggestions import did_you_mean  # noqa: PLC0415 - difflib is slow to import

        known = [name for rule in RULES for name in (rule.id, rule.name)]
        raise SettingsError(f"no rule {word!r}.{did_you_mean(word, known)} `debugtext rules` lists them all")
    return "\n".join([_heading(rule), "", cleandoc(getdoc(rule) or ""), *_thresholds(rule)]) + "\n"


def _heading(rule: Rule) -> str:
    return f"{rule.id} {rule.name}: {rule.verdict.value}, {rule.certainty.value}"


def _thresholds(rule: Rule) -> list[str]:
    if not rule.thresholds:
        return []
    lines = [f"  {rule.id}.{name} = {value:g}" for name, value in rule.thresholds.items()]
    return ["", "Thresholds (--threshold NAME=VALUE):", *lines]
