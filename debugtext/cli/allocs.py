"""`debugtext allocs`: what has allocated memory since the start."""

import click

from debugtext.cli._options import Options, example_command, report_options
from debugtext.cli._report import report_on

EXAMPLES = (
    "curl -s 'localhost:6060/debug/pprof/allocs?debug=1' | debugtext allocs",
    "debugtext allocs http://localhost:6060",
    "debugtext allocs --full allocs.txt",
)


@example_command("allocs", EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@report_options(each=True)
def command(inputs: tuple[str, ...], options: Options) -> int:
    """Says what has allocated memory since the program's start, freed or not.

    INPUT: a file, a quoted glob, a URL, or - for standard input (also without any).
    """
    return report_on(inputs, options, kind="allocs")
