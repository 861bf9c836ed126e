"""`debugtext heap`: what holds the memory that is in use."""

import click

from debugtext.cli._options import Options, example_command, report_options
from debugtext.cli._report import report_on

EXAMPLES = (
    "curl -s 'localhost:6060/debug/pprof/heap?debug=1' | debugtext heap",
    "debugtext heap http://localhost:6060",
    "debugtext heap --format json heap.txt",
)


@example_command("heap", EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@report_options(each=True)
def command(inputs: tuple[str, ...], options: Options) -> int:
    """Says what holds the memory that is in use, and what MemStats shows.

    INPUT: a file, a quoted glob, a URL, or - for standard input (also without any).
    """
    return report_on(inputs, options, kind="heap")
