"""Keeps text that cannot be read a second time (a pipe, an unpacked log): a few MiB in memory, the rest on disk."""

from collections.abc import Callable
from typing import BinaryIO

IN_MEMORY_CHARACTERS = 2 << 20


class Spool:
    """Stored texts; the function that `keep` returns gives a text back."""

    def __init__(self) -> None:
        self._size = 0
        self._file: BinaryIO | None = None

    def keep(self, text: str) -> Callable[[], str]:
        """Stores a text; calling the returned function gives it back."""
        self._size += len(text)
        if self._size <= IN_MEMORY_CHARACTERS:
            return lambda: text
        if self._file is None:
            from tempfile import TemporaryFile  # noqa: PLC0415 - only large pipes need it

            self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as the texts in it are wanted
        file = self._file
        content = text.encode("utf-8", "surrogateescape")
        start, size = file.seek(0, 2), len(content)
        file.write(content)
        return lambda: self._read(start, size)

    def __del__(self) -> None:
        """Closes the file, so that Python does not warn of an unclosed one."""
        if self._file is not None:
            self._file.close()

    def _read(self, start: int, size: int) -> str:
        assert self._file is not None
        self._file.seek(start)
        return self._file.read(size).decode("utf-8", "surrogateescape")
