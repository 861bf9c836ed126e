"""Keeps text that cannot be read a second time (a pipe, an unpacked log): a few MiB in memory, the rest on disk."""

from collections.abc import Callable
from threading import Lock
from typing import BinaryIO

IN_MEMORY_CHARACTERS = 2 << 20


class Spool:
    """Stored texts; the function that `keep` returns gives a text back, in any thread."""

    def __init__(self) -> None:
        self._size = 0
        self._file: BinaryIO | None = None
        self._moving = Lock()
        """Held from a move within the file to the end of what is read or written there."""

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
        with self._moving:
            start = file.seek(0, 2)
            file.write(content)
        return lambda: self._read(start, len(content))

    def __del__(self) -> None:
        """Closes the file, so that Python does not warn of an unclosed one."""
        if self._file is not None:
            self._file.close()

    def _read(self, start: int, size: int) -> str:
        assert self._file is not None
        with self._moving:
            self._file.seek(start)
            content = self._file.read(size)
        return content.decode("utf-8", "surrogateescape")
