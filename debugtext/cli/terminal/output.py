"""Where text leaves the program: data on standard output, everything else on standard error."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from debugtext.renderers.problem_lines import PROGRAM
from debugtext.renderers.untrusted import one_line

PLAIN = str.maketrans(
    {"…": "...", "·": "|", "µ": "u", "→": "->", "≥": ">=", "└": "`"} | dict(zip("▁▂▃▄▅▆▇█", "_.-=+*%#", strict=True))
)


def write(text: str) -> None:
    """Writes data to standard output, with replacements if it is not UTF-8. Raises BrokenPipeError."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    encoding = sys.stdout.encoding or "utf-8"
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        content = text.translate(PLAIN).encode(encoding, "backslashreplace")
    sys.stdout.flush()
    rest = memoryview(content)
    while rest:  # with PYTHONUNBUFFERED the stream is raw: it may write only a part, without an error
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.flush()


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a file as a whole or, if the disk is full, not at all: half a report could be taken for the whole.

    Raises OSError, which names the file.
    """
    try:
        with path.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        if error.filename is None:  # it was opened, and is no longer what it was
            error.filename = str(path)
            if path.is_file():
                path.resolve().unlink()
        raise


def complain(message: str) -> None:
    """Writes a message to standard error, as one line with the program's name."""
    write_error(f"{PROGRAM}{one_line(message)}")


def write_error(line: str) -> None:
    """Writes a line to standard error as it is."""
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "utf-8"
    try:
        sys.stderr.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        sys.stderr.flush()
    except BrokenPipeError:
        raise
    except OSError:
        discard(sys.stderr)


def discard(stream: TextIO) -> None:
    """Drops the rest of the buffer, which would raise an error when Python ends: closed pipe, full disk."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
