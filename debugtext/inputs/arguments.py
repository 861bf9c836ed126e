"""Turns INPUT arguments into inputs: standard input, files, quoted globs, URLs."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import TIMEOUT_MAX
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, cast

from debugtext.errors import InputUnavailableError, NoInputError, SettingsError, UnreadableInputError
from debugtext.inputs.request_headers import AS_USUAL, HowToAsk
from debugtext.reading import read

if TYPE_CHECKING:
    from debugtext.records.captures import Reading

STANDARD_INPUT = "-"
URL_BEGINNINGS = ("http://", "https://", "unix:")
GLOB_CHARACTERS = "*?["
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}://")
SERVER = re.compile(r"[\w.-]+:\d{2,5}(?:/|\Z)")


@dataclass(frozen=True, slots=True)
class Input:
    """One input, by the name that the user gave; `-` is standard input.

    The other fields are for URLs: `profile_path` is fetched if the URL names only a server, and `how` to ask it.
    """

    name: str
    profile_path: str = ""
    how: HowToAsk = AS_USUAL

    @property
    def matches_nothing(self) -> bool:
        """Whether it is a glob that no file matches."""
        return _is_glob(self.name)

    def read(self, line_prefix: str | None = None, progress: Callable[[int], None] | None = None) -> "Reading":
        """Reads the input; raises InputUnavailableError or UnreadableInputError, whose message does not name the input.

        `progress` is called for each piece with the number of its characters.
        """
        if self.name == STANDARD_INPUT:
            return read(_standard_input(), name=self.name, line_prefix=line_prefix, progress=progress)
        if self.name.startswith(URL_BEGINNINGS):
            from debugtext.inputs.fetching import (  # noqa: PLC0415 - importing urllib is slow
                TIMEOUT_SECONDS,
                complete,
                fetch,
                without_password,
            )

            url, timeout = complete(self.name, self.profile_path), self.how.timeout_seconds or TIMEOUT_SECONDS
            with fetch(url, timeout, headers=self.how.headers()) as answer:
                reading = read(
                    cast("BinaryIO", answer),
                    name=without_password(self.name),
                    line_prefix=line_prefix,
                    progress=progress,
                )
            return replace(reading, taken_at=answer.made_at)
        if (scheme := SCHEME.match(self.name)) and not Path(self.name).exists():
            known = ", ".join(URL_BEGINNINGS)
            raise InputUnavailableError(f"{scheme[0]} is not supported: URLs begin with {known}")
        if SERVER.match(self.name) and not Path(self.name).exists():
            raise InputUnavailableError(f"no such file; for a server write http://{self.name}")
        if self.matches_nothing:
            raise InputUnavailableError("no file matches this pattern")
        return read(Path(self.name), name=self.name, line_prefix=line_prefix, progress=progress)


def read_url(
    url: str, *, timeout_seconds: float | None = None, headers: Mapping[str, str] = MappingProxyType({})
) -> "Reading":
    """Fetches and reads what a running program answers; `taken_at` of the reading is when the answer was made.

    `timeout_seconds` is how long to wait for the whole answer; None: 60 seconds. `headers` are sent beside those of the
    file that DEBUGTEXT_HEADER_FILE names. A profile is asked for with `debug=1` if the URL has neither `debug=` nor
    `seconds=`. Raises InputUnavailableError if this is no URL or gives no answer, UnreadableInputError as `read` does
    (both name the URL, without its password), and SettingsError if the time or a header makes no sense.
    """
    if not url.startswith(URL_BEGINNINGS):
        raise InputUnavailableError(
            f"{url!r} is no URL that can be fetched: URLs begin with {', '.join(URL_BEGINNINGS)}"
        )
    if timeout_seconds is not None and not 0 < timeout_seconds <= TIMEOUT_MAX:
        raise SettingsError(f"timeout_seconds must be a number of seconds above 0, not {timeout_seconds!r}")
    given = tuple(f"{name}: {value}" for name, value in headers.items())
    try:
        return Input(url, how=HowToAsk(timeout_seconds=timeout_seconds, given=given)).read()
    except (InputUnavailableError, UnreadableInputError) as error:
        from debugtext.inputs.fetching import without_password  # noqa: PLC0415 - importing urllib is slow

        error.args = (f"{without_password(url)}: {error}",)
        raise


def is_input(word: str) -> bool:
    """Whether a word names something to read: standard input, a URL, or a file that exists."""
    return word == STANDARD_INPUT or word.startswith(URL_BEGINNINGS) or Path(word).is_file()


def inputs(arguments: Sequence[str], profile_path: str = "", how: HowToAsk = AS_USUAL) -> tuple[Input, ...]:
    """The inputs that the arguments name; without arguments standard input.

    Raises NoInputError if standard input is a terminal or closed. A glob that no file matches is an error only when
    the input is read, like a missing file.
    """
    if not arguments or STANDARD_INPUT in arguments:
        _refuse_terminal()
    if arguments.count(STANDARD_INPUT) > 1:
        raise InputUnavailableError("standard input can be read only once: give - once")
    names = [name for argument in arguments or [STANDARD_INPUT] for name in _names(argument)]
    return tuple(Input(name, profile_path, how) for name in names)


def _names(argument: str) -> Iterator[str]:
    """The argument itself, or the files that it matches."""
    if not argument:
        raise InputUnavailableError("an INPUT is empty: is a variable of the script not set?")
    if not _is_glob(argument):
        yield argument
        return
    from glob import glob  # noqa: PLC0415 - shells expand most globs

    found = sorted(name for name in glob(argument, recursive=True) if not Path(name).is_dir())  # noqa: PTH207 - keeps ./
    yield from found or (argument,)


def _is_glob(name: str) -> bool:
    """Whether the name is a glob; a name that looks like a glob but is an existing file is no glob."""
    is_pattern = any(character in name for character in GLOB_CHARACTERS)
    return is_pattern and not name.startswith(URL_BEGINNINGS) and not Path(name).exists()


def _refuse_terminal() -> None:
    """Raises NoInputError if standard input is a terminal (nobody types a dump) or closed."""
    if sys.stdin is None:
        raise NoInputError("standard input is closed: name a file or a URL, or pipe a text in")
    if sys.stdin.isatty():
        raise NoInputError("no input: name a file or a URL, or pipe a text in")


def _standard_input() -> BinaryIO:
    return sys.stdin.buffer
