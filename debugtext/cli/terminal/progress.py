"""Shows the progress of reading: one line on standard error that is erased later; on terminals, after a second."""

import sys
from pathlib import Path
from time import monotonic

from debugtext.inputs.arguments import URL_BEGINNINGS
from debugtext.renderers.untrusted import one_line
from debugtext.sizes import MEBIBYTE

SILENT_SECONDS = 1.0
BETWEEN_SECONDS = 0.2
WIDTH = 79


class Progress:
    """The line that says which of several `inputs` is being read, and how much of it."""

    def __init__(self, inputs: int) -> None:
        self._inputs = inputs
        self._number = 0
        self._name = ""
        self._read_bytes = 0
        self._all_bytes = 0
        self._shown = False
        self._next = monotonic() + SILENT_SECONDS if sys.stderr is not None and sys.stderr.isatty() else float("inf")

    def begin(self, name: str) -> None:
        """Begins the next input; a URL is shown at once, because a server may take its time."""
        self._number += 1
        self._name, self._read_bytes = name, 0
        if self._next < float("inf"):
            file = Path(name)
            self._all_bytes = file.stat().st_size if file.is_file() and file.suffix != ".gz" else 0
            if name.startswith(URL_BEGINNINGS):
                self._show()
        self.add(0)

    def add(self, characters: int) -> None:
        """Adds the characters of the input that were read since the last call."""
        self._read_bytes += characters
        if monotonic() >= self._next:
            self._show()
            self._next = monotonic() + BETWEEN_SECONDS

    def clear(self) -> None:
        """Erases the line, because everything is read, or to write something else."""
        if self._shown:
            self._write("")
        self._shown = False

    def _show(self) -> None:
        parts = [f"input {self._number} of {self._inputs}"] if self._inputs > 1 else []
        if self._read_bytes:
            whole = f" of {self._all_bytes // MEBIBYTE:,}" if self._all_bytes > self._read_bytes else ""
            parts.append(f"{self._read_bytes // MEBIBYTE:,}{whole} MiB read")
        waits = "waiting for " * (not self._read_bytes and self._name.startswith(URL_BEGINNINGS))
        self._write(f"debugtext: {', '.join([*parts, waits + one_line(self._name)])}")
        self._shown = True

    def _write(self, line: str) -> None:
        try:
            sys.stderr.write(f"\r{line[:WIDTH]:<{WIDTH}}\r")
            sys.stderr.flush()
        except (OSError, ValueError):  # standard error is closed, or cannot show the name
            self._next = float("inf")
