"""`debugtext baseline`: keeps the findings that are known, so that only new ones fail."""

from pathlib import Path

import click

from debugtext.cli.exit_codes import CLEAN
from debugtext.cli.options.of_reports import ExampleGroup, Options, example_command, report_options
from debugtext.cli.reporting.reading import read_inputs
from debugtext.cli.reporting.report import settings
from debugtext.cli.terminal.output import complain, write_file
from debugtext.project.baseline import DEFAULT_PATH, dumped
from debugtext.renderers.words import counted


@click.group("baseline", cls=ExampleGroup, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Keeps the findings that are known: with --baseline FILE only new ones fail."""


command.examples = (
    "go test ./... 2>&1 | debugtext baseline write",
    "debugtext baseline write --to known.json job.log",
    "debugtext check --baseline known.json job.log",
)


@example_command("write", command.examples[:2])
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_PATH,
    show_default=True,
    help="The file to write.",
)
@click.option("--series", is_flag=True, help="The inputs are snapshots of one program, as for diff and trend.")
@report_options(formats=False, places=False)
def write(inputs: tuple[str, ...], path: Path, series: bool, options: Options) -> int:
    """Writes the findings in the inputs to a file, for --baseline."""
    from debugtext.analysis import analyze_each  # noqa: PLC0415
    from debugtext.comparing import follow  # noqa: PLC0415

    readings, code = read_inputs(inputs, options)
    if code != CLEAN:
        complain(f"{path}: not written, as it would lack what could not be read")
        return code
    findings = (follow if series else analyze_each)(readings, settings(options)).findings
    write_file(path, [dumped(findings).encode()])
    complain(f"{path}: {counted(len({finding.fingerprint for finding in findings}), 'known finding')}")
    return CLEAN


command.add_command(write)
