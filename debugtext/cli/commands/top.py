"""`debugtext top`: the functions of a profile, as `go tool pprof -top` shows them."""

import click

from debugtext.cli.options.of_reports import example_command
from debugtext.cli.pprof.views import SampleTable, ViewOptions, view_options, warn
from debugtext.cli.terminal.output import write
from debugtext.renderers.pprof.top import render_top
from debugtext.views.call_graph import call_graph

EXAMPLES = (
    "curl -s 'localhost:6060/debug/pprof/heap?debug=1' | debugtext top",
    "debugtext top --cum --nodecount 20 heap.txt",
    "debugtext top --base before.txt --sample-index alloc_space after.txt",
)


@example_command("top", EXAMPLES)
@click.argument("source", default="-", metavar="[INPUT]")
@view_options
def command(table: SampleTable, options: ViewOptions) -> int:
    """Shows flat and cum of each function, the largest first.

    INPUT: a debug text, or a binary profile; a file, a URL, or - for standard input (also without any).
    """
    graph = call_graph(table, options)
    warn(graph.unmatched)
    write(render_top(graph))
    return 0
