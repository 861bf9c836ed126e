"""`debugtext diff`: what grew between two texts of one program."""

from functools import partial

import click

from debugtext.cli.options.of_reports import Options, example_command, report_options
from debugtext.cli.options.quantities import seconds
from debugtext.cli.reporting.report import report_on
from debugtext.comparing import compare_two
from debugtext.records.growth import Pace

EXAMPLES = (
    "debugtext diff heap-09h.txt heap-10h.txt",
    "debugtext diff --seconds 1h heap-09h.txt heap-10h.txt",
    "curl -s 'localhost:6060/debug/pprof/heap?debug=1' | debugtext diff old.txt -",
)


@example_command("diff", EXAMPLES)
@click.argument("base")
@click.argument("current", required=False)
@click.option(
    "--seconds", "apart", callback=seconds, metavar="TIME", help="The time between the two: shows growth per second."
)
@click.option(
    "--requests", type=click.IntRange(1), help="How many were served between the two: shows growth per request."
)
@report_options()
def command(base: str, current: str | None, apart: float | None, requests: int | None, options: Options) -> int:
    """Says what grew from BASE to CURRENT, by stack, and what is wrong with CURRENT.

    Stacks match by function names, so that a restart or a new build between the two does not matter.

    BASE and CURRENT: a file, a URL, or - for standard input. BASE alone may hold several
    dumps: the first is compared with the last.
    """
    if apart and requests:
        raise click.UsageError("give --seconds or --requests, not both")
    pace = Pace("per second", apart) if apart else Pace("per request", requests) if requests else None
    inputs = (base,) if current is None else (base, current)
    return report_on(inputs, options, analyze=partial(compare_two, pace=pace), all_needed=True)
