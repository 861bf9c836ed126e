"""What a format is to the reader: how its texts begin, and which module reads them."""

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from debugtext.records.captures import Capture
from debugtext.text import Cursor


@dataclass(frozen=True, slots=True)
class Format:
    """One text that Go prints; `module` is the file of this folder that reads it, imported when a text may be its own.

    `needles` are literal beginnings or middles of its first line, cheap to search in a long log.
    """

    module: str
    needles: tuple[str, ...]

    def _reader(self) -> ModuleType:
        return import_module(f"debugtext.formats.{self.module}")

    def recognizes(self, line: str) -> bool:
        """Whether a line that holds a needle begins such a text; each line is recognised by one format at most."""
        return bool(self._reader().recognizes(line))

    def parse(self, cursor: Cursor) -> Capture | None:
        """Reads the text that begins at the cursor, and leaves the cursor behind what is its own; it always moves it.

        It raises nothing: what cannot be read becomes problems. None where the line was no beginning after all, as the
        lines below it show.
        """
        capture: Capture | None = self._reader().parse(cursor)
        return capture
