"""What the commands with pprof's views share: one input, pprof's options, a base to subtract."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from debugtext.cli.options.shared import CAPTURE, Decorator, how_to_ask, url_options, with_options
from debugtext.cli.pprof.profile import read_profile
from debugtext.cli.terminal.output import complain
from debugtext.errors import InputUnavailableError
from debugtext.inputs.arguments import is_input
from debugtext.inputs.request_headers import HowToAsk
from debugtext.records.captures import Capture
from debugtext.views.from_records import capture_table
from debugtext.views.options import EDGE_FRACTION, NODE_FRACTION, ViewOptions
from debugtext.views.places import Granularity
from debugtext.views.samples import SampleTable
from debugtext.views.subtraction import subtract

_OPTIONS: tuple[Decorator, ...] = (
    click.option(
        "--sample-index", default="", metavar="NAME", help="The kind of number, like alloc_space, by name or position."
    ),
    click.option("--cum", is_flag=True, help="Sort by cum instead of flat."),
    click.option(
        "--unit", default="minimum", metavar="UNIT", help="Show numbers in kB, MB, s, ms, …; auto: each in its own."
    ),
    click.option(
        "--granularity",
        type=click.Choice([one.value for one in Granularity]),
        default=Granularity.FUNCTIONS.value,
        show_default=True,
        help="What to add the numbers up by.",
    ),
    click.option(
        "--nodecount",
        type=click.IntRange(min=-1),
        metavar="N",
        help="Show the top N nodes; 0 for all, -1 for the default.",
    ),
    click.option(
        "--nodefraction", type=float, default=NODE_FRACTION, show_default=True, help="Hide nodes below this share."
    ),
    click.option(
        "--edgefraction", type=float, default=EDGE_FRACTION, show_default=True, help="Hide calls below this share."
    ),
    click.option("--trim/--no-trim", default=True, help="Hide small nodes and calls, or nothing at all."),
    click.option("--drop-negative", is_flag=True, help="Hide what became less than in the base."),
    click.option("--relative-percentages", is_flag=True, help="Shares of what the filters leave."),
    click.option("--noinlines", is_flag=True, help="Count inlined functions as their caller."),
    click.option("--focus", default="", metavar="REGEX", help="Only stacks through a matching function or file."),
    click.option("--ignore", default="", metavar="REGEX", help="No stacks through a matching function or file."),
    click.option("--hide", default="", metavar="REGEX", help="Leave out matching frames."),
    click.option("--show", default="", metavar="REGEX", help="Leave out all other frames."),
    click.option("--show-from", default="", metavar="REGEX", help="Leave out the callers of the first match."),
    click.option("--tagfocus", default="", metavar="[KEY=]REGEX", help="Only samples with a label or size."),
    click.option("--tagignore", default="", metavar="[KEY=]REGEX", help="No samples with a label or size."),
    click.option("--tagshow", default="", metavar="REGEX", help="Only the labels whose name matches."),
    click.option("--taghide", default="", metavar="REGEX", help="Not the labels whose name matches."),
    click.option(
        "--tagroot", default="", metavar="KEYS", help="Labels to show as callers of everything, like state,creator."
    ),
    click.option("--tagleaf", default="", metavar="KEYS", help="Labels to show as what each leaf calls."),
    click.option("--prune-from", default="", metavar="REGEX", help="Leave out what a matching function calls."),
    click.option("--base", default="", metavar="INPUT", help="Subtract another profile."),
    click.option("--diff-base", default="", metavar="INPUT", help="The same, with shares of the base."),
    CAPTURE,
    *url_options(),
)


def view_options(function: Callable[..., int]) -> Callable[..., int]:
    """Adds pprof's options and reads the input; the function gets `table` and `options` beside its own arguments."""

    def wrapper(**values: Any) -> int:  # noqa: ANN401 - click gives what the options say
        source, capture = values.pop("source"), values.pop("capture") or 0
        if "function" in values and is_input(values["function"]) and not is_input(source):
            source, values["function"] = values["function"], source  # pprof's order: the profile comes last
        base, diff_base = values.pop("base"), values.pop("diff_base")
        how = how_to_ask(values)
        options = _chosen(values)
        if base and diff_base:
            raise click.UsageError("--base and --diff-base: give one of them")
        table = capture_table(_read(source, capture, values.get("function", "."), how))
        if base or diff_base:
            table = subtract(table, capture_table(read_profile(base or diff_base, how=how)), diff=bool(diff_base))
        return function(table=table, options=options, **values)

    return with_options(wrapper, function, _OPTIONS)


def _read(source: str, capture: int, function: str, how: HowToAsk) -> Capture:
    """The profile; if there is no such file, INPUT and FUNCTION may be swapped, and the message says their order."""
    try:
        return read_profile(source, capture, how)
    except InputUnavailableError as error:
        if function != "." and str(error).endswith("no such file"):
            error.args = (f"{error}, nor is there one {function!r}: write the INPUT, then the FUNCTION",)
        raise


def warn(unmatched: Iterable[str]) -> None:
    """Reports the filters that matched nothing, in pprof's words."""
    for name in unmatched:
        complain(f"{name} expression matched no samples")


def _chosen(values: dict[str, Any]) -> ViewOptions:
    names = set(ViewOptions.__dataclass_fields__)
    chosen = {name: values.pop(name) for name in list(values) if name in names}
    chosen["granularity"] = Granularity(chosen["granularity"])
    if chosen["nodecount"] == -1:
        chosen["nodecount"] = None
    return ViewOptions(**chosen)


__all__ = ["SampleTable", "ViewOptions", "view_options", "warn"]
