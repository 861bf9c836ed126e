"""`debugtext diff`: what grew between two texts of one program."""

import click

from debugtext.analysis import analyze
from debugtext.cli._options import Options, example_command, report_options
from debugtext.cli._report import report_on

EXAMPLES = (
    "debugtext diff heap-09h.txt heap-10h.txt",
    "debugtext diff goroutines-old.txt http://localhost:6060/debug/pprof/goroutine",
    "curl -s 'localhost:6060/debug/pprof/heap?debug=1' | debugtext diff old.txt -",
)


@example_command("diff", EXAMPLES)
@click.argument("base")
@click.argument("current")
@report_options()
def command(base: str, current: str, options: Options) -> int:
    """Says what grew from BASE to CURRENT, by stack, and what is wrong with CURRENT.

    BASE and CURRENT: a file, a URL, or - for standard input.
    """
    return report_on((base, current), options, analyze=analyze, all_needed=True)
