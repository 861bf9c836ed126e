"""`debugtext peek`: the callers and callees of some functions, as `go tool pprof -peek` shows them."""

from dataclasses import replace

import click

from debugtext.cli.options.of_reports import example_command
from debugtext.cli.pprof.views import SampleTable, ViewOptions, view_options, warn
from debugtext.cli.terminal.output import write
from debugtext.renderers.pprof.tree import render_tree
from debugtext.views.call_graph import call_graph
from debugtext.views.patterns import pattern

EXAMPLES = (
    "debugtext peek heap.txt 'store.*Create'",
    "curl -s 'localhost:6060/debug/pprof/mutex?debug=1' | debugtext peek - Unlock",
    "debugtext peek --granularity lines goroutines.txt main",
)


@example_command("peek", EXAMPLES)
@click.argument("source", metavar="INPUT")
@click.argument("function", default=".")
@view_options
def command(table: SampleTable, options: ViewOptions, function: str) -> int:
    """Shows who calls the functions whose name matches FUNCTION, a regular expression, and whom they call.

    INPUT: a debug text, or a binary profile; a file, a URL, or - for standard input. It may come last, as in pprof.
    """
    graph = call_graph(table, replace(options, trim=False))
    warn(graph.unmatched)
    write(render_tree(graph, pattern("function", function)))
    return 0
