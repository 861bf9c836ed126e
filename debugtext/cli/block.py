"""`debugtext block`: where goroutines waited for channels and locks."""

import click

from debugtext.cli._options import Options, example_command, report_options
from debugtext.cli._report import report_on

EXAMPLES = (
    "curl -s 'localhost:6060/debug/pprof/block?debug=1' | debugtext block",
    "debugtext block http://localhost:6060",
    "debugtext block --format json block.txt",
)


@example_command("block", EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@report_options(each=True)
def command(inputs: tuple[str, ...], options: Options) -> int:
    """Says where goroutines waited for channels and locks, and how long.

    INPUT: a file, a quoted glob, a URL, or - for standard input (also without any).
    """
    return report_on(inputs, options, kind="block")
