"""Describes a format to the reader: how its texts begin, and which module reads them."""

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from debugtext.pieces.text import Cursor
from debugtext.records.captures import Capture


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of text that Go prints.

    `module` is the module of this folder that reads it, imported when a needle is found. `needles` are literal strings,
    of which at least one is in the first line of each such text: these are cheap to search for in a long log.
    """

    module: str
    needles: tuple[str, ...]

    def _reader(self) -> ModuleType:
        return import_module(f"debugtext.formats.{self.module}")

    def recognizes(self, line: str) -> bool:
        """Whether a line that holds a needle begins such a text."""
        return bool(self._reader().recognizes(line))

    def parse(self, cursor: Cursor) -> Capture | None:
        """Reads the text that begins at the cursor, and moves the cursor behind it; the cursor always moves.

        Never raises: lines that cannot be read become problems. None if the lines below show that no text begins here.
        """
        capture: Capture | None = self._reader().parse(cursor)
        return capture
