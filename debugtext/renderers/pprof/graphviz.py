"""Turns DOT into SVG with Graphviz's `dot`, if it is installed."""

import subprocess
from shutil import which

from debugtext.errors import InputUnavailableError

_SECONDS = 300


def svg(dot: str) -> str:
    """The graph as SVG; raises InputUnavailableError if Graphviz is missing or cannot draw it."""
    program = which("dot")
    if program is None:
        raise InputUnavailableError(
            "SVG needs Graphviz, and its `dot` is not there: install graphviz, or use --format dot"
        )
    try:
        done = subprocess.run(  # noqa: S603 - the program that the user installed, the text on its standard input
            [program, "-Tsvg"],
            input=dot,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise InputUnavailableError(f"`dot` did not end within {_SECONDS} s: draw less, by --nodecount") from None
    except subprocess.CalledProcessError as error:
        message = error.stderr.strip().splitlines() or [f"exit code {error.returncode}"]
        raise InputUnavailableError(f"`dot` could not draw the graph: {message[0]}") from None
    return done.stdout
