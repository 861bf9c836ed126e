"""`debugtext graph`: the calls as a picture, as `go tool pprof -dot` and `-svg` draw them."""

from pathlib import Path

import click

from debugtext.cli.options.of_reports import example_command
from debugtext.cli.options.shared import OUTPUT
from debugtext.cli.pprof.views import SampleTable, ViewOptions, view_options, warn
from debugtext.cli.terminal.output import write, write_file
from debugtext.renderers.pprof.dot import render_dot
from debugtext.renderers.pprof.graphviz import svg
from debugtext.views.call_graph import call_graph

DEFAULT_NODES = 80
EXAMPLES = (
    "debugtext graph --format svg -o heap.svg heap.txt",
    "debugtext graph heap.txt | dot -Tpng > heap.png",
    "debugtext graph --diff-base before.txt --format svg -o grown.svg after.txt",
)


@example_command("graph", EXAMPLES)
@click.argument("source", default="-", metavar="[INPUT]")
@click.option(
    "--format", "form", type=click.Choice(["dot", "svg"]), default="dot", show_default=True, help="svg needs Graphviz."
)
@OUTPUT
@view_options
def command(table: SampleTable, options: ViewOptions, form: str, output: Path | None) -> int:
    """Draws the functions as boxes and the calls as arrows, both by weight.

    INPUT: a debug text, or a binary profile; a file, a URL, or - for standard input (also without any).
    """
    graph = call_graph(table, options, nodecount=DEFAULT_NODES, visual=True)
    warn(graph.unmatched)
    picture = render_dot(graph)
    picture = svg(picture) if form == "svg" else picture
    if output:
        write_file(output, [picture.encode()])
    else:
        write(picture)
    return 0
