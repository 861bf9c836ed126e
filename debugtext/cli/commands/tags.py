"""`debugtext tags`: how much has which label, as `go tool pprof -tags` shows it."""

import click

from debugtext.cli.options.of_reports import example_command
from debugtext.cli.pprof.views import SampleTable, ViewOptions, view_options, warn
from debugtext.cli.terminal.output import write
from debugtext.renderers.pprof.tags import render_tags
from debugtext.views.selection import select

EXAMPLES = (
    "curl -s 'localhost:6060/debug/pprof/goroutine?debug=2' | debugtext tags",
    "debugtext tags goroutines.txt",
    "debugtext tags --sample-index inuse_objects heap.txt",
)


@example_command("tags", EXAMPLES)
@click.argument("source", default="-", metavar="[INPUT]")
@view_options
def command(table: SampleTable, options: ViewOptions) -> int:
    """Shows the labels of goroutines, the sizes of objects, and of a dump state, wait and creator.

    INPUT: a debug text, or a binary profile; a file, a URL, or - for standard input (also without any).
    """
    warn(select(table, options).unmatched)
    write(render_tags(table, options))
    return 0
