"""The commands for one kind of text each (`debugtext heap`, `debugtext mutex` …), made from the table of kinds."""

import click

from debugtext.cli.options.of_reports import ExampleCommand, Options, example_command, report_options
from debugtext.cli.reporting.kinds import KINDS
from debugtext.cli.reporting.report import report_on


def kind_command(name: str) -> ExampleCommand:
    """The command that reports on the texts of this kind and refuses all others."""

    @example_command(name, KINDS[name].examples)
    @click.argument("inputs", nargs=-1, metavar="[INPUT]...")
    @report_options(each=True)
    def command(inputs: tuple[str, ...], options: Options) -> int:
        return report_on(inputs, options, kind=name)

    command.help = (
        f"{KINDS[name].help}\n\nINPUT: a file, a quoted glob, a URL, or - for standard input (also without any)."
    )
    return command
