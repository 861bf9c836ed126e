"""Where text leaves the program: data on standard output, everything else on standard error."""

import os
import sys
from contextlib import suppress
from typing import TextIO

from debugtext.renderers.problem_lines import PROGRAM
from debugtext.renderers.untrusted import one_line

PLAIN = str.maketrans(
    {"…": "...", "·": "|", "µ": "u", "→": "->", "≥": ">=", "└": "`"} | dict(zip("▁▂▃▄▅▆▇█", "_.-=+*%#", strict=True))
)


def write(text: str) -> None:
    """Writes data; a terminal or file that is not UTF-8 gets what it can show. Raises BrokenPipeError."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    encoding = sys.stdout.encoding or "utf-8"
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        content = text.translate(PLAIN).encode(encoding, "backslashreplace")
    sys.stdout.flush()
    rest = memoryview(content)
    while rest:  # with PYTHONUNBUFFERED the stream is a raw one, which may take a part only and says so to nobody
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.flush()


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    write_error(f"{PROGRAM}{one_line(message)}")


def write_error(line: str) -> None:
    """A line on standard error as it is."""
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
    """Nobody reads any more, or the disk is full: what is left in the buffer must not raise when Python ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
