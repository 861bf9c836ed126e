"""`debugtext tree`: each function between its callers and callees, as `go tool pprof -tree` shows them."""

import click

from debugtext.cli.options.of_reports import example_command
from debugtext.cli.pprof.views import SampleTable, ViewOptions, view_options, warn
from debugtext.cli.terminal.output import write
from debugtext.renderers.pprof.tree import render_tree
from debugtext.views.call_graph import call_graph

DEFAULT_NODES = 80
EXAMPLES = (
    "debugtext tree heap.txt",
    "debugtext tree --focus 'net/http' goroutines.txt",
    "debugtext tree --granularity lines --sample-index contentions mutex.txt",
)


@example_command("tree", EXAMPLES)
@click.argument("source", default="-", metavar="[INPUT]")
@view_options
def command(table: SampleTable, options: ViewOptions) -> int:
    """Shows each function with its callers above and its callees below it.

    INPUT: a debug text, or a binary profile; a file, a URL, or - for standard input (also without any).
    """
    graph = call_graph(table, options, nodecount=DEFAULT_NODES)
    warn(graph.unmatched)
    write(render_tree(graph))
    return 0
