"""`debugtext check`: finds every dump in any text, and says what is wrong."""

import click

from debugtext.cli.exit_codes import MEANINGS
from debugtext.cli.options.of_reports import Options, example_command, report_options
from debugtext.cli.reporting.report import report_on

EXAMPLES = (
    "go test ./... 2>&1 | debugtext check",
    "debugtext check job.log --fail-on warning",
    "debugtext check 'logs/*.txt' --format json",
)


@example_command("check", EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@report_options(fail_on="error", each=True)
def command(inputs: tuple[str, ...], options: Options) -> int:
    """Finds every Go debug text in any text, and says what is wrong.

    A text without any has nothing wrong: exit 0.

    INPUT: a file, a quoted glob, a URL, or - for standard input (also without any).
    """
    return report_on(inputs, options)


command.epilog = "\n".join(["\b", "Exit codes:", *(f"{code:<3} {meaning}" for code, meaning in MEANINGS.items())])
