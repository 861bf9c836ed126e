"""Where text leaves the program: data on standard output, everything else on standard error."""

import os
import sys
from contextlib import suppress

from debugtext.renderers.untrusted import one_line

PLAIN = str.maketrans({"…": "...", "·": "|", "µ": "u", "→": "->"})
PROBLEMS_SHOWN = 5


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
    if sys.stderr is None:
        return
    line = f"debugtext: {one_line(message)}"
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    sys.stderr.flush()


def complain_about_many(messages: list[str]) -> None:
    """The first few of them, and how many more there are."""
    for message in messages[:PROBLEMS_SHOWN]:
        complain(message)
    if len(messages) > PROBLEMS_SHOWN:
        complain(f"… and {len(messages) - PROBLEMS_SHOWN:,} more (--format json lists all)")


def discard_output() -> None:
    """Nobody reads any more: what is left in the buffer must not raise when Python ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
