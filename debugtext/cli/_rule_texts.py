"""The documentation of the rules as text: their docstrings, thresholds and certainty."""

import re
from collections.abc import Iterator, Sequence
from inspect import cleandoc, getdoc

from debugtext.analyzers.rule import Rule
from debugtext.analyzers.waits.library_leak import LibraryLeak
from debugtext.analyzers.waits.waiting_rule import WaitingRule
from debugtext.analyzers.weighing.signs.table import SIGNS
from debugtext.errors import SettingsError
from debugtext.knowledge.entries import Library
from debugtext.renderers.layout import wrapped
from debugtext.renderers.tables.style import Style
from debugtext.sizes import threshold_in_words
from debugtext.suggestions import rule_meant

WIDTH = 80
NEVER_BY_NUMBER = 1_000_000
"""The `at_least` of entries for which only the waiting time counts, not the number of goroutines."""
_ITEM = "- "
BOLD = re.compile(r"\*\*([^*]+)\*\*")


def listing(rules: Sequence[Rule]) -> str:
    """A line for each rule, in the order of the documentation, with the first sentence about it below."""
    rows = [(rule.id, rule.certainty.value, rule.verdict.value, rule.name) for rule in rules]
    widths = [max((len(row[i]) for row in rows), default=0) for i in range(4)]
    lines = []
    for rule, row in zip(rules, rows, strict=True):
        lines.append("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        summary = cleandoc(type(rule).__doc__ or "").partition("\n\n")[0]
        indent = " " * (len(rule.id) + 2)
        lines += wrapped(summary, WIDTH, indent, first=indent) if summary else []
    return "".join(f"{line}\n" for line in lines)


def explanation(word: str, style: Style, rules: Sequence[Rule], knowledge_files: tuple[str, ...]) -> str:
    """The documentation of the rule with this id or name; raises SettingsError if there is none."""
    rule = next((rule for rule in rules if word.lower() in (rule.id.lower(), rule.name.lower())), None)
    if rule is None:
        meant = rule_meant(word, [rule.id for rule in rules], [rule.name for rule in rules])
        raise SettingsError(f"no rule {word!r}.{meant} `debugtext rules` lists them all")
    heading = f"{rule.id} {rule.name}: {rule.verdict.value}, {rule.certainty.value}"
    limits = _limits_of_libraries(knowledge_files) if isinstance(rule, LibraryLeak) else []
    signs = _signs() if isinstance(rule, WaitingRule) else []
    return "\n".join([style.bold(heading), *_documentation(rule, style), *_thresholds(rule), *signs, *limits]) + "\n"


def _documentation(rule: Rule, style: Style) -> Iterator[str]:
    """The docstring for a terminal: in 80 columns, and with bold text instead of `**`."""
    is_in_list = False
    for paragraph in cleandoc(getdoc(rule) or "").split("\n\n"):
        if not (is_in_list and paragraph.startswith(_ITEM)):
            yield ""
        is_in_list = paragraph.startswith(_ITEM)
        text = "\n".join(wrapped(paragraph, WIDTH))
        yield BOLD.sub(lambda match: style.bold(match[1]), text)


def _thresholds(rule: Rule) -> list[str]:
    if not rule.thresholds:
        return []
    lines = [f"  {rule.id}.{name} = {threshold_in_words(name, value)}" for name, value in rule.thresholds.items()]
    about = wrapped(rule.about_thresholds, WIDTH) if rule.about_thresholds else []
    return ["", "Thresholds (--threshold RULE.NAME=VALUE):", *lines, *about]


def _signs() -> list[str]:
    """What gives points and what takes them, a paragraph for each sign."""
    width = max(len(sign.name) for sign in SIGNS)
    lines = ["", "What gives points, and what takes them, at most:"]
    for sign in SIGNS:
        told = ((sign.highest, sign.speaks_for), (sign.lowest, sign.against))
        names = iter((sign.name, ""))
        for points, words in told:
            if words:
                first, *more = wrapped(words, WIDTH - width - 8)
                lines.append(f"  {next(names).ljust(width)}  {points:+d}  {first}")
                lines += [" " * (width + 8) + one for one in more]
    return lines


def _limits_of_libraries(knowledge_files: tuple[str, ...]) -> list[str]:
    """The limits of the entries of the knowledge files, a line for each entry."""
    from debugtext.knowledge import knowledge  # noqa: PLC0415 - only one rule has entries

    libraries = sorted(knowledge(knowledge_files).libraries, key=lambda library: library.id)
    width = max((len(library.id) for library in libraries), default=0)
    lines = [f"  {library.id.ljust(width)}  {_limits(library)}" for library in libraries]
    head = (
        "How many goroutines, and which share of all, make it a leak, by pattern",
        "(libraries.toml and your files).",
        "Behind the semicolon: so many that waited so long, or stayed between two texts.",
    )
    return ["", *head, *lines]


def _limits(library: Library) -> str:
    """`≥ 100 and 20%; ≥ 10 for 3 min`."""
    number = f"≥ {library.at_least:,}"
    number += f" and {library.share:.0%}" if library.share else ""
    number += " (a note)" if library.noted else ""
    few = f"≥ {library.few:,} for {library.minutes} min" if library.few else ""
    return "; ".join(filter(None, ("" if few and library.at_least >= NEVER_BY_NUMBER else number, few)))
