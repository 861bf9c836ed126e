"""Options that several commands take, and the way to add options to a function."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from debugtext.errors import InputUnavailableError

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
STORE = click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="The file that `debugtext watch --store` wrote, if not the default one.",
)


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
