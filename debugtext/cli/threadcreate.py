"""`debugtext threadcreate`: what started OS threads."""

import click

from debugtext.cli._options import Options, example_command, report_options
from debugtext.cli._report import report_on

EXAMPLES = (
    "curl -s 'localhost:6060/debug/pprof/threadcreate?debug=1' | debugtext threadcreate",
    "debugtext threadcreate http://localhost:6060",
    "debugtext threadcreate --format json threads.txt",
)


@example_command("threadcreate", EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@report_options(each=True)
def command(inputs: tuple[str, ...], options: Options) -> int:
    """Says what started OS threads.

    INPUT: a file, a quoted glob, a URL, or - for standard input (also without any).
    """
    return report_on(inputs, options, kind="threadcreate")
