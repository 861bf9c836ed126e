"""`debugtext report`: everything as one page that can be attached to a ticket, or its flame graph alone."""

from pathlib import Path

import click

from debugtext.cli.options.of_reports import Options, example_command, fail_on_option
from debugtext.cli.options.quantities import seconds
from debugtext.cli.options.shared import OUTPUT
from debugtext.cli.reporting.page_inputs import page_options, page_report
from debugtext.cli.terminal.output import complain, write, write_error, write_file
from debugtext.errors import UnreadableInputError
from debugtext.records.reports import Report
from debugtext.renderers.problem_lines import problem_lines

EXAMPLES = (
    "debugtext report goroutines.txt -o report.html",
    "debugtext report --base heap-09h.txt heap-10h.txt -o grown.html",
    "debugtext report --svg heap.txt -o heap.svg",
)


@example_command("report", EXAMPLES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@OUTPUT
@click.option("--svg", is_flag=True, help="The flame graph alone, as a picture.")
@click.option("--every", callback=seconds, metavar="TIME", help="How far apart several snapshots are: 30s, 5m.")
@fail_on_option("never")
@page_options
def command(
    inputs: tuple[str, ...],
    output: Path | None,
    svg: bool,
    every: float | None,
    base: str,
    options: Options,
) -> int:
    """Writes one page: verdict, findings, flame graph, goroutines, who waits for whom, trends.

    The page loads nothing from anywhere. Several inputs of one kind are snapshots in time order.

    INPUT: a file, a quoted glob, a URL, or - for standard input (also without any).
    """
    if base and len(inputs) > 1:
        raise click.UsageError("--base compares with one INPUT")
    report, code = page_report(inputs, base, options, every)
    if report is None:
        return code
    text = _picture(report) if svg else _page(report)
    if output:
        write_file(output, [text.encode()])
    else:
        write(text)
    for line in problem_lines(report):
        write_error(line)
    if not report.captures:
        complain("no Go debug text found")
    return code


def _page(report: Report) -> str:
    from debugtext.renderers import render  # noqa: PLC0415

    return render(report, "html")


def _picture(report: Report) -> str:
    from debugtext.renderers.html.svg_flame import flame_svg  # noqa: PLC0415

    text = flame_svg(report)
    if not text:
        raise UnreadableInputError("no stacks to draw were found")
    return text
