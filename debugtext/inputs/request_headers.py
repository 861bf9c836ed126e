"""The headers of requests, from options, a file, or the environment, so that no token is visible in `ps`."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from debugtext.errors import InputUnavailableError, SettingsError

VARIABLE = "DEBUGTEXT_HEADER_FILE"
"""The environment variable that names a file of headers; all commands that fetch read it."""


@dataclass(frozen=True, slots=True)
class HowToAsk:
    """How to ask a server: the longest wait for the whole answer (None: the default of `fetch`), and the headers."""

    timeout_seconds: float | None = None
    given: tuple[str, ...] = ()
    header_file: str | None = None
    token_file: str | None = None
    token_variable: str | None = None

    def headers(self) -> dict[str, str]:
        """As the function `headers`, which is called only when a URL is asked: files are read then."""
        return headers(self.given, self.header_file, self.token_file, self.token_variable)


AS_USUAL = HowToAsk()
"""As long as `fetch` waits, and with the headers of the environment."""


def headers(
    given: Iterable[str] = (),
    header_file: str | None = None,
    token_file: str | None = None,
    token_variable: str | None = None,
) -> dict[str, str]:
    """The headers of all options (`Name: value`) and of each line of the file, and the bearer token.

    Raises SettingsError if a header is malformed, or there is no token.
    """
    header_file = header_file or os.environ.get(VARIABLE)
    lines = [*given, *(_text(header_file).splitlines() if header_file else ())]
    found = dict(_header(line) for line in lines if line.strip())
    token = _text(token_file).strip() if token_file else None
    if token_variable:
        token = os.environ.get(token_variable, "").strip()
    if token is not None:
        if not token:
            raise SettingsError(f"there is no token in {token_file or f'the environment variable {token_variable}'}")
        found |= dict([_header(f"Authorization: Bearer {token}")])
    return found


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name.strip() or not (name + value).isprintable() or not line.isascii():
        raise SettingsError("a header must look like `Name: value`, in ASCII on one line")
    return name.strip(), value.strip()


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, ValueError) as error:
        raise InputUnavailableError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
