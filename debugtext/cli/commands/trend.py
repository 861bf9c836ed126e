"""`debugtext trend`: what grows over several texts of one program."""

from functools import partial

import click

from debugtext.cli.options.of_reports import Options, example_command, report_options
from debugtext.cli.options.quantities import limit, seconds
from debugtext.cli.reporting.report import report_on
from debugtext.comparing import Limit, follow

EXAMPLES = (
    "debugtext trend heap-*.txt",
    "debugtext trend --every 30s --limit 4GiB heap.1.txt heap.2.txt heap.3.txt",
    "debugtext trend --format json 'goroutines/*.txt'",
)


@example_command("trend", EXAMPLES)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--every", callback=seconds, metavar="TIME", help="How far apart the snapshots are: 30s, 5m.")
@click.option("--limit", callback=limit, metavar="SIZE", help="Say when memory will reach 4GiB, or goroutines 10000.")
@report_options()
def command(inputs: tuple[str, ...], every: float | None, limit: tuple[int, str] | None, options: Options) -> int:
    """Says what grows over snapshots in time order, how fast, and what is wrong with the last one.

    One INPUT may hold all of them: a log with a dump every minute.

    The times are those of --every, else of the first kind that all snapshots have: when they were fetched, the Date of
    saved HTTP headers (`curl -i`), dates in their names, the files' own times.
    """
    most = Limit(*limit) if limit else None
    return report_on(inputs, options, analyze=partial(follow, every_seconds=every, limit=most))
