"""`debugtext memstats`: the runtime's own numbers in words."""

import click

from debugtext.cli._options import Options, example_command, report_options
from debugtext.cli._report import report_on

EXAMPLES = (
    "curl -s 'localhost:6060/debug/pprof/heap?debug=1' | debugtext memstats",
    "curl -s localhost:6060/debug/vars | debugtext memstats",
    "debugtext memstats --format json heap.txt",
)


@example_command("memstats", EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@report_options(each=True)
def command(inputs: tuple[str, ...], options: Options) -> int:
    """Says the runtime's own numbers in words: heap, stacks, collector, pauses.

    INPUT: a file, a quoted glob, a URL, or - for standard input (also without any).
    """
    return report_on(inputs, options, kind="memstats")
