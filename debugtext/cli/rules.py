"""`debugtext rules`: all rules, each with what it sees."""

from debugtext.cli._option_values import known_rules
from debugtext.cli._options import example_command
from debugtext.cli._output import write
from debugtext.cli._rule_texts import listing
from debugtext.project.configuration import load

EXAMPLES = ("debugtext rules", "debugtext rules | grep certain", "debugtext explain DT101")


@example_command("rules", EXAMPLES)
def command() -> int:
    """Lists all rules: id, certainty, verdict, name and what each sees; `debugtext explain RULE` says more."""
    write(listing(known_rules(load())))
    return 0
