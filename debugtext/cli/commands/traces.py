"""`debugtext traces`: every stack with its number and its labels, as `go tool pprof -traces` shows them."""

import click

from debugtext.cli.options.of_reports import example_command
from debugtext.cli.pprof.views import SampleTable, ViewOptions, view_options, warn
from debugtext.cli.terminal.output import write
from debugtext.renderers.pprof.traces import render_traces
from debugtext.views.selection import select

EXAMPLES = (
    "debugtext traces heap.txt",
    "debugtext traces --tagfocus 'state=chan send' goroutines.txt",
    "debugtext traces --ignore '^runtime' --granularity lines goroutines.txt",
)


@example_command("traces", EXAMPLES)
@click.argument("source", default="-", metavar="[INPUT]")
@view_options
def command(table: SampleTable, options: ViewOptions) -> int:
    """Shows every stack with its number; of goroutines in a dump also state, wait and creator.

    INPUT: a debug text, or a binary profile; a file, a URL, or - for standard input (also without any).
    """
    warn(select(table, options).unmatched)
    write(render_traces(table, options))
    return 0
