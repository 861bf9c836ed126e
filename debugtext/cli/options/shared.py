"""Options that several commands take, and the way to add options to a function."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from debugtext.cli.options.quantities import seconds
from debugtext.errors import InputUnavailableError
from debugtext.inputs.request_headers import HowToAsk

if TYPE_CHECKING:
    from debugtext.history.store import Store

Decorator = Callable[[Callable[..., int]], Callable[..., int]]

OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; standard output without it.",
)
CAPTURE = click.option(
    "--capture",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help="Which of several profiles in the input; 1 is the first.",
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    show_default=True,
    help="Read so many inputs at once, each in a process of its own.",
)
STORE = click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="The file of watched texts, if not DEBUGTEXT_STORE, or ~/.local/state/debugtext/history.sqlite.",
)


def url_options(answer_time: str = "60s") -> tuple[Decorator, ...]:
    """The options for how to ask URLs; `--timeout` is `answer_time` without it. `how_to_ask` takes their values."""
    return (
        click.option(
            "--timeout",
            "answer_seconds",
            callback=seconds,
            default=answer_time,
            metavar="TIME",
            show_default=True,
            help="How long to wait for the answer of a URL.",
        ),
        click.option(
            "--header",
            "given",
            multiple=True,
            metavar="'NAME: VALUE'",
            help="A header to send with each request; may be repeated.",
        ),
        click.option(
            "--header-file", type=click.Path(), help="A file of headers, one a line, if not DEBUGTEXT_HEADER_FILE."
        ),
        click.option("--bearer-file", type=click.Path(), help="A file with a bearer token to send with each request."),
        click.option("--bearer-env", metavar="VARIABLE", help="The environment variable that holds the token."),
    )


def how_to_ask(values: dict[str, Any]) -> HowToAsk:
    """Takes the values of `url_options` out of the values of all options."""
    names = ("answer_seconds", "given", "header_file", "bearer_file", "bearer_env")
    return HowToAsk(*(values.pop(name) for name in names))


def asks_urls(function: Callable[..., int]) -> Callable[..., int]:
    """Adds `url_options`; the function gets them as `how`, beside its own arguments."""

    def wrapper(**values: Any) -> int:  # noqa: ANN401 - click gives what the options say
        return function(how=how_to_ask(values), **values)

    return with_options(wrapper, function, url_options())


def opened_store(path: Path | None) -> "Store":
    """The store at this path, or the default one; raises InputUnavailableError if there is none yet."""
    from debugtext.history.store import Store, default_path  # noqa: PLC0415 - SQLite is not needed to show a --help

    chosen = path or default_path()
    if not chosen.exists():
        raise InputUnavailableError(f"there is no store {chosen}: `debugtext watch` makes one")
    return Store(chosen)


def with_options(
    wrapper: Callable[..., Any], function: Callable[..., int], options: Iterable[Decorator]
) -> Callable[..., int]:
    """The wrapper of a command's function, with the function's help and own options, and with these `options` added.

    click reads both from the function that it is given, which is the wrapper.
    """
    wrapper.__doc__ = function.__doc__
    wrapper.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
    for option in reversed(tuple(options)):
        wrapper = option(wrapper)
    return wrapper
