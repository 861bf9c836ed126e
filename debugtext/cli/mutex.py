"""`debugtext mutex`: where locks were held while others waited."""

import click

from debugtext.cli._options import Options, example_command, report_options
from debugtext.cli._report import report_on

EXAMPLES = (
    "curl -s 'localhost:6060/debug/pprof/mutex?debug=1' | debugtext mutex",
    "debugtext mutex http://localhost:6060",
    "debugtext mutex --format json mutex.txt",
)


@example_command("mutex", EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@report_options(each=True)
def command(inputs: tuple[str, ...], options: Options) -> int:
    """Says where locks were held while other goroutines waited, and how long.

    INPUT: a file, a quoted glob, a URL, or - for standard input (also without any).
    """
    return report_on(inputs, options, kind="mutex")
