"""What a format is to the reader: how its texts begin, and how they are parsed."""

from collections.abc import Callable
from dataclasses import dataclass

from debugtext.records.captures import Capture
from debugtext.text import Cursor


@dataclass(frozen=True, slots=True)
class Format:
    """One text that Go prints.

    `needles` are literal beginnings or middles of its first line, cheap to search in a long log; `recognizes` answers
    for sure whether a line that holds a needle begins such a text (each line is recognised by one format at most).
    `parse` is given the cursor at that line; it reads what is its own, leaves the cursor behind it, and raises nothing:
    what it cannot read becomes problems. It must move the cursor. It gives None where the line was no beginning after
    all, as the lines below it show.
    """

    name: str
    needles: tuple[str, ...]
    recognizes: Callable[[str], bool]
    parse: Callable[[Cursor], Capture | None]
