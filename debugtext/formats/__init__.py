"""The formats that are read, in the order in which a line is offered to them."""

from debugtext.formats import dump, race
from debugtext.formats._format import Format

FORMATS: tuple[Format, ...] = (race.FORMAT, dump.FORMAT)
