"""`debugtext watch`: takes the texts of running programs again and again, keeps them, and says what grows."""

from pathlib import Path

import click

from debugtext.cli.live.watching import watch
from debugtext.cli.options.of_reports import Options, example_command, report_options
from debugtext.cli.options.quantities import limit, seconds
from debugtext.cli.options.shared import STORE
from debugtext.comparing import Limit
from debugtext.history.watching import Plan
from debugtext.inputs.fetching import TIMEOUT_SECONDS

EXAMPLES = (
    "debugtext watch http://localhost:6060 --every 30s --for 30m",
    "debugtext watch http://localhost:6060/debug/pprof/goroutine --fail-on warning",
    "debugtext watch https://example.com:6060 --bearer-env TOKEN --limit 4GiB",
)


@example_command("watch", EXAMPLES)
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option(
    "--every",
    callback=seconds,
    default="30s",
    show_default=True,
    metavar="TIME",
    help="The time between two texts of one URL.",
)
@click.option("--for", "duration", callback=seconds, metavar="TIME", help="How long to watch; until Ctrl-C without it.")
@STORE
@click.option(
    "--most-mib", type=click.IntRange(1), default=64, show_default=True, help="Refuse answers of more than so many MiB."
)
@click.option(
    "--limit", "most", callback=limit, metavar="SIZE", help="Say when memory will reach 4GiB, or goroutines 10000."
)
@report_options(answer_time="10s")
def command(
    urls: tuple[str, ...],
    every: float,
    duration: float | None,
    store: Path | None,
    most_mib: int,
    most: tuple[int, str] | None,
    options: Options,
) -> int:
    """Takes texts of running programs again and again, keeps them in a store, and ends with what grew.

    URL: http, https or unix:SOCKET:PATH. Of a URL that names only a server it takes heap?debug=1&gc=1 and
    goroutine?debug=1; goroutine?debug=2 would stop the program while it prints.
    """
    timeout = options.how.timeout_seconds or TIMEOUT_SECONDS
    plan = Plan(urls, every, duration, timeout, most_mib << 20, options.how.headers())
    return watch(plan, store, Limit(*most) if most else None, options)
