"""What `report` and `serve` share: their options, and the report that a page shows."""

from collections.abc import Callable, Sequence
from functools import partial

import click

from debugtext.analysis import analyze_each
from debugtext.cli.options.of_reports import Options, report_options
from debugtext.cli.reporting.ci import completed, ignores_code
from debugtext.cli.reporting.kinds import are_comparable, refuse_incomparable
from debugtext.cli.reporting.reading import read_inputs
from debugtext.cli.reporting.report import findings_code, settings
from debugtext.comparing import compare_two, follow
from debugtext.records.reports import Report


def page_options(function: Callable[..., int]) -> Callable[..., int]:
    """Adds the options of both commands; the function gets them as `base` and `options`."""
    base = click.option(
        "--base", default="", metavar="INPUT", help="An earlier text: the page shows what changed since."
    )
    return base(report_options(formats=False)(function))


def page_report(
    arguments: Sequence[str], base: str, options: Options, every_seconds: float | None = None
) -> tuple[Report | None, int]:
    """The report, or None if an input that it needs could not be read, and the highest exit code.

    Several inputs with the same kind of text are taken as snapshots of one program, in time order.
    """
    readings, code = read_inputs((base, *arguments) if base else arguments, options)
    usable = [reading for reading in readings if reading.captures]
    if code and (base or not usable):
        return None, code
    if base:
        refuse_incomparable(readings)
        return _judged(compare_two((readings[0], readings[-1]), settings(options)), options, code)
    in_series = len(usable) > 1 and are_comparable(usable)
    make = partial(follow, every_seconds=every_seconds) if in_series else analyze_each
    return _judged(make(readings, settings(options)), options, code)


def _judged(report: Report, options: Options, code: int) -> tuple[Report, int]:
    """The report with places in the checkout and known findings marked, and the exit code of all."""
    report = completed(report, options)
    return report, max(code, ignores_code(report, options), findings_code(report, options.fail_on))
