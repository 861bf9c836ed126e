"""`debugtext rules`: all rules, each with what it sees."""

from debugtext.cli._rule_texts import listing
from debugtext.cli.options.of_reports import example_command
from debugtext.cli.options.values import known_rules
from debugtext.cli.terminal.output import write
from debugtext.project.configuration import load

EXAMPLES = ("debugtext rules", "debugtext rules | grep certain", "debugtext explain DT101")


@example_command("rules", EXAMPLES)
def command() -> int:
    """Lists all rules: id, certainty, verdict, name and what each sees; `debugtext explain RULE` says more."""
    write(listing(known_rules(load())))
    return 0
