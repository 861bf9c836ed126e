"""`debugtext list`: source lines with their numbers, as `go tool pprof -list` shows them."""

from pathlib import Path

import click

from debugtext.cli.options.of_reports import example_command
from debugtext.cli.pprof.views import SampleTable, ViewOptions, view_options, warn
from debugtext.cli.terminal.output import write
from debugtext.renderers.pprof.source_files import SourceFiles
from debugtext.renderers.pprof.source_list import render_list
from debugtext.views.patterns import pattern
from debugtext.views.selection import select

EXAMPLES = (
    "debugtext list heap.txt 'store.*Create' --source-root .",
    "debugtext list goroutines.txt main.worker --source-root ~/src/server",
    'debugtext list heap.txt . --source-root . --source-root "$(go env GOROOT)/src"',
)


@example_command("list", EXAMPLES)
@click.argument("source", metavar="INPUT")
@click.argument("function", default=".")
@click.option(
    "--source-root",
    "roots",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=(Path(),),
    help="Where the sources are, and nowhere else; may be repeated. [default: the current folder]",
)
@view_options
def command(table: SampleTable, options: ViewOptions, function: str, roots: tuple[Path, ...]) -> int:
    """Shows the source of the functions whose name matches FUNCTION, a regular expression, with flat and cum.

    INPUT: a debug text, or a binary profile; a file, a URL, or - for standard input. It may come last, as in pprof.
    """
    functions = pattern("function", function or ".")
    assert functions is not None
    warn(select(table, options).unmatched)
    write(render_list(table, functions, options, SourceFiles(roots)))
    return 0
