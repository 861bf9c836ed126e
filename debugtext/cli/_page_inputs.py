"""What the commands with pages share: their options, and which report a page shows."""

from collections.abc import Callable, Sequence
from functools import partial

import click

from debugtext.analysis import analyze_each
from debugtext.cli._kinds import are_comparable, refuse_incomparable
from debugtext.cli._options import Options
from debugtext.cli._report import read_inputs, settings
from debugtext.comparing import compare_two, follow
from debugtext.records.reports import Report


def page_options(function: Callable[..., int]) -> Callable[..., int]:
    """Adds what both commands take beside their inputs."""
    for option in (
        click.option("--line-prefix", metavar="REGEX", help="What a logger put before each line, if not detected."),
        click.option("--own", multiple=True, metavar="PREFIX", help="Packages that are your own code."),
        click.option("--base", default="", metavar="INPUT", help="An earlier text: the page shows what changed since."),
    ):
        function = option(function)
    return function


def chosen(own: tuple[str, ...], line_prefix: str | None) -> Options:
    """The options of the analysis; a page has no need of the others."""
    return Options("table", "never", "never", full=False, own=own, line_prefix=line_prefix, thresholds={})


def page_report(
    arguments: Sequence[str], base: str, options: Options, every_seconds: float | None = None
) -> tuple[Report | None, int]:
    """The report, or None where what is needed could not be read, and the exit code of what could not.

    Several inputs that hold the same kind of text are taken as snapshots of one program, in time order.
    """
    readings, code = read_inputs((base, *arguments) if base else arguments, options)
    usable = [reading for reading in readings if reading.captures]
    if code and (base or not usable):
        return None, code
    if base:
        refuse_incomparable(readings)
        return compare_two((readings[0], readings[-1]), settings(options)), code
    in_series = len(usable) > 1 and are_comparable(usable)
    make = partial(follow, every_seconds=every_seconds) if in_series else analyze_each
    return make(readings, settings(options)), code
