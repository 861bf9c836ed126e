"""Makes a report of INPUT arguments, writes it to standard output, and returns the exit code."""

from collections.abc import Callable, Sequence

from debugtext.analysis import analyze_each, together
from debugtext.cli import exit_codes
from debugtext.cli.options.of_reports import Options, screen, wants_color
from debugtext.cli.reporting.ci import completed, ignores_code, without_commands, write_outputs
from debugtext.cli.reporting.reading import read_inputs, with_name
from debugtext.cli.terminal.output import complain, write, write_error
from debugtext.records.captures import Reading
from debugtext.records.reports import Report
from debugtext.renderers import render
from debugtext.renderers.options import RenderOptions
from debugtext.renderers.problem_lines import problem_lines
from debugtext.settings import Settings

Analyze = Callable[[Sequence[Reading], Settings], Report]


def report_on(
    arguments: Sequence[str],
    options: Options,
    kind: str = "",
    analyze: Analyze = analyze_each,
    *,
    all_needed: bool = False,
) -> int:
    """Reads, analyzes and shows the inputs, and returns the exit code.

    With a `kind`, only the texts of this kind count. If an input cannot be read, the others are shown, but the exit
    code says it; if all inputs are needed (`all_needed`, to compare them), nothing is shown.
    """
    reports: list[Report] = []
    if options.jobs > 1 and not all_needed:
        from debugtext.cli.reporting.jobs import judge_inputs  # noqa: PLC0415 - few use --jobs

        reports, code = judge_inputs(arguments, options, kind, settings(options))
        readings = [reading for report in reports for reading in report.readings]
    else:
        readings, code = read_inputs(arguments, options, kind)
    if code and (all_needed or not any(reading.captures for reading in readings)):
        refused = Report(tuple(reading for reading in readings if not reading.captures))
        show(refused, options)  # programs that parse the output get a document in any case
        return code
    if all_needed:
        from debugtext.cli.reporting.kinds import refuse_incomparable  # noqa: PLC0415

        refuse_incomparable(readings)
    report = together(reports) if reports else analyze(readings, settings(options))
    return max(code, conclude(report, options, view=kind))


def conclude(report: Report, options: Options, view: str = "") -> int:
    """Shows the report, with known findings marked and places in the checkout, and returns its exit code."""
    report = completed(report, options)
    show(report, options, view)
    return max(ignores_code(report, options), findings_code(report, options.fail_on))


def show(report: Report, options: Options, view: str = "") -> None:
    """Writes the report to standard output, then everything that could not be read to standard error."""
    width, height = screen()
    color = wants_color(options.color)
    chosen = RenderOptions(options.full, color, width, height, view, options.fail_on, options.rules)
    text = render(report, options.format, chosen)
    write(without_commands(text, options.format))
    write_outputs(report, options)
    for reading in report.readings:
        if not reading.captures and not reading.refusal:
            complain(with_name(reading.name, "no Go debug text found in it"))
    for line in problem_lines(report):
        write_error(without_commands(line))


def settings(options: Options) -> Settings:
    """The options that matter to the rules."""
    return Settings(options.own, options.thresholds, options.ignores, options.knowledge, options.rules)


def findings_code(report: Report, fail_on: str) -> int:
    """FINDINGS if there is a new finding of the severity `fail_on` or above, else CLEAN."""
    worst = report.worst()
    if fail_on == "never" or worst is None:
        return exit_codes.CLEAN
    return exit_codes.FINDINGS if worst >= fail_on else exit_codes.CLEAN
