"""`debugtext history`: what watches have kept."""

import sys
import time
from pathlib import Path

import click

from debugtext.cli import exit_codes
from debugtext.cli.options.of_reports import ExampleGroup, Options, example_command, report_options
from debugtext.cli.options.quantities import seconds
from debugtext.cli.options.shared import STORE, opened_store
from debugtext.cli.reporting.report import conclude, settings
from debugtext.cli.terminal.output import complain, write
from debugtext.errors import InputUnavailableError
from debugtext.history.chosen import chosen_targets
from debugtext.history.exports import export
from debugtext.history.listing import entries_table, targets_table
from debugtext.history.reports import report_on_targets


@click.group("history", cls=ExampleGroup, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Lists, shows, exports and prunes what `debugtext watch` has kept."""


command.examples = (
    "debugtext history list",
    "debugtext history show --last 2h",
    "debugtext history list http://localhost:6060/debug/pprof/heap?debug=1",
)


@command.command("list")
@click.argument("target", required=False)
@STORE
def list_(target: str | None, store: Path | None) -> int:
    """Lists the targets that were watched, or the snapshots of one.

    TARGET: a URL as this command shows it without any.
    """
    with opened_store(store) as opened:
        if target:
            chosen_targets(opened, (target,))
        write(
            entries_table(opened.entries(target), opened.events(target)) if target else targets_table(opened.targets())
        )
    return exit_codes.CLEAN


@example_command("show", ("debugtext history show http://localhost:6060/debug/pprof/heap?debug=1 --last 2h",))
@click.argument("targets", nargs=-1)
@click.option("--last", callback=seconds, metavar="TIME", help="Only the last 2h, 7d, … of it.")
@STORE
@report_options(answer_time=None)
def show_(targets: tuple[str, ...], last: float | None, store: Path | None, options: Options) -> int:
    """Shows the trend of TARGETS, or of all that was watched.

    TARGET: a URL as `debugtext history list` shows it.
    """
    with opened_store(store) as opened:
        chosen = chosen_targets(opened, targets)
        report = report_on_targets(opened, chosen, settings(options), time.time() - last if last else 0.0)
    return conclude(report, options)


command.add_command(show_)


@command.command("export", short_help="Writes the raw texts of a TARGET into a FOLDER.")
@click.argument("target")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@STORE
def export_(target: str, folder: Path | None, store: Path | None) -> int:
    """Writes the raw texts of a TARGET into a FOLDER, named by their time, as `debugtext trend` reads them.

    TARGET may be the number of one snapshot (see `history list TARGET`): its text goes to standard output.
    """
    with opened_store(store) as opened:
        if folder is None:
            if not target.isdecimal():
                raise InputUnavailableError("name a FOLDER to export to, or the number of one snapshot")
            text = opened.text(int(target))
            if text is None:
                raise InputUnavailableError(f"the store holds no snapshot {target}: `history list TARGET` shows them")
            sys.stdout.buffer.write(text)
            return exit_codes.CLEAN
        complain(f"{export(opened, target, folder):,} texts written to {folder}")
    return exit_codes.CLEAN


@command.command("prune")
@click.option("--older-than", "age", callback=seconds, required=True, metavar="TIME", help="How old: 30d, 12h, …")
@click.option("--target", help="Only the snapshots of this URL.")
@STORE
def prune(age: float, target: str | None, store: Path | None) -> int:
    """Forgets old snapshots, and gives the space back."""
    with opened_store(store) as opened:
        if target:
            chosen_targets(opened, (target,))
        complain(f"{opened.prune(target, time.time() - age):,} snapshots forgotten")
    return exit_codes.CLEAN
