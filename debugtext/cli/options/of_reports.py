"""The options that the reporting commands share, as one decorator, and the values that the user chose."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from debugtext.cli._program import write_examples
from debugtext.cli.options.shared import JOBS, Decorator, how_to_ask, url_options, with_options
from debugtext.cli.options.values import added, expression, no_empty_values, outputs, thresholds
from debugtext.errors import NoInputError, SettingsError
from debugtext.inputs.request_headers import AS_USUAL, HowToAsk
from debugtext.project.configuration import Configuration, load
from debugtext.renderers import RENDERERS
from debugtext.settings import Ignore

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from debugtext.analyzers.rule import Rule

FAIL_ON = ("error", "warning", "note", "never")
FILE_ONLY = ("knowledge", "plugins")
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
_WITHOUT_FORMATS = {"format": "html", "color": "never", "full": False, "fail_on": "never"}
NARROWEST, WIDEST, LOWEST = 40, 120, 16
LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Options:
    """The values of the shared options."""

    format: str
    fail_on: str
    color: str
    full: bool
    own: tuple[str, ...]
    line_prefix: str | None
    thresholds: Mapping[str, float]
    outputs: tuple[str, ...] = ()
    source_root: Path | None = None
    strip_prefix: tuple[str, ...] = ()
    baseline: Path | None = None
    ignores: tuple[Ignore, ...] = ()
    knowledge: tuple[str, ...] = ()
    plugins: bool = False
    jobs: int = 1
    how: HowToAsk = AS_USUAL

    @property
    def rules(self) -> "tuple[Rule, ...]":
        """The rules of other packages, if the configuration asks for them."""
        return added() if self.plugins else ()


class _InputText(click.types.StringParamType):
    """An INPUT: any text; shells complete it as a file."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """Asks the shell for its own completion of files."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only for shells

        del ctx, param
        return [CompletionItem(incomplete, type="file")]


class _WithExamples(click.Command):
    """A command whose help opens with examples."""

    examples: tuple[str, ...] = ()

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, then usage and options."""
        write_examples(formatter, self.examples)
        super().format_help(ctx, formatter)


class ExampleGroup(_WithExamples, click.Group):
    """A command that has commands of its own, such as `history`."""


class ExampleCommand(_WithExamples):
    """A single command; if it makes reports, the configuration gives the defaults of its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Loads the configuration as defaults, then parses the arguments."""
        if any(parameter.name == "thresholds" for parameter in self.params) and not {"-h", "--help"} & set(args):
            ctx.obj = configuration = load()
            names = {"output": "outputs"}
            ctx.default_map = {
                names.get(key, key.replace("-", "_")): value for key, value in configuration.values.items()
            }
        try:
            return super().parse_args(ctx, args)
        except click.BadParameter as error:
            raise _of_the_configuration(error, ctx) or error from None

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; if no input is named, the message shows the first example."""
        try:
            return super().invoke(ctx)
        except NoInputError as error:
            raise NoInputError(f"{error}, for example: {self.examples[0]}") from None


def _of_the_configuration(error: click.BadParameter, context: click.Context) -> SettingsError | None:
    """The error for a value that came from a file or variable, which it names; None if the value was an option."""
    name = error.param.name if error.param else None
    if name is None or context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT_MAP:
        return None
    key = {"outputs": "output"}.get(name, name.replace("_", "-"))
    return SettingsError(f"{context.obj.origins.get(key, 'configuration')}: {key}: {error.message}")


def example_command(name: str, examples: tuple[str, ...]) -> Callable[[Callable[..., int]], ExampleCommand]:
    """Makes a command of a function, with examples at the top of its help."""

    def decorate(function: Callable[..., int]) -> ExampleCommand:
        command = click.command(name, cls=ExampleCommand)(function)
        command.examples = examples
        for parameter in command.params:
            if "INPUT" in (parameter.metavar or "") or parameter.name in {"base", "current"}:
                parameter.type = _InputText()
        return command

    return decorate


