"""`debugtext explain`: what a rule sees, why it is trouble, when it is not, what to do."""

import click

from debugtext.cli._options import example_command, known_rules, wants_color
from debugtext.cli._output import write
from debugtext.cli._rule_texts import explanation
from debugtext.configuration import load
from debugtext.renderers._style import Style

EXAMPLES = ("debugtext explain DT101", "debugtext explain stuck-senders", "debugtext rules")


@example_command("explain", EXAMPLES)
@click.argument("rule")
def command(rule: str) -> int:
    """Explains a RULE, by its id or its name."""
    write(explanation(rule, Style(color=wants_color("auto")), known_rules(load())))
    return 0
