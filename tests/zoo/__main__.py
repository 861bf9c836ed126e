"""Visits real Go servers, all healthy, and says which of their debug texts raise an alarm: python -m tests.zoo."""

import json
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import click

from .entries import Server, read_servers
from .fetch import fetch
from .judge import judge_all, unexpected
from .load import allow_many_connections
from .page import PAGE, Run, page, told
from .run import stopping
from .visits import About, Turns, visit

CLEAN, ALARMS, INTERRUPTED = 0, 1, 130


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--only", multiple=True, metavar="NAME", help="This server alone; may be repeated.")
@click.option("--seconds", default=30.0, show_default=True, help="How long each server is under load.")
@click.option("--rest", default=150.0, show_default=True, help="When the last text at rest is taken, in seconds.")
@click.option("--jobs", default=8, show_default=True, help="How many servers are under load at the same time.")
@click.option("--keep", type=click.Path(path_type=Path), metavar="FOLDER", help="Keep the texts there.")
@click.option(
    "--again", type=click.Path(path_type=Path, exists=True), metavar="FOLDER", help="Judge the texts kept there."
)
@click.option("--packages", type=click.Path(path_type=Path), metavar="FOLDER", help="Keep what was fetched there.")
@click.option("--write-docs", is_flag=True, help="Write the page of this run.")
def main(
    only: tuple[str, ...],
    seconds: float,
    rest: float,
    jobs: int,
    keep: Path | None,
    again: Path | None,
    packages: Path | None,
    write_docs: bool,
) -> None:
    """Starts healthy Go servers from Debian and says which of their debug texts raise an alarm."""
    servers, left_out = read_servers()
    if unknown := sorted(set(only) - {server.name for server in servers}):
        raise click.BadParameter(f"no server {', '.join(unknown)}", param_hint="--only")
    servers = tuple(server for server in servers if not only or server.name in only)
    with tempfile.TemporaryDirectory(prefix="zoo-") as work:
        folder = (again or keep or Path(work) / "texts").resolve()
        if again is None:
            turns = Turns(threading.Semaphore(jobs), threading.Semaphore(jobs), rest, seconds)
            visit_all(servers, folder, (packages or Path(work)).resolve(), Path(work), turns)
        run = judged(servers, folder)
        click.echo(told(run, folder))
    if write_docs:
        PAGE.write_text(page(run, servers, left_out), "utf-8", newline="\n")
    sys.exit(ALARMS if run.alarms or run.not_visited() else CLEAN)


def visit_all(servers: Sequence[Server], folder: Path, fetched: Path, work: Path, turns: Turns) -> None:
    """Fetches and visits all of them: many rest at the same time, and some are under load."""
    packages, reasons = fetch((name for server in servers for name in server.packages), fetched)
    allow_many_connections()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ThreadPoolExecutor(max(len(servers), 1)) as pool:
        try:
            visits = []
            for server in servers:
                if missing := [reasons[name] for name in server.packages if name in reasons]:
                    (folder / server.name).mkdir(parents=True, exist_ok=True)
                    About(server.name, "", "; ".join(missing)).write(folder / server.name)
                    continue
                own = [packages[name] for name in server.packages]
                visits.append(pool.submit(visit, server, own, folder / server.name, work / "homes", turns))
            for number, done in enumerate(as_completed(visits), 1):
                about = done.result()
                click.echo(f"{number}/{len(visits)} {about.name}: {about.why_not or about.traffic}", err=True)
        except KeyboardInterrupt:
            stopping.set()  # every visit ends its own process, and the pool waits for that
            click.echo("interrupted", err=True)
            pool.shutdown(cancel_futures=True)
            sys.exit(INTERRUPTED)


def judged(servers: Sequence[Server], folder: Path) -> Run:
    """The texts below a folder, judged."""
    abouts = [about_of(server, folder) for server in servers]
    cases, alarms = judge_all(folder, [about.name for about in abouts if (folder / about.name).is_dir()])
    loud = unexpected(alarms, servers)
    return Run(abouts, cases, loud, [alarm for alarm in alarms if alarm not in loud])


def about_of(server: Server, folder: Path) -> About:
    """What is kept of a visit, if it was made."""
    path = folder / server.name / "about.json"
    return About(**json.loads(path.read_text("utf-8"))) if path.is_file() else About(server.name, "", "no texts kept")


if __name__ == "__main__":
    main()