def report_options(
    fail_on: str = "never",
    *,
    formats: bool = True,
    places: bool = True,
    each: bool = False,
    answer_time: str | None = "60s",
) -> Decorator:
    """Adds the shared options; the function gets them as `options`, beside its own arguments.

    Without `formats`, there are no options for the format of the report and for its exit code; without `places`, none
    for places in a checkout and for a baseline. A command that judges `each` input by itself has `--jobs`. A server
    has so much `answer_time`, if `--timeout` says nothing else; None: the command asks none.
    """

    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        def wrapper(**values: Any) -> int:  # noqa: ANN401 - click gives what the options say
            chosen = {name: values.pop(name) for name in Options.__dataclass_fields__ if name in values}
            chosen = chosen if formats else _WITHOUT_FORMATS | chosen
            if answer_time:
                chosen["how"] = how_to_ask(values)
            configuration = click.get_current_context().obj
            if isinstance(configuration, Configuration):
                chosen["ignores"] = configuration.ignores
                chosen |= {name: configuration.values[name] for name in FILE_ONLY if name in configuration.values}
            return function(options=Options(**chosen), **values)

        shown = (*_shown(), fail_on_option(fail_on)) if formats else ()
        options = (*shown, *_judged(), *(_for_ci() if places else ()), *((JOBS,) if each else ()))
        options += url_options(answer_time) if answer_time else ()
        return with_options(wrapper, function, options)

    return decorate


def _shown() -> tuple[Decorator, ...]:
    """The options for the look of the report, and where it is written."""
    return (
        click.option(
            "--format",
            type=click.Choice(list(RENDERERS)),
            default="table",
            metavar="FORMAT",
            help=f"What to print: {', '.join(RENDERERS)}.",
        ),
        click.option(
            "-o",
            "--output",
            "outputs",
            multiple=True,
            metavar="FORMAT:PATH",
            callback=outputs,
            help="Also write a file, like html:report.html; may be repeated.",
        ),
        click.option(
            "--full",
            is_flag=True,
            help="Shorten nothing: all groups, whole names and paths, the points of each reason.",
        ),
        click.option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            default="auto",
            help="Colours; auto: on a terminal, or as NO_COLOR and FORCE_COLOR say.",
        ),
    )


def fail_on_option(default: str) -> Decorator:
    """The option for the severity from which on a finding sets the exit code."""
    return click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON),
        default=default,
        show_default=True,
        help="Exit with 1 if a finding is this severe, or more.",
    )


def _judged() -> tuple[Decorator, ...]:
    """The options for what counts as a finding."""
    return (
        click.option(
            "--own",
            multiple=True,
            metavar="PREFIX",
            callback=no_empty_values,
            help="Packages that are your own code, if not detected; may be repeated.",
        ),
        click.option(
            "--line-prefix",
            metavar="REGEX",
            callback=expression,
            help="What a logger put before each line, if not detected.",
        ),
        click.option(
            "--threshold",
            "thresholds",
            multiple=True,
            type=click.UNPROCESSED,  # a file gives pairs of name and number
            metavar="RULE.NAME=VALUE",
            callback=thresholds,
            help="Another threshold for a rule (see `debugtext explain RULE`); may be repeated.",
        ),
    )


def _for_ci() -> tuple[Decorator, ...]:
    """The options that are of use in CI."""
    return (
        click.option("--source-root", type=_FOLDER, help="The checkout that findings point into, if not this folder."),
        click.option(
            "--strip-prefix",
            multiple=True,
            metavar="PATH",
            callback=no_empty_values,
            help="What to cut off paths in the text, so that they are in the checkout; may be repeated.",
        ),
        click.option(
            "--baseline",
            type=_FILE,
            help="A file of findings that are known and do not fail (see `debugtext baseline`).",
        ),
    )


def wants_color(choice: str) -> bool:
    """True if output is coloured: as the flag says, then NO_COLOR (no-color.org), FORCE_COLOR, and if on a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    forced = os.environ.get("FORCE_COLOR")
    return forced != "0" if forced else (sys.stdout is not None and sys.stdout.isatty())


def screen() -> tuple[int, int | None]:
    """The columns and lines of the terminal; if the output goes elsewhere, COLUMNS or 80, and None for the lines."""
    try:
        columns, lines = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        asked = os.environ.get("COLUMNS", "")
        columns = int(asked) if asked.isdecimal() and len(asked) < LONGEST_NUMBER else 80
        return min(max(columns, NARROWEST), WIDEST), None
    return min(max(columns or 80, NARROWEST), WIDEST), max(lines or 24, LOWEST)
