"""The rules' own documentation as text: their docstrings, thresholds and certainty."""

import re
from collections.abc import Iterator, Sequence
from inspect import cleandoc, getdoc

from debugtext.analyzers._rule import Rule
from debugtext.errors import SettingsError
from debugtext.renderers._layout import wrapped
from debugtext.renderers._style import Style

WIDTH = 80
BOLD = re.compile(r"\*\*([^*]+)\*\*")


def listing(rules: Sequence[Rule]) -> str:
    """A line a rule, in the order of the documentation."""
    rows = [(rule.id, rule.certainty.value, rule.verdict.value, rule.name) for rule in rules]
    widths = [max((len(row[i]) for row in rows), default=0) for i in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "".join(f"{line}\n" for line in lines)


def explanation(word: str, style: Style, rules: Sequence[Rule]) -> str:
    """Everything about the rule with this id or name; raises SettingsError if there is none."""
    rule = next((rule for rule in rules if word.lower() in (rule.id.lower(), rule.name.lower())), None)
    if rule is None:
        from debugtext.cli._suggestions import did_you_mean  # noqa: PLC0415 - difflib is slow to import

        known = [name for rule in rules for name in (rule.id, rule.name)]
        raise SettingsError(f"no rule {word!r}.{did_you_mean(word, known)} `debugtext rules` lists them all")
    heading = f"{rule.id} {rule.name}: {rule.verdict.value}, {rule.certainty.value}"
    return "\n".join([style.bold(heading), *_documentation(rule, style), *_thresholds(rule)]) + "\n"


def _documentation(rule: Rule, style: Style) -> Iterator[str]:
    """The docstring for a terminal: 80 columns, and what is bold in the documents bold or plain."""
    for paragraph in cleandoc(getdoc(rule) or "").split("\n\n"):
        yield ""
        text = "\n".join(wrapped(paragraph, WIDTH))
        yield BOLD.sub(lambda match: style.bold(match[1]), text)


def _thresholds(rule: Rule) -> list[str]:
    if not rule.thresholds:
        return []
    lines = [f"  {rule.id}.{name} = {value:g}" for name, value in rule.thresholds.items()]
    return ["", "Thresholds (--threshold RULE.NAME=VALUE):", *lines]
