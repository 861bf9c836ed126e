"""From INPUT arguments and options to a report on standard output and an exit code."""

from collections.abc import Callable, Sequence

from debugtext.analysis import analyze_each
from debugtext.cli import exit_codes
from debugtext.cli._ci import completed, ignores_code, without_commands, write_outputs
from debugtext.cli._options import Options, screen, wants_color
from debugtext.cli._output import complain, write, write_error
from debugtext.errors import DebugtextError
from debugtext.inputs import inputs
from debugtext.records.captures import Problem, Reading
from debugtext.records.findings import Severity
from debugtext.records.reports import Report
from debugtext.renderers import renderer
from debugtext.renderers._renderer import RenderOptions
from debugtext.renderers.problem_lines import problem_lines
from debugtext.settings import Settings

DOCUMENTS = ("json", "jsonl")
"""Formats that say what went wrong themselves: who parses them is given a document in any case."""
Analyze = Callable[[Sequence[Reading], Settings], Report]


def report_on(
    arguments: Sequence[str],
    options: Options,
    kind: str = "",
    analyze: Analyze = analyze_each,
    *,
    all_needed: bool = False,
) -> int:
    """Reads, analyzes and shows the inputs; the exit code.

    `kind` keeps to the texts of one kind. An input that fails does not cost the others, unless they are `all_needed`
    (to be compared); its exit code stays.
    """
    readings, code = read_inputs(arguments, options, kind)
    if code and (all_needed or not any(reading.captures for reading in readings)):
        if options.format in DOCUMENTS:
            show(Report(tuple(readings)), options)
        return code
    if all_needed:
        from debugtext.cli._kinds import refuse_incomparable  # noqa: PLC0415

        refuse_incomparable(readings)
    return max(code, conclude(analyze(readings, settings(options)), options, view=kind))


def conclude(report: Report, options: Options, view: str = "") -> int:
    """Shows the report, known findings marked and places in the checkout found; the exit code of what it says."""
    report = completed(report, options)
    show(report, options, view)
    return max(ignores_code(report, options), findings_code(report, options.fail_on))


def read_inputs(arguments: Sequence[str], options: Options, kind: str = "") -> tuple[list[Reading], int]:
    """What could be read, in the order of the inputs, and the highest exit code of what could not."""
    from debugtext.cli._kinds import PATHS, only  # noqa: PLC0415

    readings, code = [], exit_codes.CLEAN
    for source in inputs(arguments, PATHS.get(kind, "")):
        try:
            reading = source.read(options.line_prefix)
            readings.append(only(kind, reading) if kind else reading)
        except DebugtextError as error:
            message = _with_name(source.name, str(error))
            complain(message)
            code = max(code, error.exit_code)
            readings.append(Reading(source.name, (), (Problem(0, message),)))
    return readings, code


def show(report: Report, options: Options, view: str = "") -> None:
    """The report on standard output, then what could not be read on standard error."""
    width, height = screen()
    color = wants_color(options.color)
    chosen = RenderOptions(options.full, color, width, height, view, options.fail_on, options.rules)
    text = renderer(options.format, chosen).render(report)
    write(without_commands(text, options.format))
    write_outputs(report, options)
    for reading in report.readings:
        if not reading.captures and not any(problem.line == 0 for problem in reading.problems):
            complain(_with_name(reading.name, "no Go debug text found in it"))
    for line in problem_lines(report):
        write_error(without_commands(line))


def settings(options: Options) -> Settings:
    """The options that the rules ask for."""
    return Settings(options.own, options.thresholds, options.ignores, options.knowledge, options.rules)


def findings_code(report: Report, fail_on: str) -> int:
    """FINDINGS if there is a finding at least as loud as `fail_on`."""
    worst = report.worst()
    if fail_on == "never" or worst is None:
        return exit_codes.CLEAN
    return exit_codes.FINDINGS if worst.rank <= Severity(fail_on).rank else exit_codes.CLEAN


def _with_name(name: str, message: str) -> str:
    """The message, which may name the input itself."""
    named = tuple(f"{known}{mark}" for known in (name, name.rstrip("/\\")) for mark in (":", " is"))
    return message if message.startswith(named) else f"{_name(name)}: {message}"


def _name(name: str) -> str:
    return "standard input" if name == "-" else name
