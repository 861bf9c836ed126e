"""`debugtext goroutine`: goroutines by stack and state, and which of them are stuck."""

import click

from debugtext.cli._options import Options, example_command, report_options
from debugtext.cli._report import report_on

EXAMPLES = (
    "curl -s 'localhost:6060/debug/pprof/goroutine?debug=2' | debugtext goroutine",
    "debugtext goroutine http://localhost:6060",
    "debugtext goroutine --full --own example.com/team goroutines.txt",
)


@example_command("goroutine", EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@report_options(each=True)
def command(inputs: tuple[str, ...], options: Options) -> int:
    """Groups goroutines by stack and state, and says which are stuck or leaked.

    INPUT: a file, a quoted glob, a URL, or - for standard input (also without any).
    """
    return report_on(inputs, options, kind="goroutine")
