"""Keeps text that nobody could read a second time (a pipe, an unpacked log): a little in memory, the rest on disk."""

from collections.abc import Callable
from typing import BinaryIO

IN_MEMORY_CHARACTERS = 2 << 20


class Spool:
    """Texts put away, each to be had again by the function that `keep` returns."""

    def __init__(self) -> None:
        self._size = 0
        self._file: BinaryIO | None = None

    def keep(self, text: str) -> Callable[[], str]:
        """Puts a text away."""
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
        """Nobody wants the texts any more: the file goes, and Python has no unclosed file to warn of."""
        if self._file is not None:
            self._file.close()

    def _read(self, start: int, size: int) -> str:
        assert self._file is not None
        self._file.seek(start)
        return self._file.read(size).decode("utf-8", "surrogateescape")
