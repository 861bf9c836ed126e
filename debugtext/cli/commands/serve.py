"""`debugtext serve`: the page of a live program, files or a store, on this machine only."""

import secrets
from collections.abc import Callable
from pathlib import Path

import click

from debugtext.cli import exit_codes
from debugtext.cli.live.serving import PageServer
from debugtext.cli.options.of_reports import Options, example_command
from debugtext.cli.options.quantities import seconds
from debugtext.cli.options.shared import STORE, opened_store
from debugtext.cli.reporting.ci import completed
from debugtext.cli.reporting.page_inputs import page_options, page_report
from debugtext.cli.reporting.report import settings
from debugtext.cli.terminal.output import complain
from debugtext.errors import DebugtextError, InputUnavailableError, UnreadableInputError
from debugtext.records.reports import Report

EXAMPLES = (
    "debugtext serve http://localhost:6060/debug/pprof/goroutine?debug=1",
    "debugtext serve --every 30s --base http://localhost:6060/debug/pprof/heap heap.txt",
    "debugtext serve --history",
)


@example_command("serve", EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option(
    "--history",
    is_flag=True,
    help="Show what watches have kept: INPUTs are URLs that were watched, or all without any.",
)
@STORE
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; a free one without it.")
@click.option(
    "--every",
    callback=seconds,
    default="60s",
    show_default=True,
    metavar="TIME",
    help="How often the INPUTs are read anew.",
)
@page_options
def command(
    inputs: tuple[str, ...],
    history: bool,
    store: Path | None,
    port: int,
    every: float,
    base: str,
    options: Options,
) -> int:
    """Serves the page of `debugtext report`, read anew at each visit, until Ctrl-C.

    It answers this machine only (127.0.0.1), and only who knows the address that it prints.

    INPUT: a URL, a file, a quoted glob.
    """
    shows_history = history or store is not None
    if not shows_history and (not inputs or "-" in inputs):
        raise click.UsageError("name a URL or files to serve, or --history")
    if base and (shows_history or len(inputs) > 1):
        raise click.UsageError("--base compares with one INPUT, and not with a store")

    def page() -> str:
        from debugtext.renderers import render  # noqa: PLC0415

        if shows_history:
            report = _stored(inputs, store, options)
        else:
            found, code = page_report(inputs, base, options)
            if found is None:
                kind = InputUnavailableError if code == exit_codes.TROUBLE else UnreadableInputError
                raise kind("there is nothing to serve: the terminal says why")
            report = found
        return render(report, "html")

    return _serve(page, port, every)


def _stored(targets: tuple[str, ...], path: Path | None, options: Options) -> Report:
    from debugtext.history.chosen import chosen_targets  # noqa: PLC0415
    from debugtext.history.reports import report_on_targets  # noqa: PLC0415

    with opened_store(path) as opened:
        names = chosen_targets(opened, targets)
        return completed(report_on_targets(opened, names, settings(options)), options)


def _serve(page: Callable[[], str], port: int, every: float) -> int:
    try:
        page()  # errors that would come at each visit end the command at once
    except DebugtextError as error:
        complain(str(error))
        return error.exit_code
    with PageServer(page, secrets.token_urlsafe(24), port, every) as server:
        complain(f"serving {server.address} (Ctrl-C ends it)")
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            complain("ended")
    return exit_codes.CLEAN
