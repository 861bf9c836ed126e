"""`debugtext explain`: what a rule sees, why it is trouble, when it is not, what to do."""

from typing import TYPE_CHECKING

import click

from debugtext.cli._rule_texts import explanation
from debugtext.cli.options.of_reports import example_command, wants_color
from debugtext.cli.options.values import known_rules
from debugtext.cli.terminal.output import write
from debugtext.project.configuration import load
from debugtext.renderers.tables.style import Style

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

EXAMPLES = ("debugtext explain DT101", "debugtext explain stuck-senders", "debugtext rules")


def _rules(context: click.Context, parameter: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """The ids and names of rules that begin with `incomplete`."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only for shells

    del context, parameter
    found = ((word, rule) for rule in known_rules(load()) for word in (rule.id, rule.name))
    return [CompletionItem(word, help=rule.name) for word, rule in found if word.lower().startswith(incomplete.lower())]


@example_command("explain", EXAMPLES)
@click.argument("rule", shell_complete=_rules)
def command(rule: str) -> int:
    """Explains a RULE, by its id or its name: what it sees, when that is no trouble, what to do, its limits."""
    configuration = load()
    style = Style(color=wants_color("auto"))
    knowledge = configuration.values.get("knowledge", ())
    assert isinstance(knowledge, tuple)
    write(explanation(rule, style, known_rules(configuration), knowledge))
    return 0
