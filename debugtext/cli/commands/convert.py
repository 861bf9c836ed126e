"""`debugtext convert`: a text in the format of another tool."""

import sys
from pathlib import Path
from shlex import quote

import click

from debugtext.cli.options.of_reports import example_command
from debugtext.cli.options.shared import CAPTURE, OUTPUT, asks_urls
from debugtext.cli.pprof.profile import read_profile
from debugtext.cli.terminal.output import write_file
from debugtext.converters import BINARY, CONVERTERS, convert
from debugtext.inputs.request_headers import HowToAsk

EXAMPLES = (
    "debugtext convert --to pprof -o heap.pb.gz heap.txt && go tool pprof -http : heap.pb.gz",
    "debugtext convert --to folded goroutines.txt | flamegraph.pl > goroutines.svg",
    "curl -s 'localhost:6060/debug/pprof/goroutine?debug=2' | debugtext convert --to jsonl | jq .state",
)


@example_command("convert", EXAMPLES)
@click.argument("source", default="-", metavar="[INPUT]")
@click.option("--to", "name", type=click.Choice(list(CONVERTERS)), required=True, help="The format to write.")
@OUTPUT
@click.option("--sample-index", "kind", default="", metavar="NAME", help="The kind of number, where one is needed.")
@CAPTURE
@asks_urls
def command(source: str, name: str, output: Path | None, kind: str, capture: int | None, how: HowToAsk) -> int:
    """Writes a profile or goroutine dump in the format of another tool.

    INPUT: a debug text, or a binary profile; a file, a URL, or - for standard input (also without any).
    """
    if output is None and name in BINARY and sys.stdout.isatty():
        way = f"debugtext convert --to {name} -o profile.pb.gz{'' if source == '-' else f' {quote(source)}'}"
        raise click.UsageError(f"--to {name} is binary, which is nothing for a terminal: {way}")
    pieces = convert(read_profile(source, capture or 0, how), name, kind)
    if output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return 0
    write_file(output, pieces)
    return 0
